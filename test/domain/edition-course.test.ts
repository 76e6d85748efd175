import { describe, expect, it } from 'vitest';
import { focalPointOf, given } from './edition-stages.ts';

const wrapUp = {
  form: 'wrapUp',
  title: 'Wrap-up meeting',
  on: '2017-11-03',
  place: 'KLID',
  chair: 'Dr. Kang, Director',
};

describe('the plan of activities', () => {
  it('holds what happens day by day, with talks, panels and chairs', () => {
    given
      .fixed()
      .command('addActivity', wrapUp)
      .command('addActivity', {
        form: 'conference',
        title: 'Global Forum',
        onDay: 3,
        time: '09:30',
        organiser: 'nia',
        panels: ['Why do we need e-Government?', 'Future of the e-Government'],
        attendees: 'scientists',
      })
      .command('addTalk', { activity: 1, title: 'ICT Policy', speaker: 'Kim Min-ji, MOIS' })
      .shows({
        activities: [
          '1. E-government of Korea (2017-10-30)',
          '3. Global Forum (2017-11-01)',
          '2. Wrap-up meeting (2017-11-03)',
        ],
      })
      .knows({
        activities: [
          { talks: [{ title: 'ICT Policy', speaker: 'Kim Min-ji, MOIS' }] },
          { chair: 'Dr. Kang, Director' },
          { panels: expect.arrayContaining(['Future of the e-Government']) },
        ],
      });
  });

  it.each([
    ['DateOutOfOrder', { ...wrapUp, on: '2017-11-04' }, /outside the edition/],
    ['DateOutOfOrder', { form: 'other', title: 'Dinner', onDay: 6 }, /5 days/],
    ['InvalidInput', { ...wrapUp, onDay: 5 }, /once/],
    ['InvalidInput', { ...wrapUp, time: '25:00' }, /time/],
    ['AlreadyDone', { form: 'workshop', title: 'E-government of Korea' }, /change-activity/],
  ] as const)('refuses with %s what says %j', (code, activity, because) => {
    given.fixed().when('addActivity', activity).refuses(code, because);
  });

  it('changes, also talk by talk', () => {
    const planned = given.fixed().command('addTalk', { activity: 1, title: 'ICT Policy' });
    planned.when('addTalk', { activity: 1, title: 'ICT Policy' }).refuses('AlreadyDone');
    planned.when('addTalk', { activity: 9, title: 'ICT Policy' }).refuses('UnknownItem', /there are 1/);
    planned
      .command('changeActivity', { activity: 1, place: 'KLID', on: '2017-10-31' })
      .command('removeTalk', { activity: 1, title: 'ICT Policy' })
      .knows({ activities: [{ title: 'E-government of Korea', onDay: 2, place: 'KLID', talks: [] }] })
      .command('removeActivity', { activity: 1 })
      .when('removeActivity', { activity: 1 })
      .refuses('UnknownItem', /there are none/);
    planned.when('changeActivity', { activity: 1 }).refuses('InvalidInput', /Nothing is given/);
  });

  it('is owed before the edition, and goes to the organisers and to the states that take part', () => {
    const late = given
      .confirmed()
      .isDue('plan', '2017-10-13')
      .passes('2017-10-16')
      .mails('edition.plan', 'person/kim-minji');
    const circulated = late.command('circulatePlan').waitsFor('begin');
    const told = circulated.last.effects.flatMap((effect) => (effect.type === 'mail' ? effect.message.to : []));
    expect(told).toEqual(['agency/mofa', 'agency/klid', focalPointOf('MD'), focalPointOf('RO')]);
    circulated.command('circulatePlan').mails('edition.planCirculated', 'agency/klid');
    given
      .fixed()
      .when('circulatePlan')
      .refuses('NotReady', /open-nominations/);
    given
      .asked()
      .command('removeActivity', { activity: 1 })
      .when('circulatePlan')
      .refuses('NotReady', /add-activity/);
  });
});

describe('the record of an edition', () => {
  it('counts one state alone as one', () => {
    given
      .announced({
        invited: ['GR'],
        focalPoints: ['agency/focal-gr'],
        to: '2017-11-03',
        hostCountry: 'KR',
        hostCity: 'Seoul',
      })
      .passes('2017-08-01')
      .command('openNominations', { nominationsBy: '2017-09-15' })
      .says(/^1 state is asked to nominate by 2017-09-15\./);
  });
});

describe('an edition takes place', () => {
  it('by itself, with the beginning of its first day where it is held', () => {
    given
      .confirmed()
      .passes('2017-10-29T14:59:00.000Z')
      .stands('participantsConfirmed')
      .passes('2017-10-29T15:00:00.000Z')
      .stands('underWay');
  });

  it('not before its participants stand, and at once when they do', () => {
    const late = given.asked().passes('2017-11-01').stands('nominationsOpen');
    late.mails('edition.confirm', 'superior-of/person/kim-minji');
    late
      .command('closeNominations', { reason: 'participants are known to the host alone' })
      .passes('2017-11-01T06:01:00.000Z')
      .stands('underWay');
  });

  it('is on record with who came and what came of it, within three working days', () => {
    given.underWay().waitsFor('record', 'plan').isDue('record', '2017-11-08');
    given
      .held()
      .stands('held')
      .shows({ heldOn: '2017-11-03', attended: 1, outcomes: ['The participants rated it highly.'] })
      .command('recordActivity', { activity: 1, outcome: 'The participants presented their strategies.' })
      .knows({ activities: [{ outcome: 'The participants presented their strategies.' }] })
      .command('recordOutcome', { outcome: 'They thanked MOFA and KLID.' })
      .when('recordOutcome', { outcome: 'They thanked MOFA and KLID.' })
      .refuses('AlreadyDone');
    given
      .underWay()
      .passes('2017-11-04')
      .when('recordHeld', { absent: ['gr-nobody'] })
      .refuses('UnknownItem');
    given.underWay().when('recordHeld').refuses('DateInFuture');
    given.underWay().when('recordHeld', { on: '2017-10-29' }).refuses('DateOutOfOrder');
    given.held().when('recordHeld').refuses('WrongStage');
  });

  it('asks the states whose participants came for their answers, and nobody else', () => {
    const story = given.held();
    expect(story.mailed('edition.questionnaire').map(({ to, facts }) => [to, facts['respondents']])).toEqual([
      [focalPointOf('MD'), ['md-ana-popa']],
    ]);
  });

  it('tells the programme, with what was changed here', () => {
    given.held().tells('programme/kr-bsec', 'recordEditionHeld', { edition: 'edition/kr-bsec-7', on: '2017-11-03' });
    given
      .fixed()
      .command('describe', { funding: 'Korea and Greece' })
      .command('addActivity', wrapUp)
      .command('changePlaces', { places: 20 })
      .command('dropState', { country: 'UA', reason: 'x' })
      .command('openNominations')
      .command('closeNominations', { reason: 'known to the host' })
      .passes('2017-11-04')
      .command('recordHeld')
      .tells('programme/kr-bsec', 'recordEditionHeld', {
        edition: 'edition/kr-bsec-7',
        on: '2017-11-03',
        funding: 'Korea and Greece',
        activities: [
          { form: 'workshop', title: 'E-government of Korea', onDay: 1 },
          { form: 'wrapUp', title: 'Wrap-up meeting', onDay: 5 },
        ],
        places: 20,
        invited: ['AM', 'AZ', 'BG', 'GR', 'MD', 'RO', 'RS', 'TR'],
        focalPoints: ['AM', 'AZ', 'BG', 'GR', 'MD', 'RO', 'RS', 'TR'].map(focalPointOf),
      });
  });
});

describe('an edition is concluded', () => {
  it('owes evaluation, report and proposal from its last day', () => {
    given
      .held()
      .waitsFor('evaluate', 'report', 'proposeNext')
      .isDue('evaluate', '2017-11-17')
      .isDue('report', '2017-12-01')
      .isDue('proposeNext', '2018-01-02');
  });

  it('sums up the answers', () => {
    const answered = given.held().command('answerEvaluation', { respondent: 'md-ana-popa', answers: ['overall=5'] });
    answered.when('answerEvaluation', { respondent: 'md-ana-popa', answers: ['overall=1'] }).refuses('AlreadyDone');
    answered.when('answerEvaluation', { respondent: 'x', answers: ['overall=6'] }).refuses('InvalidInput', /1 to 5/);
    answered
      .command('closeEvaluation')
      .stands('evaluated')
      .mails('edition.evaluated', 'agency/klid')
      .waitsFor('report', 'proposeNext');
    given
      .held()
      .when('closeEvaluation')
      .refuses('ReasonMissing', /Nobody has answered/);
    given.held().command('closeEvaluation', { reason: 'no answers came' }).stands('evaluated');
  });

  it('proposes the next one to the programme', () => {
    const proposed = given.proposed().stands('nextProposed');
    proposed.tells('programme/kr-bsec', 'recordIntention', {
      edition: 'edition/kr-bsec-7',
      intention: 'in two or three member states',
      hosts: [],
      hostsAtLeast: 2,
      hostsAtMost: 3,
    });
    proposed.mails('edition.nextProposed', focalPointOf('MD')).waitsFor('report');
    proposed.when('proposeNext', { intention: 'in Seoul' }).refuses('AlreadyDone', /reason/);
    proposed
      .command('proposeNext', { intention: 'in Seoul', hosts: ['KR'], reason: 'corrected' })
      .shows({ nextHosts: ['KR'] });
    given
      .evaluated()
      .when('proposeNext', { intention: 'x', hosts: ['GR', 'GR'] })
      .refuses('AlreadyDone', /GR/);
    given.evaluated().when('proposeNext', { intention: 'x', hostsAtLeast: 3, hostsAtMost: 2 }).refuses('InvalidInput');
  });

  it('closes with its report, not before', () => {
    const proposed = given.proposed();
    proposed.when('close').refuses('NotReady', /submit-report/);
    proposed.when('submitReport', { document: 'report.docx', on: '2017-11-02' }).refuses('DateOutOfOrder');
    const reported = proposed.command('submitReport', { document: 'report.docx' }).waitsFor('close');
    reported.mails('edition.reported', focalPointOf('MD'));
    reported.when('submitReport', { document: 'report.docx' }).refuses('AlreadyDone', /reason/);
    reported
      .command('close')
      .stands('closed')
      .tells('programme/kr-bsec', 'recordEditionClosed', { edition: 'edition/kr-bsec-7' })
      .waitsFor();
  });
});

it('an edition is on the lists of its hosts and of the states it invites, as long as they do not decline', () => {
  const edition = given.announced({ countries: ['KR'], invited: ['GR'], focalPoints: ['agency/focal-gr'] });
  edition
    .concerns('GR', 'KR')
    .command('fixDays', { from: '2017-10-30', to: '2017-11-03' })
    .command('addHost', { country: 'RO', city: 'Bucharest' })
    .concerns('GR', 'KR', 'RO')
    .passes('2017-08-01')
    .command('openNominations', { nominationsBy: '2017-09-15' })
    .command('declineInvitation', { country: 'GR' })
    .concerns('KR', 'RO');
});
