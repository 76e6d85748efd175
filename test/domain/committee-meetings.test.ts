import { describe, expect, it } from 'vitest';
import { given, held, meeting } from './committee-stages.ts';

describe('a meeting is convened', () => {
  it('opens a case of its own with all that it needs', () => {
    given.convened().opens('meeting', {
      slug: 'kr-gr-1',
      title: 'Committee on e-government cooperation, meeting 1',
      input: {
        committee: 'committee/kr-gr',
        number: 1,
        on: '2018-05-10',
        place: 'Seoul',
        host: 'mois',
        sides: ['mois', 'mindigital'],
        coChairs: ['shim-bokyun', 'nikos-p'],
        secretaries: ['kim-minji', 'maria-k'],
        members: [],
        openActions: [],
        openTopics: [],
        deferred: [],
        itemsBefore: 'P21D',
        agendaBefore: 'P15D',
        invitationsBefore: 'P30D',
        minutesWorkingDays: 5,
        commentsWorkingDays: 10,
        signatureWorkingDays: 10,
      },
    });
  });

  it('passes on the previous meeting, the open actions and what was deferred', () => {
    const action = { topic: 'Portal', owner: 'klid', due: '2018-12-14' };
    given
      .active()
      .command('recordMinutesSigned', { meeting, on: '2018-05-11', deferred: ['Smart cities'] })
      .command('recordAction', { action: 'action/kr-gr-1-1', ...action })
      .command('recordAction', { action: 'action/kr-gr-1-2', ...action, topic: 'Documents' })
      .command('closeAction', { action: 'action/kr-gr-1-1', outcome: 'closed' })
      .command('convene', { on: '2018-09-28', place: 'Athens', itemsBy: '2018-09-01' })
      .opens('meeting', {
        slug: 'kr-gr-2',
        input: expect.objectContaining({
          number: 2,
          host: 'mindigital',
          previous: meeting,
          openActions: ['action/kr-gr-1-2'],
          openTopics: ['Documents'],
          deferred: ['Smart cities'],
          itemsBy: '2018-09-01',
        }),
      });
  });

  it.each([
    ['DateOutOfOrder', { on: '2017-10-19' }],
    ['DateOutOfOrder', { on: '2018-05-10', itemsBy: '2018-05-11' }],
    ['DateOutOfOrder', { on: '2018-05-10', itemsBy: '2017-10-19' }],
    ['DateTooFar', { on: '2188-05-10' }],
    ['InvalidInput', { on: '2018-02-30' }],
  ] as const)('is refused with %s for %j', (code, body) => {
    given
      .constituted()
      .when('convene', { place: 'Seoul', ...body })
      .refuses(code);
  });

  it('takes a day of the last month, no earlier one, and none before the last meeting', () => {
    const later = given.constituted().passes('2018-03-31');
    later.command('convene', { on: '2018-03-01', place: 'Seoul' });
    later.when('convene', { on: '2018-02-28', place: 'Seoul' }).refuses('DateOutOfOrder');
    given
      .active()
      .when('convene', { on: '2018-05-09', place: 'Seoul' })
      .refuses('DateOutOfOrder', /last meeting/);
  });

  it('is refused while another one is convened', () => {
    given.convened().when('convene', { on: '2018-06-10', place: 'Seoul' }).refuses('WrongStage');
  });
});

describe('a committee hears of its meetings', () => {
  it('counts a year from the meeting that was held', () => {
    given
      .active()
      .stands('active')
      .isDue('convene:2', '2019-05-10')
      .shows({ meetingsHeld: 1, lastMeetingOn: '2018-05-10', lastMeeting: meeting, minutesToSign: [meeting] });
  });

  it('keeps the new date of a postponed one', () => {
    given
      .convened()
      .command('recordMeetingPostponed', { meeting, on: '2018-06-01' })
      .shows({ convenedOn: '2018-06-01' })
      .when('recordMeetingPostponed', { meeting, on: '2018-06-01' })
      .refuses('AlreadyDone');
  });

  it('gives the number of a cancelled one to the next, under an id of its own', () => {
    given
      .convened()
      .command('recordMeetingCancelled', { meeting, number: 1 })
      .stands('constituted')
      .isDue('convene:1', '2018-10-19')
      .command('convene', { on: '2018-07-01', place: 'Seoul' })
      .opens('meeting', { slug: 'kr-gr-1-try2', input: expect.objectContaining({ number: 1 }) })
      .command('recordMeetingCancelled', { meeting: 'meeting/kr-gr-1-try2', number: 1 })
      .stands('constituted');
  });

  it('puts what was deferred on the agenda again when the meeting that had it was cancelled', () => {
    const again = given
      .active()
      .command('recordMinutesSigned', { meeting, on: '2018-05-11', deferred: ['Smart cities'] })
      .command('convene', { on: '2018-09-28', place: 'Athens' })
      .command('recordMeetingCancelled', { meeting: 'meeting/kr-gr-2', number: 2 })
      .stands('active')
      .command('convene', { on: '2018-10-28', place: 'Athens' })
      .opens('meeting', { input: expect.objectContaining({ deferred: ['Smart cities'] }) })
      .passes('2018-10-28');
    held(again, 'meeting/kr-gr-2-try2', '2018-10-28').shows({ deferred: [], meetingsHeld: 2 });
  });

  it('keeps for the meeting after next what was deferred after the next one was convened', () => {
    const next = given
      .active()
      .command('convene', { on: '2018-09-28', place: 'Athens' })
      .command('recordMinutesSigned', { meeting, on: '2018-05-11', deferred: ['Smart cities'] })
      .passes('2018-09-28');
    held(next, 'meeting/kr-gr-2', '2018-09-28').shows({ deferred: ['Smart cities'] });
  });

  it('hears nothing twice, and nothing of a meeting that it has not convened', () => {
    given
      .convened()
      .when('recordMeetingHeld', { meeting: 'meeting/x', number: 1, on: '2017-10-20' })
      .refuses('UnknownItem');
    given.convened().when('recordMeetingCancelled', { meeting: 'meeting/x', number: 1 }).refuses('UnknownItem');
    given.active().when('recordMeetingHeld', { meeting, number: 1, on: '2018-05-10' }).refuses('WrongStage');
    const signed = given.active().command('recordMinutesSigned', { meeting, on: '2018-05-11' });
    signed
      .shows({ minutesToSign: [] })
      .when('recordMinutesSigned', { meeting, on: '2018-05-11' })
      .refuses('AlreadyDone');
  });
});

describe('a committee keeps its actions', () => {
  const action = { action: 'action/a', topic: 'Portal', owner: 'klid', due: '2018-12-14' };

  it('counts them until they are closed', () => {
    given
      .active()
      .command('recordAction', action)
      .shows({ openActions: ['action/a'], actionsClosed: 0 })
      .command('closeAction', { action: 'action/a', outcome: 'dropped' })
      .shows({ openActions: [], actionsClosed: 1 });
  });

  it('hears nothing twice', () => {
    const story = given.active().command('recordAction', action);
    story.when('recordAction', action).refuses('AlreadyDone');
    story.when('closeAction', { action: 'action/b', outcome: 'closed' }).refuses('UnknownItem');
  });

  it('tells a convened meeting what opens and closes meanwhile', () => {
    given
      .convened()
      .command('recordAction', action)
      .tells(meeting, 'recordActionOpened', { action: 'action/a', topic: 'Portal' })
      .command('closeAction', { action: 'action/a', outcome: 'closed' })
      .tells(meeting, 'recordActionClosed', { action: 'action/a', outcome: 'closed' });
  });
});

describe('a committee rests and ends', () => {
  it('resumes with a date by which it meets', () => {
    const suspended = given.active().command('suspend', { reason: 'elections' });
    suspended.mails('committee.suspended', 'agency/mois').mails('committee.suspended', 'agency/mindigital');
    suspended.when('resume', { nextMeetingBy: '2018-05-10' }).refuses('DateOutOfOrder');
    suspended.command('resume', { nextMeetingBy: '2019-09-01' }).stands('active').isDue('convene:2', '2019-09-01');
    given
      .constituted()
      .command('suspend', { reason: 'r' })
      .command('resume', { nextMeetingBy: '2019-09-01' })
      .stands('constituted');
  });

  it('is dissolved with a reason, between meetings only, and takes no more commands', () => {
    given.active().when('dissolve').refuses('ReasonMissing');
    given.convened().when('dissolve', { reason: 'r' }).refuses('WrongStage');
    given
      .active()
      .command('dissolve', { reason: 'the MOU has lapsed' })
      .stands('dissolved')
      .mails('committee.dissolved', 'agency/mindigital')
      .waitsFor()
      .when('convene', { on: '2018-09-28', place: 'Athens' })
      .refuses('CaseClosed');
  });
});
