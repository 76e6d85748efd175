import { describe, expect, it } from 'vitest';
import { given, opening, participants } from './workshop-stages.ts';

const visit = { visit: 'visit/kr-bsec-2018', leg: 2 };
const mailedTo = (story: ReturnType<typeof given.planned>, text: string) => story.mailed(text).map(({ to }) => to);

describe('a workshop that was held', () => {
  it('knows who came, and asks their states for the evaluation', () => {
    const story = given.held().stands('held').shows({ heldOn: '2017-10-31', attended: 1 });
    story.waitsFor('materials:1', 'circulate', 'evaluate', 'report').isDue('report', '2017-11-30');
    expect(mailedTo(story, 'workshop.toEvaluate')).toEqual(['agency/mcsi']);
    expect(story.mailed('workshop.toEvaluate')[0]?.facts).toMatchObject({
      names: ['Ana Ionescu'],
      respondents: 'ro-ana-ionescu',
    });
  });

  it.each([
    ['DateInFuture', { on: '2017-11-20' }],
    ['DateOutOfOrder', { on: '2017-10-29' }],
    ['UnknownItem', { absent: ['ro-nobody'] }],
  ] as const)('is refused with %s: %j', (code, body) => {
    given.confirmed().passes('2017-11-01').when('recordHeld', body).refuses(code);
  });

  it('has decided on every nominee', () => {
    given
      .announced()
      .command('nominate', { nominees: participants })
      .passes('2017-11-01')
      .when('recordHeld')
      .refuses('Undecided', /ro-ana-ionescu, gr-nikos-pappas/);
  });

  it('is closed when it is evaluated and the report is there', () => {
    const evaluated = given.evaluated().stands('evaluated').waitsFor('report');
    evaluated.when('close').refuses('NotReady', /report is missing/);
    evaluated.command('close', { reason: 'reported orally' }).stands('closed');
    const reported = evaluated.command('recordReport', { document: 'report.docx', summary: 'Well received.' });
    reported.waitsFor('close').when('recordReport', { document: 'report.docx' }).refuses('AlreadyDone');
    reported.command('close').stands('closed').when('close').refuses('CaseClosed');
  });

  it('needs no report where none is owed, and no answers where there is a reason', () => {
    const story = given.materialsOut(given.planned({ reportAfter: 'none' })).waitsFor('evaluate');
    story.when('closeEvaluation').refuses('NotReady', /Nobody has answered/);
    story
      .command('closeEvaluation', { reason: 'nobody could be asked' })
      .mailsNo()
      .waitsFor('close')
      .command('close')
      .stands('closed');
  });
});

describe('a workshop that is moved', () => {
  const move = { to: '2017-11-13', reason: 'elections' };

  it('takes along what is due before it, and tells everybody who knows of it', () => {
    const story = given.announced().command('postpone', move);
    story
      .stands('registration')
      .shows({ from: '2017-11-13', to: '2017-11-14', firstFrom: '2017-10-30', nominationsBy: '2017-10-14' })
      .isDue('materials:1', '2017-11-06')
      .isDue('nominate:RO', '2017-10-13')
      .when('postpone', move)
      .refuses('AlreadyDone');
    expect(mailedTo(story, 'workshop.postponed')).toEqual([
      'agency/klid',
      'agency/mois',
      'agency/mcsi',
      'agency/mindigital',
      'agency/mtic',
      'person/lee-jiho',
    ]);
  });

  it('tells only the hosts before it is announced, and no state that has declined', () => {
    expect(mailedTo(given.planned().command('postpone', move), 'workshop.postponed')).toEqual([
      'agency/klid',
      'agency/mois',
    ]);
    const declined = given.announced().command('declineInvitation', { country: 'MD' }).command('postpone', move);
    expect(mailedTo(declined, 'workshop.postponed')).not.toContain('agency/mtic');
  });

  it('leaves its participants confirmed', () => {
    given.confirmed().command('postpone', move).stands('registrationClosed').shows({ nominationsBy: '2017-09-30' });
  });

  it.each([
    ['ReasonMissing', { to: '2017-11-13' }],
    ['DateOutOfOrder', { ...move, until: '2017-11-12' }],
    ['DateOutOfOrder', { ...move, to: '2017-06-01' }],
    ['DateTooFar', { ...move, to: '2047-06-01' }],
  ] as const)('is refused with %s: %j', (code, body) => {
    given.announced().when('postpone', body).refuses(code);
  });

  it('may change place and times alone', () => {
    given
      .announced()
      .command('changeDetails', { place: 'Busan', startsAt: '10:00' })
      .mails('workshop.changed', 'agency/mcsi')
      .shows({ place: 'Busan', startsAt: '10:00' })
      .when('changeDetails', { place: 'Busan' })
      .refuses('AlreadyDone');
  });
});

describe('a workshop that is cancelled', () => {
  it('tells everybody who was invited, with the reason that is meant for them', () => {
    const why = { reason: 'the minister stays away', told: 'the building is closed' };
    const story = given.announced().command('cancel', why).stands('cancelled');
    expect(mailedTo(story, 'workshop.cancelled')).toHaveLength(6);
    expect(story.mailed('workshop.cancelled')[0]?.facts.why).toBe('the building is closed');
    expect(mailedTo(given.planned().command('cancel', { reason: 'r' }), 'workshop.cancelled')).toHaveLength(2);
  });

  it('after it was held tells those alone who still owe something', () => {
    const { last } = given.held().command('cancel', { reason: 'opened by mistake' });
    expect(last.effects).toMatchObject([
      { message: { text: 'case.cancelled', to: 'person/lee-jiho' } },
      { message: { text: 'case.cancelled', to: 'agency/klid' } },
    ]);
  });
});

describe('what a workshop is for', () => {
  it('can be said until it is closed, for what is named', () => {
    const described = given.planned({ purpose: 'to share' }).command('describe', { audience: 'heads of unit' });
    described.shows({ purpose: 'to share', audience: 'heads of unit' }).mailsNo();
    given.evaluated().command('describe', { purpose: 'to learn' }).shows({ purpose: 'to learn' }).stands('evaluated');
    described.when('describe').refuses('InvalidInput', /purpose, audience/);
  });
});

describe('a workshop that is an act of a visit', () => {
  const act = { act: 'workshop/kr-bsec-2017', title: opening.title, leg: 2, place: opening.place };
  const days = { on: '2017-10-30', until: '2017-10-31' };
  const leg = { ...visit, country: 'KR', from: '2017-10-28', to: '2017-11-02' };

  it('tells the visit when it is planned, moved, held and cancelled', () => {
    const story = given.planned(visit);
    story.tells(visit.visit, 'recordAct', { ...act, ...days, standing: 'planned' });
    const moved = { on: '2017-11-13', until: '2017-11-14' };
    given
      .announced(given.planned(visit))
      .command('postpone', { to: '2017-11-13', reason: 'the leg moved' })
      .tells(visit.visit, 'recordAct', { ...act, ...moved, standing: 'planned' });
    given.held(given.planned(visit)).tells(visit.visit, 'recordAct', { ...act, ...days, standing: 'done' });
    story
      .command('cancel', { reason: 'the leg is cancelled' })
      .tells(visit.visit, 'recordAct', { ...act, ...days, standing: 'cancelled' });
  });

  it('joins one and leaves it again', () => {
    const joined = given.announced().command('joinVisit', leg).shows(visit);
    joined.tells(visit.visit, 'recordAct', { ...act, ...days, standing: 'planned' });
    joined.command('leaveVisit', { visit: visit.visit }).shows({ visit: undefined });
  });

  it.each([
    ['UnknownCountry', { ...leg, country: 'RO' }, /takes place in KR/],
    ['DateOutOfOrder', { ...leg, to: '2017-10-30' }, /the leg is from/],
  ] as const)('does not join with %s: %j', (code, body, because) => {
    given.announced().when('joinVisit', body).refuses(code, because);
  });
});
