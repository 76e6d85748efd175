import { describe, expect, it } from 'vitest';
import { given, ids, participants, talk } from './workshop-stages.ts';

const mailedTo = (story: ReturnType<typeof given.planned>, text: string) => story.mailed(text).map(({ to }) => to);

describe('a workshop when it is planned', () => {
  it('tells its hosts, and nobody else', () => {
    const story = given.planned().stands('planned').waitsFor('announce').isDue('announce', '2017-09-15');
    expect(story.mailed().map(({ text, to }) => `${text} ${to}`)).toEqual([
      'workshop.hosting agency/klid',
      'workshop.hosting agency/mois',
    ]);
  });

  it.each([
    ['DateOutOfOrder', { to: '2017-10-29' }, /before the first day/],
    ['DateOutOfOrder', { from: '2017-07-01', to: '2017-07-02' }, /30 days back/],
    ['DateTooFar', { from: '2047-01-01', to: '2047-01-02' }, /20 years/],
    ['DateOutOfOrder', { to: '2017-10-30', endsAt: '08:00' }, /does not lie after 09:00/],
    ['DateOutOfOrder', { nominationsBy: '2017-10-30' }, /before the first day/],
    ['DateOutOfOrder', { nominationsBy: '2017-08-31' }, /in the past/],
    ['DateOutOfOrder', { registrationFrom: '2017-10-01' }, /on which the states are asked/],
    ['AlreadyDone', { hosts: ['klid', 'klid'] }, /named twice/],
    ['AlreadyDone', { invited: ['RO', 'RO', 'MD'] }, /RO is invited twice/],
    ['InvalidInput', { focalPoints: ['agency/mcsi'] }, /1 focal point for 3 invited states/],
    ['InvalidInput', { places: undefined }, /places: is missing/],
    ['InvalidInput', { places: 0 }, /places/],
    ['InvalidInput', { hosts: [] }, /at least one host/],
    ['InvalidInput', { visit: 'visit/a' }, /leg: is missing/],
    ['InvalidInput', { startsAt: '9am' }, /startsAt/],
  ] as const)('is refused with %s when its opening says %j', (code, part, because) => {
    given.planned(part).refuses(code, because);
  });

  it('is on the lists of the country where it takes place and of the states it invites', () => {
    given.planned({ countries: ['KR'], country: 'GE' }).concerns('GE', 'GR', 'KR', 'MD', 'RO');
  });

  it('sets the days before it by itself, at short notice in the middle of the time left', () => {
    given.planned({ nominationsBy: undefined }).knows({ nominationsBy: '2017-10-09', materialsBy: '2017-10-23' });
    given
      .planned({ nominationsBy: undefined, from: '2017-09-11', to: undefined })
      .knows({ nominationsBy: '2017-09-06', announceBy: '2017-09-03', to: '2017-09-11' });
  });

  it('asks nobody to nominate where no state is invited', () => {
    const alone = { invited: [], focalPoints: [], places: undefined, nominationsBy: undefined };
    given
      .planned(alone)
      .command('announce')
      .stands('announced')
      .waitsFor('record')
      .when('openRegistration')
      .refuses('NotReady');
    given
      .planned(alone)
      .command('announce')
      .passes('2017-11-01')
      .command('recordHeld', { attendees: 40 })
      .stands('held')
      .mailsNo();
  });
});

describe('the announcement', () => {
  it('tells hosts and presenters, and asks each invited state', () => {
    const story = given
      .announced()
      .stands('registration')
      .waitsFor('nominate:RO', 'nominate:GR', 'nominate:MD', 'registration', 'materials:1', 'record');
    expect(mailedTo(story, 'workshop.announcement')).toEqual(['agency/klid', 'agency/mois']);
    expect(mailedTo(story, 'workshop.presenting')).toEqual(['person/lee-jiho']);
    expect(mailedTo(story, 'workshop.callForNominations')).toEqual(['agency/mcsi', 'agency/mindigital', 'agency/mtic']);
    story.when('announce').refuses('WrongStage');
  });

  it('puts it into the calendars of hosts and presenters', () => {
    const entries = given.announced().state.calendarEntries;
    expect(entries?.['workshop']?.entry).toMatchObject({
      from: '2017-10-30',
      to: '2017-10-31',
      starts: '09:00',
      zoneOf: 'KR',
      attendees: ['agency/klid', 'agency/mois', 'person/lee-jiho'],
    });
    expect(given.planned().state.calendarEntries).toBeUndefined();
  });

  it('asks the states by itself on a later day, where one is set', () => {
    const announced = given.planned({ registrationFrom: '2017-09-11' }).command('announce').stands('announced');
    expect(announced.mailed('workshop.callForNominations')).toEqual([]);
    expect(mailedTo(announced, 'workshop.announcement')).toContain('agency/mcsi');
    announced.passes('2017-09-10').stands('announced');
    announced
      .passes('2017-09-11')
      .stands('registration')
      .mails('workshop.callForNominations', 'agency/mcsi')
      .isDue('nominate:RO', '2017-09-30');
    announced.command('openRegistration').stands('registration');
  });

  it('is chased up', () => {
    given.planned().passes('2017-10-10').mails('workshop.announce', 'person/kim-minji', { tone: 'overdue' });
  });
});

describe('the programme', () => {
  const second = { title: 'Hometax', speaker: 'Park Sumi, NTS', minutes: 30, on: '2017-10-31' };

  it('puts its talks in order, with the times that follow', () => {
    const story = given
      .withTalk()
      .command('addTalk', { ...second, on: undefined })
      .command('addTalk', {
        ...second,
        title: 'Narajangteo',
        on: '2017-10-31',
      });
    story.shows({
      programme: [
        '2017-10-30 09:00 1. ICT makes our e-government convenient (lee-jiho, 45 min)',
        '2017-10-30 09:45 2. Hometax (Park Sumi, NTS, 30 min)',
        '2017-10-31 09:00 3. Narajangteo (Park Sumi, NTS, 30 min)',
      ],
    });
    story
      .command('orderTalks', { talks: [2, 1, 3] })
      .shows({
        programme: expect.arrayContaining(['2017-10-30 09:00 2. Hometax (Park Sumi, NTS, 30 min)']) as string[],
      })
      .when('orderTalks', { talks: [2, 1, 3] })
      .refuses('AlreadyDone');
    story.when('orderTalks', { talks: [1, 2] }).refuses('InvalidInput', /there are 1, 2, 3/);
  });

  it.each([
    ['AlreadyDone', talk, /stands on the programme already/],
    ['InvalidInput', { title: 'X', minutes: 10 }, /presenter: is missing/],
    ['InvalidInput', { ...second, minutes: 0 }, /minutes/],
    ['DateOutOfOrder', { ...second, on: '2017-11-01' }, /no day of the workshop/],
  ] as const)('refuses a talk with %s: %j', (code, body, because) => {
    given.withTalk().when('addTalk', body).refuses(code, because);
  });

  it('tells presenters of their own talks, from the announcement on', () => {
    given.withTalk().mailsNo();
    const announced = given.announced();
    announced.command('addTalk', second).mailsNo();
    announced
      .command('changeTalk', { talk: 1, minutes: 30 })
      .mails('workshop.talkChanged', 'person/lee-jiho')
      .when('changeTalk', { talk: 1, minutes: 30 })
      .refuses('AlreadyDone');
    announced
      .command('changeTalk', { talk: 1, presenter: 'agency/nts' })
      .mails('workshop.talkDropped', 'person/lee-jiho')
      .mails('workshop.presenting', 'agency/nts');
    announced
      .command('dropTalk', { talk: 1, reason: 'no time' })
      .mails('workshop.talkDropped', 'person/lee-jiho')
      .when('dropTalk', { talk: 1, reason: 'no time' })
      .refuses('UnknownItem', /it has none/);
  });

  it('gives no number twice', () => {
    given
      .announced()
      .command('dropTalk', { talk: 1, reason: 'no time' })
      .command('addTalk', second)
      .happens('talkAdded')
      .knows({ talks: [{ number: 2 }] });
  });
});

describe('materials', () => {
  it('are asked of the presenter before the workshop, until they are there', () => {
    const story = given.announced().isDue('materials:1', '2017-10-23').passes('2017-10-24');
    expect(story.mailed('workshop.materials').map(({ to, at }) => `${at.slice(0, 10)} ${to}`)).toEqual([
      '2017-10-20 person/lee-jiho',
      '2017-10-23 person/lee-jiho',
    ]);
    const there = given.announced().command('receiveMaterials', { talk: 1, document: 'ict.pdf' });
    expect(there.passes('2017-10-24').mailed('workshop.materials')).toEqual([]);
    there.when('receiveMaterials', { talk: 1, document: 'ict.pdf' }).refuses('AlreadyDone');
    there.when('receiveMaterials', { talk: 7, document: 'ict.pdf' }).refuses('UnknownItem');
  });

  it('of another presenter are asked for anew', () => {
    given
      .announced()
      .command('receiveMaterials', { talk: 1, document: 'ict.pdf' })
      .command('changeTalk', { talk: 1, presenter: 'agency/nts' })
      .shows({ materialsMissing: [talk.title] });
  });

  it('are circulated afterwards to those who came, hosts and presenters', () => {
    const story = given.materialsOut().stands('materialsOut');
    expect(mailedTo(story, 'workshop.materialsOut')).toEqual([
      'agency/klid',
      'agency/mois',
      'person/lee-jiho',
      'agency/mcsi',
    ]);
    expect(story.mailed('workshop.materialsOut')[0]?.facts.materials).toBe(`${talk.title}: ict.pdf\nProgramme.pdf`);
  });

  it('are circulated incomplete with a reason only', () => {
    given
      .held()
      .when('circulateMaterials')
      .refuses('NotReady', /talk 1 \(ICT/);
    given.held().command('circulateMaterials', { reason: 'the speaker has left' }).stands('materialsOut');
    given.held().when('circulateMaterials', { on: '2017-10-01', reason: 'r' }).refuses('DateOutOfOrder');
    given.held().when('circulateMaterials', { on: '2018-10-01', reason: 'r' }).refuses('DateInFuture');
  });
});

describe('the nominations of a workshop', () => {
  it('end by themselves; then the coordinator owes a decision on each nominee', () => {
    const closed = given.announced().command('nominate', { nominees: participants }).passes('2017-10-01');
    closed.stands('registrationClosed').waitsFor('confirm', 'materials:1', 'record').isDue('confirm', '2017-10-06');
    closed.command('confirmParticipants', { nominees: ids }).waitsFor('materials:1', 'record');
  });

  it('are asked of a state that is invited before they are open when all are asked, and of a later one at once', () => {
    const planned = given
      .planned({ invited: [], focalPoints: [], nominationsBy: undefined })
      .command('inviteState', { country: 'GR', focalPoint: 'agency/mindigital' });
    planned.mailsNo();
    const announced = planned.command('announce').mails('workshop.callForNominations', 'agency/mindigital');
    announced
      .stands('registration')
      .command('inviteState', { country: 'RO', focalPoint: 'agency/mcsi' })
      .mails('workshop.callForNominations', 'agency/mcsi');
  });

  it('have one last day: moving it for one state moves it for all', () => {
    given
      .announced()
      .command('moveDeadline', { deadline: 'nominate:RO', to: '2017-10-04', reason: 'asked for' })
      .isDue('nominate:GR', '2017-10-04')
      .isDue('registration', '2017-10-04')
      .shows({ nominationsBy: '2017-10-04' });
  });
});
