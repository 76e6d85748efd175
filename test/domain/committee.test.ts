import { describe, expect, it } from 'vitest';
import { committee } from '../../domain/committee.ts';
import { slugUnder } from '../../domain/derived.ts';
import { given, type Story } from './given.ts';

const opening = {
  id: 'kr-gr',
  title: 'Committee on e-government cooperation',
  mou: 'mou/kr-gr-2017',
  sides: ['mois', 'mindigital'],
  coChairs: ['shim-bokyun', 'nikos-p'],
  secretaries: ['kim-minji', 'maria-k'],
  since: '2017-10-20',
};
const world = { at: '2017-10-20' };
const constituted = () => given(committee, opening, world);
const meeting = 'meeting/kr-gr-1';
const convened = (on = '2018-05-10') => constituted().command('convene', { on, place: 'Seoul' });
const held = (story: Story, id: string, on: string) =>
  story.command('recordMeetingHeld', { by: 'entente', meeting: id, number: 1, on });
const active = () => held(convened().passes('2018-05-11'), meeting, '2018-05-10');

describe('a joint committee is constituted', () => {
  it('meets within a year, the first side hosting', () => {
    constituted()
      .stands('constituted')
      .isDue('convene:1', '2018-10-20')
      .shows({ nextNumber: 1, nextMeetingBy: '2018-10-20', nextHost: 'agency/mois', meetingsHeld: 0 });
  });

  it('meets first when and where its opening says', () => {
    given(committee, { ...opening, firstHost: 'mindigital', firstMeetingBy: '2018-03-01' }, world).shows({
      nextMeetingBy: '2018-03-01',
      nextHost: 'agency/mindigital',
    });
  });

  it('goes on from the meetings it has held before it came into Entente', () => {
    given(committee, { ...opening, meetingsHeld: 3, lastMeetingOn: '2018-02-28' }, { at: '2018-09-01' })
      .stands('active')
      .shows({ nextNumber: 4, nextMeetingBy: '2019-02-28', lastMeetingOn: '2018-02-28' })
      .isDue('convene:4', '2019-02-28');
  });

  it.each([
    ['InvalidInput', { sides: ['mois'] }],
    ['AlreadyDone', { sides: ['mois', 'mois'] }],
    ['InvalidInput', { coChairs: ['shim-bokyun'] }],
    ['InvalidInput', { secretaries: ['a', 'b', 'c'] }],
    ['SamePerson', { coChairs: ['nikos-p', 'nikos-p'] }],
    ['NotAParty', { firstHost: 'klid' }],
    ['InvalidInput', { mou: 'meeting/x-1' }],
    ['InvalidInput', { frequency: 'P0D' }],
    ['DateTooFar', { since: '2188-01-01' }],
    ['InvalidInput', { since: '20188-01-01' }],
    ['DateOutOfOrder', { firstMeetingBy: '2017-10-19' }],
    ['InvalidInput', { meetingsHeld: 2 }],
    ['InvalidInput', { lastMeetingOn: '2017-10-20' }],
    ['DateInFuture', { meetingsHeld: 1, lastMeetingOn: '2017-10-22' }],
    ['DateOutOfOrder', { meetingsHeld: 1, lastMeetingOn: '2017-10-19' }],
  ] as const)('is refused with %s when its opening says %j', (code, part) => {
    given(committee, { ...opening, ...part }, world).refuses(code);
  });
});

describe('the people of a committee', () => {
  it('has members from a day until a day, and invites those who sit on the day of the meeting', () => {
    const story = constituted()
      .command('appointMember', { person: 'lee-jiho', side: 'mois', from: '2017-11-01' })
      .command('appointMember', { person: 'eleni-d', side: 'mindigital', from: '2017-11-01' })
      .command('appointMember', { person: 'later', side: 'mois', from: '2018-06-01' })
      .command('dischargeMember', { person: 'lee-jiho', on: '2018-03-31' })
      .command('convene', { on: '2018-05-10', place: 'Seoul' })
      .opens('meeting', { input: expect.objectContaining({ members: ['eleni-d'] }) });
    story.shows({ members: ['person/eleni-d', 'person/later'] });
    story
      .command('appointMember', { person: 'lee-jiho', side: 'mois', from: '2018-06-01' })
      .when('dischargeMember', { person: 'lee-jiho', on: '2018-05-01' })
      .refuses('DateOutOfOrder');
  });

  it('refuses a member who sits already, one for a stranger, and the discharge of nobody', () => {
    const story = constituted().command('appointMember', { person: 'lee-jiho', side: 'mois' });
    story.when('appointMember', { person: 'lee-jiho', side: 'mindigital' }).refuses('AlreadyDone');
    story.when('appointMember', { person: 'park', side: 'klid' }).refuses('NotAParty');
    story.when('dischargeMember', { person: 'park' }).refuses('UnknownItem');
  });

  it('replaces the co-chair or the secretary of one side only', () => {
    constituted()
      .command('changeCoChair', { side: 'mindigital', person: 'new-chair' })
      .command('changeSecretary', { side: 'mois', person: 'new-secretary' })
      .shows({
        coChairs: ['person/shim-bokyun', 'person/new-chair'],
        secretaries: ['person/new-secretary', 'person/maria-k'],
      });
  });

  it.each([
    ['AlreadyDone', { side: 'mois', person: 'shim-bokyun' }],
    ['SamePerson', { side: 'mois', person: 'nikos-p' }],
    ['NotAParty', { side: 'klid', person: 'park' }],
    ['DateInFuture', { side: 'mois', person: 'park', from: '2018-10-20' }],
  ] as const)('refuses with %s the co-chair %j', (code, body) => {
    constituted().when('changeCoChair', body).refuses(code);
  });

  it('tells a convened meeting of a new co-chair and a new secretary', () => {
    convened()
      .command('changeCoChair', { side: 'mois', person: 'park' })
      .tells(meeting, 'changeCoChair', { side: 'mois', person: 'park' })
      .command('changeSecretary', { side: 'mois', person: 'choi' })
      .tells(meeting, 'changeSecretary', { side: 'mois', person: 'choi' });
    expect(constituted().command('changeCoChair', { side: 'mois', person: 'park' }).last.effects).toEqual([]);
  });
});

describe('the next meeting', () => {
  it('is announced to coordinator and host 90 days before, once', () => {
    const announced = constituted().passes('2018-07-21').mailsNo().passes('2018-07-23');
    announced
      .happens('nextMeetingAnnounced')
      .mails('committee.nextMeeting', 'person/kim-minji')
      .mails('committee.nextMeeting', 'agency/mois')
      .waitsFor('convene:1');
    announced.passes('2018-08-10').mailsNo('committee.nextMeeting');
  });

  it('is owed by the coordinator, who is warned, then by the superior and the co-chairs', () => {
    constituted()
      .passes('2018-08-22')
      .mails('committee.convene', 'person/kim-minji', { tone: 'before' })
      .passes('2018-11-06')
      .mails('committee.convene', 'superior-of/person/kim-minji', { tone: 'escalation' })
      .passes('2018-12-10')
      .mails('committee.convene', 'person/shim-bokyun', { tone: 'escalation' })
      .mails('committee.convene', 'person/nikos-p', { tone: 'escalation' });
  });

  it('is no longer asked for once it is convened, nor while the committee is suspended', () => {
    convened().stands('meetingConvened').waitsFor();
    constituted().command('suspend', { reason: 'elections' }).stands('suspended').waitsFor();
  });

  it('can be moved, and its due date is the new one from then on', () => {
    constituted()
      .command('moveDeadline', { deadline: 'convene:1', to: '2018-12-01', reason: 'elections' })
      .isDue('convene:1', '2018-12-01')
      .shows({ nextMeetingBy: '2018-12-01' });
  });

  it('follows a new frequency from the last meeting on', () => {
    active().command('changeFrequency', { frequency: 'P6M', reason: 'much to do' }).isDue('convene:2', '2018-11-10');
    constituted().command('changeFrequency', { frequency: 'P6M', reason: 'r' }).isDue('convene:1', '2018-10-20');
    active().when('changeFrequency', { frequency: 'P1Y', reason: 'r' }).refuses('AlreadyDone');
    active().when('changeFrequency', { frequency: 'P0M', reason: 'r' }).refuses('InvalidInput');
  });
});

describe('hosts alternate', () => {
  it('gives the next turn to the other side once a meeting is held', () => {
    active().shows({ nextHost: 'agency/mindigital', nextNumber: 2 });
  });

  it('swaps a turn with a reason, and tells both sides', () => {
    constituted().when('swapHost', { host: 'mindigital' }).refuses('ReasonMissing');
    constituted().when('swapHost', { host: 'mois', reason: 'r' }).refuses('AlreadyDone');
    constituted().when('swapHost', { host: 'klid', reason: 'r' }).refuses('NotAParty');
    constituted()
      .command('swapHost', { host: 'mindigital', reason: 'visit' })
      .mails('committee.hostSwapped', 'agency/mois')
      .mails('committee.hostSwapped', 'agency/mindigital')
      .shows({ nextHost: 'agency/mindigital' });
  });

  it('gives the turn that was passed over after the swapped one, among three sides too', () => {
    const three = given(
      committee,
      { ...opening, sides: ['a', 'b', 'c'], coChairs: ['p', 'q', 'r'], secretaries: ['s', 't', 'u'] },
      world,
    )
      .command('swapHost', { host: 'c', reason: 'r' })
      .command('convene', { on: '2017-12-01', place: 'X' })
      .passes('2017-12-01');
    held(three, meeting, '2017-12-01')
      .shows({ nextHost: 'agency/a' })
      .knows({ turns: ['a', 'b', 'c'] });
  });

  it('lets another side host a single meeting with a reason only', () => {
    const body = { on: '2018-05-10', place: 'Athens', host: 'mindigital' };
    constituted().when('convene', body).refuses('NotTheirTurn', /mois/);
    constituted()
      .command('convene', { ...body, reason: 'visit' })
      .opens('meeting', { input: expect.objectContaining({ host: 'mindigital' }) });
    constituted()
      .when('convene', { ...body, host: 'klid', reason: 'r' })
      .refuses('NotAParty');
  });
});

describe('a meeting is convened', () => {
  it('opens a case of its own with all that it needs', () => {
    convened().opens('meeting', {
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
    active()
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
    constituted()
      .when('convene', { place: 'Seoul', ...body })
      .refuses(code);
  });

  it('takes a day of the last month, no earlier one, and none before the last meeting', () => {
    const later = constituted().passes('2018-03-31');
    later.command('convene', { on: '2018-03-01', place: 'Seoul' });
    later.when('convene', { on: '2018-02-28', place: 'Seoul' }).refuses('DateOutOfOrder');
    active()
      .when('convene', { on: '2018-05-09', place: 'Seoul' })
      .refuses('DateOutOfOrder', /last meeting/);
  });

  it('is refused while another one is convened', () => {
    convened().when('convene', { on: '2018-06-10', place: 'Seoul' }).refuses('WrongStage');
  });
});

describe('a committee hears of its meetings', () => {
  it('counts a year from the meeting that was held', () => {
    active()
      .stands('active')
      .isDue('convene:2', '2019-05-10')
      .shows({ meetingsHeld: 1, lastMeetingOn: '2018-05-10', lastMeeting: meeting, minutesToSign: [meeting] });
  });

  it('keeps the new date of a postponed one', () => {
    convened()
      .command('recordMeetingPostponed', { meeting, on: '2018-06-01' })
      .shows({ convenedOn: '2018-06-01' })
      .when('recordMeetingPostponed', { meeting, on: '2018-06-01' })
      .refuses('AlreadyDone');
  });

  it('gives the number of a cancelled one to the next, under an id of its own', () => {
    convened()
      .command('recordMeetingCancelled', { meeting, number: 1 })
      .stands('constituted')
      .isDue('convene:1', '2018-10-20')
      .command('convene', { on: '2018-07-01', place: 'Seoul' })
      .opens('meeting', { slug: 'kr-gr-1-try2', input: expect.objectContaining({ number: 1 }) })
      .command('recordMeetingCancelled', { meeting: 'meeting/kr-gr-1-try2', number: 1 })
      .stands('constituted');
  });

  it('puts what was deferred on the agenda again when the meeting that had it was cancelled', () => {
    const again = active()
      .command('recordMinutesSigned', { meeting, on: '2018-05-11', deferred: ['Smart cities'] })
      .command('convene', { on: '2018-09-28', place: 'Athens' })
      .command('recordMeetingCancelled', { meeting: 'meeting/kr-gr-2', number: 2 })
      .stands('active')
      .command('convene', { on: '2018-10-28', place: 'Athens' })
      .opens('meeting', { input: expect.objectContaining({ deferred: ['Smart cities'] }) })
      .passes('2018-10-28');
    held(again, 'meeting/kr-gr-2-try2', '2018-10-28').shows({ deferred: [], meetingsHeld: 2 });
  });

  it('hears nothing twice, and nothing of a meeting that it has not convened', () => {
    convened().when('recordMeetingHeld', { meeting: 'meeting/x', number: 1, on: '2017-10-20' }).refuses('UnknownItem');
    convened().when('recordMeetingCancelled', { meeting: 'meeting/x', number: 1 }).refuses('UnknownItem');
    active().when('recordMeetingHeld', { meeting, number: 1, on: '2018-05-10' }).refuses('WrongStage');
    const signed = active().command('recordMinutesSigned', { meeting, on: '2018-05-11' });
    signed
      .shows({ minutesToSign: [] })
      .when('recordMinutesSigned', { meeting, on: '2018-05-11' })
      .refuses('AlreadyDone');
  });
});

describe('a committee keeps its actions', () => {
  const action = { action: 'action/a', topic: 'Portal', owner: 'klid', due: '2018-12-14' };

  it('counts them until they are closed', () => {
    active()
      .command('recordAction', action)
      .shows({ openActions: ['action/a'], actionsClosed: 0 })
      .command('closeAction', { action: 'action/a', outcome: 'dropped' })
      .shows({ openActions: [], actionsClosed: 1 });
  });

  it('hears nothing twice', () => {
    const story = active().command('recordAction', action);
    story.when('recordAction', action).refuses('AlreadyDone');
    story.when('closeAction', { action: 'action/b', outcome: 'closed' }).refuses('UnknownItem');
  });

  it('tells a convened meeting what opens and closes meanwhile', () => {
    convened()
      .command('recordAction', action)
      .tells(meeting, 'recordActionOpened', { action: 'action/a', topic: 'Portal' })
      .command('closeAction', { action: 'action/a', outcome: 'closed' })
      .tells(meeting, 'recordActionClosed', { action: 'action/a', outcome: 'closed' });
  });
});

describe('a committee rests and ends', () => {
  it('resumes with a date by which it meets', () => {
    const suspended = active().command('suspend', { reason: 'elections' });
    suspended.mails('committee.suspended', 'agency/mois').mails('committee.suspended', 'agency/mindigital');
    suspended.when('resume', { nextMeetingBy: '2018-05-10' }).refuses('DateOutOfOrder');
    suspended.command('resume', { nextMeetingBy: '2019-09-01' }).stands('active').isDue('convene:2', '2019-09-01');
    constituted()
      .command('suspend', { reason: 'r' })
      .command('resume', { nextMeetingBy: '2019-09-01' })
      .stands('constituted');
  });

  it('is dissolved with a reason, between meetings only, and takes no more commands', () => {
    active().when('dissolve').refuses('ReasonMissing');
    convened().when('dissolve', { reason: 'r' }).refuses('WrongStage');
    active()
      .command('dissolve', { reason: 'the MOU has lapsed' })
      .stands('dissolved')
      .mails('committee.dissolved', 'agency/mindigital')
      .waitsFor()
      .when('convene', { on: '2018-09-28', place: 'Athens' })
      .refuses('CaseClosed');
  });
});

describe('the id of a case opened by another', () => {
  it('is the id of its opener and a number, at most 64 characters, the same every time', () => {
    expect(slugUnder('committee/kr-gr', '2')).toBe('kr-gr-2');
    const long = 'a'.repeat(64);
    expect(slugUnder(`committee/${long}`, '12')).toMatch(/^a+-[a-z0-9]+-12$/);
    expect(slugUnder(`committee/${long}`, '12')).toHaveLength(64);
    expect(slugUnder(`committee/${long}`, '12')).toBe(slugUnder(`committee/${long}`, '12'));
    expect(slugUnder(`committee/${'a'.repeat(63)}b`, '12')).not.toBe(slugUnder(`committee/${long}`, '12'));
  });
});
