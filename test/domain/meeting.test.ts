import { describe, expect, it } from 'vitest';
import { bodyOf, commandsOf } from '../../domain/case/command.ts';
import type { KeyedEffect } from '../../domain/case/effects.ts';
import { decideOpening, kindOf } from '../../domain/case/opening.ts';
import { committee } from '../../domain/committee.ts';
import { type Kind, lifecycles } from '../../domain/kinds.ts';
import { meeting } from '../../domain/meeting.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { given, type Story } from './given.ts';

const opening = {
  id: 'kr-gr-2',
  title: 'Committee on e-government cooperation, meeting 2',
  committee: 'committee/kr-gr',
  number: 2,
  on: '2018-09-28',
  place: 'Athens',
  host: 'mindigital',
  sides: ['mois', 'mindigital'],
  coChairs: ['shim-bokyun', 'nikos-p'],
  secretaries: ['kim-minji', 'maria-k'],
  members: ['lee-jiho'],
};
const world = { at: '2018-06-01' };
const item = { title: "Greece's e-government system and its plan", side: 'mindigital' };

const convened = (part = {}) => given(meeting, { ...opening, ...part }, world);
const circulated = (story: Story = convened()) =>
  story
    .command('proposeItem', item)
    .passes('2018-09-10')
    .command('circulateAgenda', { papers: ['E-government plan'] });
const adopted = (story?: Story) => circulated(story).passes('2018-09-28').command('adoptAgenda');
const attended = ['shim-bokyun', 'nikos-p'];
const held = (story?: Story) => adopted(story).passes('2018-10-01').command('recordHeld', { attended });
const decided = (story?: Story) => held(story).command('decide', { item: 1, decision: 'Share the plan' });
const drafted = (story?: Story) => decided(story).passes('2018-10-03').command('circulateMinutes');
const agreed = (story?: Story) =>
  drafted(story).command('agreeMinutes', { side: 'mois' }).command('agreeMinutes', { side: 'mindigital' });
const signed = (story?: Story) =>
  agreed(story).command('signMinutes', { side: 'mois' }).command('signMinutes', { side: 'mindigital' });

describe('a meeting is convened', () => {
  it('asks the sides for items and invites 30 days before', () => {
    const story = convened();
    story
      .stands('convened')
      .mails('meeting.callForItems', 'agency/mois')
      .mails('meeting.callForItems', 'agency/mindigital')
      .mailsNo('meeting.invitation')
      .waitsFor('invite', 'items', 'agenda');
    story.passes('2018-08-28').mailsNo('meeting.invitation');
    const invited = story.passes('2018-08-29').happens('invited').shows({ invitedOn: '2018-08-28' });
    for (const to of ['agency/mois', 'agency/mindigital', 'person/shim-bokyun', 'person/maria-k', 'person/lee-jiho'])
      invited.mails('meeting.invitation', to);
    expect(invited.mailed('meeting.invitation')).toHaveLength(7);
  });

  it('invites at once when less time is left, and not to a meeting of the past', () => {
    given(meeting, opening, { at: '2018-08-29' })
      .mails('meeting.invitation', 'person/lee-jiho')
      .mailsNo('meeting.callForItems')
      .waitsFor('items', 'agenda');
    given(meeting, opening, { at: '2018-10-05' }).mailsNo();
  });

  it('invites earlier when asked to, and once only', () => {
    convened()
      .command('sendInvitations')
      .mails('meeting.invitation', 'agency/mois')
      .waitsFor('items', 'agenda')
      .when('sendInvitations')
      .refuses('AlreadyDone');
  });

  it('takes items until 21 days before and owes the agenda 15 days before', () => {
    convened().isDue('items', '2018-09-07').isDue('agenda', '2018-09-13');
    convened({ itemsBy: '2018-08-01' }).isDue('items', '2018-08-01').isDue('agenda', '2018-09-13');
    convened({ itemsBefore: 'P60D', agendaBefore: 'P30D' }).isDue('items', '2018-07-30').isDue('agenda', '2018-08-29');
  });

  it('divides the time that is left at short notice', () => {
    given(meeting, opening, { at: '2018-09-18' }).isDue('items', '2018-09-23').isDue('agenda', '2018-09-25');
  });

  it.each([
    ['NotAParty', { host: 'klid' }],
    ['AlreadyDone', { sides: ['mois', 'mois'] }],
    ['InvalidInput', { coChairs: ['shim-bokyun'] }],
    ['InvalidInput', { number: 0 }],
    ['InvalidInput', { committee: 'mou/kr-gr-2017' }],
    ['InvalidInput', { openActions: ['action/a'], openTopics: [] }],
    ['DateTooFar', { on: '2188-09-28' }],
    ['DateOutOfOrder', { on: '2018-05-01' }],
    ['DateOutOfOrder', { itemsBy: '2018-09-29' }],
    ['InvalidInput', { on: '2018-02-30' }],
  ] as const)('is refused with %s when its opening says %j', (code, part) => {
    convened(part).refuses(code);
  });
});

describe('items', () => {
  it('are numbered after those that the committee puts on the agenda', () => {
    convened({
      previous: 'meeting/kr-gr-1',
      openActions: ['action/a'],
      openTopics: ['Portal'],
      deferred: ['Smart cities'],
    })
      .command('proposeItem', item)
      .shows({
        items: [
          '1. Confirmation of the previous minutes',
          '2. Open actions of earlier meetings',
          '3. Smart cities',
          "4. Greece's e-government system and its plan",
        ],
      });
  });

  it('come from a side, once', () => {
    const story = convened().command('proposeItem', item);
    story.when('proposeItem', item).refuses('AlreadyDone');
    story.when('proposeItem', { title: 'Other', side: 'klid' }).refuses('NotAParty');
  });

  it('need a reason after the item deadline', () => {
    const late = convened().passes('2018-09-07').stands('convened').passes('2018-09-08').stands('itemsCollected');
    late
      .waitsFor('agenda')
      .when('proposeItem', item)
      .refuses('ReasonMissing', /2018-09-07/);
    late.command('proposeItem', { ...item, reason: 'the ministry has changed' }).shows({ items: [`1. ${item.title}`] });
  });

  it('can be withdrawn, but not those of the committee', () => {
    const story = convened({ previous: 'meeting/kr-gr-1' }).command('proposeItem', item);
    story.command('withdrawItem', { item: 2 }).shows({ items: ['1. Confirmation of the previous minutes'] });
    story.when('withdrawItem', { item: 1 }).refuses('WrongKind');
    story.when('withdrawItem', { item: 9 }).refuses('UnknownItem', /1, 2/);
  });

  it('follow a later item deadline', () => {
    convened()
      .command('moveDeadline', { deadline: 'items', to: '2018-09-10', reason: 'holidays' })
      .shows({ itemsBy: '2018-09-10' })
      .isDue('items', '2018-09-10');
  });
});

describe('open actions of earlier meetings', () => {
  const open = { openActions: ['action/a', 'action/b'], openTopics: ['Portal', 'Documents'] };

  it('stand on the agenda, and each is told when it is circulated', () => {
    const story = circulated(convened(open));
    story
      .tells('action/a', 'carryOver', { meeting: 'meeting/kr-gr-2' })
      .tells('action/b', 'carryOver', { meeting: 'meeting/kr-gr-2' })
      .shows({ openActions: ['action/a: Portal', 'action/b: Documents'] });
  });

  it('leave the agenda when they are closed before, and come on it when they are opened late', () => {
    const story = convened(open)
      .command('recordActionClosed', { action: 'action/a', outcome: 'closed' })
      .shows({ openActions: ['action/b: Documents'] });
    story.when('recordActionClosed', { action: 'action/a', outcome: 'closed' }).refuses('UnknownItem');
    convened()
      .command('recordActionOpened', { action: 'action/c', topic: 'Taxes' })
      .shows({ openActions: ['action/c: Taxes'], items: ['1. Open actions of earlier meetings'] })
      .when('recordActionOpened', { action: 'action/c', topic: 'Taxes' })
      .refuses('AlreadyDone');
  });
});

describe('the agenda', () => {
  it('is owed by the secretary of the host', () => {
    convened().passes('2018-09-14').mails('meeting.agenda', 'person/maria-k', { tone: 'due' });
    convened().passes('2018-09-24').mails('meeting.agenda', 'superior-of/person/maria-k', { tone: 'escalation' });
  });

  it('goes to everybody with its papers, numbered without gaps', () => {
    convened()
      .command('proposeItem', { title: 'Withdrawn', side: 'mois' })
      .command('proposeItem', item)
      .command('withdrawItem', { item: 1 })
      .command('circulateAgenda', { papers: ['Plan'] })
      .stands('agendaCirculated')
      .mails('meeting.agendaCirculated', 'person/lee-jiho')
      .shows({ items: [`1. ${item.title}`], papers: ['Plan'], agendaCirculatedOn: '2018-06-01' });
  });

  it('is neither circulated nor adopted without items', () => {
    convened().when('circulateAgenda').refuses('NotReady');
    circulated()
      .command('withdrawItem', { item: 1 })
      .passes('2018-09-28')
      .when('adoptAgenda')
      .refuses('NotReady', /nothing on the agenda/);
  });

  it('is circulated before the meeting and not in the future', () => {
    const story = convened().command('proposeItem', item);
    story.when('circulateAgenda', { on: '2018-06-03' }).refuses('DateInFuture');
    story.passes('2018-10-10').when('circulateAgenda', { on: '2018-10-01' }).refuses('DateOutOfOrder');
  });

  it('is adopted on the day of the meeting, not before it is circulated nor before that day has come', () => {
    circulated().when('adoptAgenda').refuses('DateInFuture');
    circulated().when('adoptAgenda', { on: '2018-09-09' }).refuses('DateOutOfOrder');
    convened().command('proposeItem', item).when('adoptAgenda').refuses('WrongStage');
    adopted().stands('agendaAdopted').shows({ agendaAdoptedOn: '2018-09-28' });
  });
});

describe('a meeting is moved or cancelled', () => {
  it('moves what is due before it, and tells the committee and everybody invited', () => {
    convened()
      .passes('2018-09-01')
      .command('postpone', { to: '2018-11-28', place: 'Thessaloniki', reason: 'elections' })
      .isDue('items', '2018-11-07')
      .isDue('agenda', '2018-11-13')
      .shows({ on: '2018-11-28', firstOn: '2018-09-28', place: 'Thessaloniki' })
      .tells('committee/kr-gr', 'recordMeetingPostponed', { meeting: 'meeting/kr-gr-2', on: '2018-11-28' })
      .mails('meeting.postponed', 'person/lee-jiho');
  });

  it('moves an item deadline of its own by as much, and the invitations', () => {
    convened({ itemsBy: '2018-08-28' })
      .command('postpone', { to: '2018-10-28', reason: 'r' })
      .isDue('items', '2018-09-27')
      .isDue('invite', '2018-09-27')
      .mails('meeting.postponed', 'agency/mois')
      .mailsNo('meeting.invitation');
    expect(
      convened().command('postpone', { to: '2018-10-28', reason: 'r' }).mailed('meeting.postponed'),
      'before the invitations only the sides know of the date',
    ).toHaveLength(2);
  });

  it('takes items again when the new date leaves time for them', () => {
    const late = convened().passes('2018-09-10').stands('itemsCollected');
    late.command('postpone', { to: '2018-11-28', reason: 'r' }).stands('convened');
    late.command('postpone', { to: '2018-09-29', reason: 'r' }).stands('convened').isDue('items', '2018-09-19');
    circulated().command('postpone', { to: '2018-11-28', reason: 'r' }).stands('agendaCirculated');
  });

  it('is not moved to the same day, the far past or the far future, nor once it is open', () => {
    convened().when('postpone', { to: '2018-09-28', reason: 'r' }).refuses('AlreadyDone');
    convened().when('postpone', { to: '2018-05-01', reason: 'r' }).refuses('DateOutOfOrder');
    convened().when('postpone', { to: '2188-09-28', reason: 'r' }).refuses('DateTooFar');
    convened().when('postpone', { to: '2018-10-28' }).refuses('ReasonMissing');
    adopted().when('postpone', { to: '2018-10-28', reason: 'r' }).refuses('WrongStage');
  });

  it('tells committee and sides when it is cancelled before it was held, and nobody after', () => {
    convened()
      .command('cancel', { reason: 'elections' })
      .stands('cancelled')
      .tells('committee/kr-gr', 'recordMeetingCancelled', { meeting: 'meeting/kr-gr-2', number: 2 })
      .mails('meeting.cancelled', 'agency/mois');
    expect(held().command('cancel', { reason: 'r' }).last.effects).toEqual([]);
  });
});

describe('the meeting is held', () => {
  it('has its record chased when nobody has recorded it', () => {
    circulated()
      .isDue('record', '2018-10-03')
      .passes('2018-10-09')
      .mails('meeting.record', 'person/maria-k', { tone: 'overdue' });
  });

  it('keeps who attended, who was excused and in whose presence, and tells the committee', () => {
    adopted()
      .passes('2018-10-01')
      .command('recordHeld', {
        attended,
        excused: ['lee-jiho'],
        guests: ['Ana Popescu, WeGO'],
        inThePresenceOf: ['Minister of Administrative Reconstruction', 'Minister of Digital Policy'],
      })
      .stands('held')
      .shows({
        heldOn: '2018-09-28',
        attended: ['person/shim-bokyun', 'person/nikos-p'],
        excused: ['person/lee-jiho'],
        guests: ['Ana Popescu, WeGO'],
        inThePresenceOf: ['Minister of Administrative Reconstruction', 'Minister of Digital Policy'],
      })
      .tells('committee/kr-gr', 'recordMeetingHeld', { meeting: 'meeting/kr-gr-2', number: 2, on: '2018-09-28' });
  });

  it.each([
    ['InvalidInput', { attended: [] }],
    ['SamePerson', { attended: ['nikos-p'], excused: ['nikos-p'] }],
    ['DateInFuture', { attended, on: '2018-10-10' }],
    ['DateOutOfOrder', { attended, on: '2018-09-27' }],
  ] as const)('is refused with %s for %j', (code, body) => {
    adopted().when('recordHeld', body).refuses(code);
  });

  it('is not recorded as held before its agenda is adopted', () => {
    circulated().when('recordHeld', { attended }).refuses('WrongStage');
  });
});

describe('what became of each item', () => {
  it('is decided, discussed or deferred', () => {
    const three = convened()
      .command('proposeItem', { title: 'A', side: 'mois' })
      .command('proposeItem', { title: 'B', side: 'mois' });
    held(three)
      .command('decide', { item: 1, decision: 'Yes' })
      .command('recordDiscussed', { item: 2, summary: 'Views exchanged' })
      .shows({ undecided: [`3. ${item.title}`], decisions: ['1. Yes'] })
      .command('defer', { item: 3, reason: 'no time' })
      .shows({
        items: ['1. A (decided: Yes)', '2. B (discussed: Views exchanged)', `3. ${item.title} (deferred: no time)`],
        undecided: [],
      });
  });

  it('can be recorded while the meeting is on', () => {
    adopted()
      .command('decide', { item: 1, decision: 'Yes' })
      .shows({ decisions: ['1. Yes'] });
  });

  it('is recorded once; it is put right with a reason', () => {
    decided().when('decide', { item: 1, decision: 'No' }).refuses('AlreadyDone');
    decided().when('recordDiscussed', { item: 1 }).refuses('AlreadyDone');
    decided()
      .command('decide', { item: 1, decision: 'No', reason: 'misheard' })
      .shows({ decisions: ['1. No'] });
    held()
      .command('defer', { item: 1, reason: 'no time' })
      .when('defer', { item: 1, reason: 'no time' })
      .refuses('AlreadyDone');
  });

  it('is refused for an item that is not on the agenda, and for a deferral without a reason', () => {
    held().when('decide', { item: 7, decision: 'Yes' }).refuses('UnknownItem');
    held().when('recordDiscussed', { item: 7 }).refuses('UnknownItem');
    held().when('defer', { item: 1 }).refuses('ReasonMissing');
  });

  it('tells the previous meeting when item 1 confirms its minutes, once', () => {
    const story = held(convened({ previous: 'meeting/kr-gr-1' }));
    const confirmed = story
      .command('decide', { item: 1, decision: 'Approved' })
      .tells('meeting/kr-gr-1', 'confirmMinutes', { meeting: 'meeting/kr-gr-2', on: '2018-09-28' });
    expect(confirmed.command('decide', { item: 1, decision: 'Confirmed', reason: 'r' }).last.effects).toEqual([]);
    expect(story.command('decide', { item: 2, decision: 'Yes' }).last.effects).toEqual([]);
    expect(story.command('defer', { item: 1, reason: 'not read' }).last.effects).toEqual([]);
  });
});

describe('actions', () => {
  const action = { topic: 'Introduce the portal', owner: 'klid', due: '2018-12-14' };

  it('are opened as cases of their own with the decision they come from', () => {
    decided()
      .command('openAction', { ...action, decision: 1 })
      .opens('action', {
        slug: 'kr-gr-2-1',
        title: 'Introduce the portal',
        input: {
          ...action,
          decidedOn: '2018-09-28',
          committee: 'committee/kr-gr',
          meeting: 'meeting/kr-gr-2',
          coChairs: ['shim-bokyun', 'nikos-p'],
          decision: 'Item 1: Share the plan',
        },
      })
      .command('openAction', action)
      .opens('action', { slug: 'kr-gr-2-2' })
      .command('openAction', { ...action, id: 'portal' })
      .opens('action', { slug: 'portal' })
      .shows({ actions: ['action/kr-gr-2-1', 'action/kr-gr-2-2', 'action/portal'] });
  });

  it('quote a decision of several lines in one', () => {
    held()
      .command('decide', { item: 1, decision: `First.\nSecond. ${'x'.repeat(400)}` })
      .command('openAction', { ...action, decision: 1 })
      .opens('action', {
        input: expect.objectContaining({ decision: expect.stringMatching(/^Item 1: First\. Second\. x{276}…$/) }),
      });
  });

  it('are refused when due before the meeting, from an item without a decision, and under the same id', () => {
    decided()
      .when('openAction', { ...action, due: '2018-09-27' })
      .refuses('DateOutOfOrder', /the meeting/);
    decided()
      .when('openAction', { ...action, due: '2188-01-01' })
      .refuses('DateTooFar');
    decided()
      .when('openAction', { ...action, owner: '' })
      .refuses('InvalidInput');
    held()
      .when('openAction', { ...action, decision: 1 })
      .refuses('Undecided');
    decided()
      .when('openAction', { ...action, decision: 4 })
      .refuses('UnknownItem');
    adopted().when('openAction', action).refuses('WrongStage');
    const opened = decided().command('openAction', { ...action, id: 'portal' });
    opened.when('openAction', { ...action, id: 'portal' }).refuses('AlreadyDone');
  });
});

describe('the minutes', () => {
  it('are owed by the secretary of the host 5 working days after the meeting', () => {
    decided()
      .isDue('draftMinutes:1', '2018-10-05')
      .passes('2018-10-05')
      .mails('meeting.draftMinutes', 'person/maria-k', { tone: 'due' });
  });

  it('are not drafted for a meeting that was not held, nor with undecided items, nor before the meeting', () => {
    circulated().when('circulateMinutes').refuses('WrongStage');
    adopted().when('circulateMinutes').refuses('WrongStage');
    held()
      .when('circulateMinutes')
      .refuses('Undecided', /item 1/);
    decided().when('circulateMinutes', { on: '2018-09-27' }).refuses('DateOutOfOrder');
    decided().when('circulateMinutes', { on: '2018-10-05' }).refuses('DateInFuture');
    decided().when('circulateMinutes', { commentsBy: '2018-09-30' }).refuses('DateOutOfOrder');
  });

  it('go to the sides, which have 10 working days or the date given', () => {
    drafted()
      .stands('minutesCirculated')
      .mails('meeting.minutesToComment', 'agency/mois')
      .mails('meeting.minutesToComment', 'agency/mindigital')
      .isDue('comment:mois', '2018-10-17')
      .isDue('comment:mindigital', '2018-10-17');
    decided().command('circulateMinutes', { commentsBy: '2018-10-31' }).isDue('comment:mois', '2018-10-31');
  });

  it('remind only the side that has not answered', () => {
    drafted()
      .command('agreeMinutes', { side: 'mois' })
      .waitsFor('comment:mindigital')
      .passes('2018-10-13')
      .mails('meeting.comment', 'agency/mindigital', { tone: 'before' });
    expect(drafted().command('agreeMinutes', { side: 'mois' }).passes('2018-10-13').last.effects).toHaveLength(1);
  });

  it('are agreed by silence when nobody has objected in time', () => {
    drafted()
      .passes('2018-10-17')
      .stands('minutesCirculated')
      .passes('2018-10-18')
      .happens('keptSilent', 'keptSilent', 'minutesAgreed')
      .stands('minutesAgreed')
      .shows({ minutes: 'agreed', agreedOn: '2018-10-17' });
  });

  it('bind a side whose own time is over, while the other may still object', () => {
    const calendars = drafted().command('moveDeadline', {
      deadline: 'comment:mindigital',
      to: '2018-10-31',
      reason: 'holidays',
    });
    const half = calendars.passes('2018-10-20').stands('minutesCirculated').waitsFor('comment:mindigital');
    half.when('object', { side: 'mois', reason: 'r' }).refuses('AlreadyDone', /silence/);
    half.command('object', { side: 'mindigital', reason: 'r' }).stands('objected');
    half.passes('2018-11-02').stands('minutesAgreed');
  });

  it('are agreed at once when all sides say so', () => {
    agreed().stands('minutesAgreed').shows({ agreedOn: '2018-10-03' });
    const one = drafted().command('agreeMinutes', { side: 'mois' });
    one.when('agreeMinutes', { side: 'mois' }).refuses('AlreadyDone');
    one.when('object', { side: 'mois', reason: 'r' }).refuses('AlreadyDone');
    one.when('agreeMinutes', { side: 'klid' }).refuses('NotAParty');
    one.when('agreeMinutes', { side: 'mindigital', on: '2018-10-02' }).refuses('DateOutOfOrder');
    one.when('agreeMinutes', { side: 'mindigital', on: '2018-10-05' }).refuses('DateInFuture');
  });

  it('are drafted anew after an objection, and every side answers again', () => {
    const objected = drafted()
      .command('agreeMinutes', { side: 'mois' })
      .command('object', { side: 'mindigital', reason: 'item 1 was decided otherwise' })
      .stands('objected')
      .mails('meeting.objection', 'person/kim-minji')
      .mails('meeting.objection', 'person/maria-k')
      .isDue('draftMinutes:2', '2018-10-10');
    objected.when('signMinutes', { side: 'mois' }).refuses('WrongStage');
    objected.when('circulateMinutes', { on: '2018-10-02' }).refuses('DateOutOfOrder', /objection/);
    objected
      .command('decide', { item: 1, decision: 'Share half the plan', reason: 'objection' })
      .command('circulateMinutes')
      .waitsFor('comment:mois', 'comment:mindigital')
      .shows({ draft: 2, objections: 1 });
    drafted().when('object', { side: 'mois' }).refuses('ReasonMissing');
  });
});

describe('signatures', () => {
  it('are asked of both co-chairs, who owe them', () => {
    agreed()
      .mails('meeting.toSign', 'person/shim-bokyun')
      .mails('meeting.toSign', 'person/nikos-p')
      .waitsFor('sign:mois', 'sign:mindigital')
      .isDue('sign:mois', '2018-10-17')
      .command('signMinutes', { side: 'mois' })
      .waitsFor('sign:mindigital')
      .passes('2018-10-17')
      .mails('meeting.sign', 'person/nikos-p', { tone: 'due' });
  });

  it('are refused before the minutes are agreed, a second time, by a stranger, and out of order', () => {
    drafted().when('signMinutes', { side: 'mois' }).refuses('WrongStage');
    const one = agreed().command('signMinutes', { side: 'mois' });
    one.when('signMinutes', { side: 'mois' }).refuses('AlreadyDone', /mois/);
    one.when('signMinutes', { side: 'klid' }).refuses('NotAParty');
    one.when('signMinutes', { side: 'mindigital', on: '2018-10-02' }).refuses('DateOutOfOrder');
    one.when('signMinutes', { side: 'mindigital', on: '2018-10-05' }).refuses('DateInFuture');
  });

  it('complete the minutes, and the committee hears of them and of what was deferred', () => {
    const two = convened({ previous: 'meeting/kr-gr-1' }).command('proposeItem', {
      title: 'Smart cities',
      side: 'mois',
    });
    held(two)
      .command('defer', { item: 1, reason: 'not read' })
      .command('defer', { item: 2, reason: 'no time' })
      .command('decide', { item: 3, decision: 'Yes' })
      .command('circulateMinutes')
      .command('agreeMinutes', { side: 'mois' })
      .command('agreeMinutes', { side: 'mindigital' })
      .command('signMinutes', { side: 'mindigital' })
      .stands('minutesAgreed')
      .command('signMinutes', { side: 'mois' })
      .stands('minutesSigned')
      .tells('committee/kr-gr', 'recordMinutesSigned', {
        meeting: 'meeting/kr-gr-2',
        on: '2018-10-01',
        deferred: ['Smart cities'],
      })
      .mails('meeting.minutesSigned', 'agency/mois')
      .shows({ minutes: 'signed', signedBy: ['agency/mindigital', 'agency/mois'] })
      .waitsFor();
  });

  it('are owed by the new co-chair after a change, unless the side has signed', () => {
    agreed()
      .command('changeCoChair', { side: 'mindigital', person: 'new-chair' })
      .passes('2018-10-17')
      .mails('meeting.sign', 'person/new-chair');
    const one = agreed().command('signMinutes', { side: 'mois' });
    one.when('changeCoChair', { side: 'mois', person: 'park' }).refuses('AlreadyDone');
    one.when('changeCoChair', { side: 'mindigital', person: 'shim-bokyun' }).refuses('SamePerson');
    convened()
      .command('changeSecretary', { side: 'mindigital', person: 'new' })
      .passes('2018-09-14')
      .mails('meeting.agenda', 'person/new');
  });
});

describe('the end of a meeting', () => {
  const confirmation = { meeting: 'meeting/kr-gr-3', on: '2018-10-03' };

  it('comes with the confirmation by the next meeting', () => {
    signed()
      .command('confirmMinutes', confirmation)
      .stands('closed')
      .shows({ minutes: 'confirmed', confirmedBy: 'meeting/kr-gr-3' });
  });

  it('comes with the last signature when the next meeting was quicker', () => {
    const confirmed = agreed().command('confirmMinutes', confirmation).stands('minutesAgreed');
    confirmed.when('confirmMinutes', confirmation).refuses('AlreadyDone');
    confirmed.command('signMinutes', { side: 'mois' }).command('signMinutes', { side: 'mindigital' }).stands('closed');
  });

  it('comes by a person who gives a reason when no meeting has confirmed the minutes', () => {
    signed().when('close').refuses('ReasonMissing');
    signed().command('close', { reason: 'the committee is dissolved' }).stands('closed');
  });

  it('does not come with undecided items or unsigned minutes', () => {
    held()
      .when('close', { reason: 'r' })
      .refuses('Undecided', /item 1/);
    decided()
      .when('close', { reason: 'r' })
      .refuses('NotReady', /mois, mindigital/);
    agreed()
      .command('signMinutes', { side: 'mois' })
      .when('close', { reason: 'r' })
      .refuses('NotReady', /by mindigital;/);
    drafted().when('confirmMinutes', confirmation).refuses('WrongStage');
    signed().command('close', { reason: 'r' }).when('note', { note: 'n' }).refuses('CaseClosed');
  });
});

describe('what a case asks of another', () => {
  const asked = { by: 'entente', title: 'T', countries: ['KR', 'GR'], coordinator: 'kim-minji' };
  const constituted = {
    id: 'kr-gr',
    mou: 'mou/kr-gr-2017',
    sides: opening.sides,
    coChairs: opening.coChairs,
    secretaries: opening.secretaries,
  };
  const understood = (effect: KeyedEffect): Refusal | undefined => {
    if (effect.type === 'mail') return undefined;
    if (effect.type === 'open') {
      const lifecycle = lifecycles[effect.kind as Kind];
      const opening = { ...asked, id: effect.slug, title: effect.title, ...effect.input };
      const event = decideOpening(lifecycle, opening, '2018-10-03T06:00:00.000Z', 'opening');
      return isRefusal(event) ? event : undefined;
    }
    const definition = commandsOf(lifecycles[kindOf(effect.case) as Kind])[effect.command];
    const parsed = definition && bodyOf(definition).safeParse({ by: 'entente', ...effect.input });
    return parsed?.success ? undefined : refuse('InvalidInput', `${effect.command}: ${parsed?.error.message}`);
  };

  it('is understood there: the meeting by its committee, its actions and the meeting before', () => {
    const full = { previous: 'meeting/kr-gr-1', openActions: ['action/a'], openTopics: ['Portal'] };
    const story = held(convened(full).command('postpone', { to: '2018-09-27', reason: 'r' }))
      .command('decide', { item: 1, decision: 'Approved' })
      .command('recordDiscussed', { item: 2 })
      .command('defer', { item: 3, reason: 'no time' })
      .command('openAction', { topic: 'Portal', owner: 'klid', due: '2018-12-14', decision: 1 })
      .command('circulateMinutes')
      .command('agreeMinutes', { side: 'mois' })
      .command('agreeMinutes', { side: 'mindigital' })
      .command('signMinutes', { side: 'mindigital' })
      .command('signMinutes', { side: 'mois' });
    const told = story.effects.flatMap((effect) => (effect.type === 'tell' ? [effect.command] : []));
    expect(told).toEqual([
      'recordMeetingPostponed',
      'carryOver',
      'recordMeetingHeld',
      'confirmMinutes',
      'recordMinutesSigned',
    ]);
    expect(
      [...story.effects, ...convened().command('cancel', { reason: 'r' }).effects].flatMap(
        (effect) => understood(effect) ?? [],
      ),
    ).toEqual([]);
  });

  it('is understood there: the committee by its meetings', () => {
    const story = given(committee, constituted, world)
      .command('convene', { on: '2018-09-28', place: 'Athens' })
      .command('changeCoChair', { side: 'mois', person: 'park' })
      .command('changeSecretary', { side: 'mois', person: 'choi' })
      .command('recordAction', { action: 'action/a', topic: 'x'.repeat(300), owner: 'klid', due: '2018-12-14' })
      .command('closeAction', { action: 'action/a', outcome: 'closed' });
    expect(story.effects).toHaveLength(5);
    expect(story.effects.flatMap((effect) => understood(effect) ?? [])).toEqual([]);
  });

  it('fits into one opening, however many open actions the committee has', () => {
    const busy = Array.from({ length: 300 }, (_each, index) => index).reduce(
      (story, index) =>
        story.command('recordAction', {
          action: `action/${'a'.repeat(58)}-${index}`,
          topic: '행'.repeat(300),
          owner: 'klid',
          due: '2018-12-14',
        }),
      given(committee, constituted, world),
    );
    const [effect] = busy.command('convene', { on: '2018-09-28', place: 'Athens' }).last.effects;
    expect(effect && understood(effect)).toBeUndefined();
  });
});

describe('what people write', () => {
  it.each(['a\u0000b', '\u202eabc', 'a\nb', '\ud800', 'x'.repeat(301)])('is refused as an item: %j', (title) => {
    convened().when('proposeItem', { title, side: 'mois' }).refuses('InvalidInput', /title/);
  });
});
