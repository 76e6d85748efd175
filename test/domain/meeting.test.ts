import { aDocument } from './a-document.ts';
import { describe, expect, it } from 'vitest';
import { meeting } from '../../domain/meeting.ts';
import { given, item, opening } from './meeting-stages.ts';

describe('a meeting is convened', () => {
  it('asks the sides for items and invites 30 days before', () => {
    const story = given.convened();
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
    given
      .opened(meeting, opening, { at: '2018-08-29' })
      .mails('meeting.invitation', 'person/lee-jiho')
      .mailsNo('meeting.callForItems')
      .waitsFor('items', 'agenda');
    given.opened(meeting, opening, { at: '2018-10-05' }).mailsNo();
  });

  it('tells of no invitations where a meeting was over when it was recorded, and sends none', () => {
    const over = given.opened(meeting, opening, { at: '2018-10-05' });
    over.shows({ invitedOn: undefined });
    over.when('sendInvitations').refuses('DateOutOfOrder', /was over when it was recorded on 2018-10-05; nobody is/);
    const moved = over.command('postpone', { to: '2018-10-19', reason: 'It is held again' });
    moved.mails('meeting.postponed', 'person/lee-jiho').shows({ invitedOn: '2018-10-05' });
    const invited = given.opened(meeting, opening, { at: '2018-08-29' }).passes('2018-10-05');
    invited.command('postpone', { to: '2018-09-20', reason: 'Held earlier' }).shows({ invitedOn: '2018-08-29' });
  });

  it('invites earlier when asked to, and once only', () => {
    given
      .convened()
      .command('sendInvitations')
      .mails('meeting.invitation', 'agency/mois')
      .waitsFor('items', 'agenda')
      .when('sendInvitations')
      .refuses('AlreadyDone');
  });

  it('takes items until 21 days before and owes the agenda 15 days before', () => {
    given.convened().isDue('items', '2018-09-07').isDue('agenda', '2018-09-13');
    given.convened({ itemsBy: '2018-08-01' }).isDue('items', '2018-08-01').isDue('agenda', '2018-09-13');
    given
      .convened({ itemsBefore: 'P60D', agendaBefore: 'P30D' })
      .isDue('items', '2018-07-30')
      .isDue('agenda', '2018-08-29');
  });

  it('divides the time that is left at short notice', () => {
    given.opened(meeting, opening, { at: '2018-09-18' }).isDue('items', '2018-09-23').isDue('agenda', '2018-09-25');
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
    given.convened(part).refuses(code);
  });
});

describe('items', () => {
  it('are numbered after those that the committee puts on the agenda', () => {
    given
      .convened({
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
    const story = given.convened().command('proposeItem', item);
    story.when('proposeItem', item).refuses('AlreadyDone');
    story.when('proposeItem', { title: 'Other', side: 'klid' }).refuses('NotAParty');
  });

  it('need a reason after the item deadline', () => {
    const late = given.convened().passes('2018-09-07').stands('convened').passes('2018-09-08').stands('itemsCollected');
    late
      .waitsFor('agenda')
      .when('proposeItem', item)
      .refuses('ReasonMissing', /2018-09-07/);
    late.command('proposeItem', { ...item, reason: 'the ministry has changed' }).shows({ items: [`1. ${item.title}`] });
  });

  it('can be withdrawn, but not those of the committee', () => {
    const story = given.convened({ previous: 'meeting/kr-gr-1' }).command('proposeItem', item);
    story.command('withdrawItem', { item: 2 }).shows({ items: ['1. Confirmation of the previous minutes'] });
    story.when('withdrawItem', { item: 1 }).refuses('WrongKind');
    story.when('withdrawItem', { item: 9 }).refuses('UnknownItem', /1, 2/);
  });

  it('follow a later item deadline', () => {
    given
      .convened()
      .command('moveDeadline', { deadline: 'items', to: '2018-09-10', reason: 'holidays' })
      .shows({ itemsBy: '2018-09-10' })
      .isDue('items', '2018-09-10');
  });
});

describe('open actions of earlier meetings', () => {
  const open = { openActions: ['action/a', 'action/b'], openTopics: ['Portal', 'Documents'] };

  it('stand on the agenda, and each is told when it is circulated', () => {
    const story = given.circulated(given.convened(open));
    story
      .tells('action/a', 'carryOver', { meeting: 'meeting/kr-gr-2' })
      .tells('action/b', 'carryOver', { meeting: 'meeting/kr-gr-2' })
      .shows({ openActions: ['action/a: Portal', 'action/b: Documents'] });
  });

  it('leave the agenda when they are closed before, and come on it when they are opened late', () => {
    const story = given
      .convened(open)
      .command('recordActionClosed', { action: 'action/a', outcome: 'closed' })
      .shows({ openActions: ['action/b: Documents'] });
    story.when('recordActionClosed', { action: 'action/a', outcome: 'closed' }).refuses('UnknownItem');
    given
      .convened()
      .command('recordActionOpened', { action: 'action/c', topic: 'Taxes' })
      .shows({ openActions: ['action/c: Taxes'], items: ['1. Open actions of earlier meetings'] })
      .when('recordActionOpened', { action: 'action/c', topic: 'Taxes' })
      .refuses('AlreadyDone');
  });
});

describe('the agenda', () => {
  it('is owed by the secretary of the host', () => {
    given.convened().passes('2018-09-14').mails('meeting.agenda', 'person/maria-k', { tone: 'due' });
    given.convened().passes('2018-09-24').mails('meeting.agenda', 'superior-of/person/maria-k', { tone: 'escalation' });
  });

  it('goes to everybody with its papers, numbered without gaps', () => {
    given
      .convened()
      .command('proposeItem', { title: 'Withdrawn', side: 'mois' })
      .command('proposeItem', item)
      .command('withdrawItem', { item: 1 })
      .command('circulateAgenda', { papers: [aDocument('Plan.docx')] })
      .stands('agendaCirculated')
      .mails('meeting.agendaCirculated', 'person/lee-jiho')
      .shows({ items: [`1. ${item.title}`], papers: ['Plan.docx'], agendaCirculatedOn: '2018-06-01' });
  });

  it('is neither circulated nor adopted without items', () => {
    given.convened().when('circulateAgenda').refuses('NotReady');
    given
      .circulated()
      .command('withdrawItem', { item: 1 })
      .passes('2018-09-28')
      .when('adoptAgenda')
      .refuses('NotReady', /nothing on the agenda/);
  });

  it('is circulated before the meeting and not in the future', () => {
    const story = given.convened().command('proposeItem', item);
    story.when('circulateAgenda', { on: '2018-06-03' }).refuses('DateInFuture');
    story.passes('2018-10-10').when('circulateAgenda', { on: '2018-10-01' }).refuses('DateOutOfOrder');
  });

  it('is adopted on the day of the meeting, not before it is circulated nor before that day has come', () => {
    given.circulated().when('adoptAgenda').refuses('DateInFuture');
    given.circulated().when('adoptAgenda', { on: '2018-09-09' }).refuses('DateOutOfOrder');
    given.convened().command('proposeItem', item).when('adoptAgenda').refuses('WrongStage');
    given.adopted().stands('agendaAdopted').shows({ agendaAdoptedOn: '2018-09-28' });
  });
});

describe('a meeting is moved or cancelled', () => {
  it('moves what is due before it, and tells the committee and everybody invited', () => {
    given
      .convened()
      .passes('2018-09-01')
      .command('postpone', { to: '2018-11-28', place: 'Thessaloniki', reason: 'elections' })
      .isDue('items', '2018-11-07')
      .isDue('agenda', '2018-11-13')
      .shows({ on: '2018-11-28', firstOn: '2018-09-28', place: 'Thessaloniki' })
      .tells('committee/kr-gr', 'recordMeetingPostponed', { meeting: 'meeting/kr-gr-2', on: '2018-11-28' })
      .mails('meeting.postponed', 'person/lee-jiho');
  });

  it('moves an item deadline of its own by as much, and the invitations', () => {
    given
      .convened({ itemsBy: '2018-08-28' })
      .command('postpone', { to: '2018-10-28', reason: 'r' })
      .isDue('items', '2018-09-27')
      .isDue('invite', '2018-09-27')
      .mails('meeting.postponed', 'agency/mois')
      .mailsNo('meeting.invitation');
    expect(
      given.convened().command('postpone', { to: '2018-10-28', reason: 'r' }).mailed('meeting.postponed'),
      'before the invitations only the sides know of the date',
    ).toHaveLength(2);
  });

  it('takes items again when the new date leaves time for them', () => {
    const late = given.convened().passes('2018-09-10').stands('itemsCollected');
    late.command('postpone', { to: '2018-11-28', reason: 'r' }).stands('convened');
    late.command('postpone', { to: '2018-09-29', reason: 'r' }).stands('convened').isDue('items', '2018-09-19');
    given.circulated().command('postpone', { to: '2018-11-28', reason: 'r' }).stands('agendaCirculated');
  });

  it('is not moved to the same day, the far past or the far future, nor once it is open', () => {
    given.convened().when('postpone', { to: '2018-09-28', reason: 'r' }).refuses('AlreadyDone');
    given.convened().when('postpone', { to: '2018-05-01', reason: 'r' }).refuses('DateOutOfOrder');
    given.convened().when('postpone', { to: '2188-09-28', reason: 'r' }).refuses('DateTooFar');
    given.convened().when('postpone', { to: '2018-10-28' }).refuses('ReasonMissing');
    given.adopted().when('postpone', { to: '2018-10-28', reason: 'r' }).refuses('WrongStage');
  });

  it('tells committee and sides when it is cancelled before it was held, after that whoever owes the minutes', () => {
    given
      .convened()
      .command('cancel', { reason: 'elections' })
      .stands('cancelled')
      .tells('committee/kr-gr', 'recordMeetingCancelled', { meeting: 'meeting/kr-gr-2', number: 2 })
      .mails('meeting.cancelled', 'agency/mois');
    expect(given.held().command('cancel', { reason: 'r' }).last.effects).toMatchObject([
      { message: { text: 'case.cancelled', to: 'person/maria-k' } },
    ]);
  });
});

describe('what people write', () => {
  it.each(['a\u0000b', '\u202eabc', 'a\nb', '\ud800', 'x'.repeat(301)])('is refused as an item: %j', (title) => {
    given.convened().when('proposeItem', { title, side: 'mois' }).refuses('InvalidInput', /title/);
  });
});
