import { visitLinkEvents } from '../act.ts';
import { withSuccessor } from '../committee/sides.ts';
import { dayOf } from '../dates.ts';
import { counted } from '../derived.ts';
import { nameOf } from '../document.ts';
import { hoursInWords, rehoured } from '../hours.ts';
import type { EventRules } from '../lifecycle.ts';
import { openActionsItem } from './opening.ts';
import { datesBefore, type Item, type Meeting, type MeetingEvent } from './state.ts';

type Rules<T extends MeetingEvent['type']> = Pick<EventRules<Meeting, MeetingEvent>, T>;

const titles = (items: readonly Item[]): string => items.map(({ number, title }) => `${number}. ${title}`).join('; ');
const list = (what: string, names: readonly string[]): string =>
  names.length > 0 ? ` ${what}: ${names.join(', ')}.` : '';

const withItem = (meeting: Meeting, number: number, change: (item: Item) => Item): Meeting => ({
  ...meeting,
  items: meeting.items.map((item) => (item.number === number ? change(item) : item)),
});

/** The committee's own items come first, also one that it adds late. */
const withOpenActionsItem = (items: readonly Item[]): readonly Item[] =>
  items.some(({ subject }) => subject === 'openActions')
    ? items
    : [...items, { ...openActionsItem, number: Math.max(0, ...items.map(({ number }) => number)) + 1 }];

const dates: Rules<'invited' | 'postponed' | 'timeSet' | 'coChairChanged' | 'secretaryChanged'> = {
  invited: {
    says: () => 'The invitations went out.',
    evolve: (meeting, { at }) => ({ ...meeting, invitedOn: dayOf(at) }),
  },
  postponed: {
    says: ({ from, to, place, ...hours }) =>
      `Moved from ${from} to ${[to, hoursInWords(hours), place].filter(Boolean).join(', ')}.`,
    evolve: (meeting, { to, place, at, ...hours }) => {
      const moved = {
        ...rehoured(meeting, hours),
        on: to,
        scheduledOn: dayOf(at),
        ...(place ? { place } : {}),
      };
      const due = datesBefore(moved);
      const collectsAgain = meeting.stage === 'itemsCollected' && due.itemsBy > moved.scheduledOn;
      return { ...moved, ...due, stage: collectsAgain ? 'convened' : meeting.stage };
    },
  },
  timeSet: {
    says: (hours) => `Set for ${hoursInWords(hours)}.`,
    evolve: (meeting, hours) => rehoured(meeting, hours),
  },
  coChairChanged: {
    says: ({ side, person }) => `${person} is co-chair of ${side} for this meeting.`,
    evolve: (meeting, { side, person }) => ({
      ...meeting,
      coChairs: withSuccessor(meeting.sides, meeting.coChairs, side, person),
    }),
  },
  secretaryChanged: {
    says: ({ side, person }) => `${person} is secretary of ${side} for this meeting.`,
    evolve: (meeting, { side, person }) => ({
      ...meeting,
      secretaries: withSuccessor(meeting.sides, meeting.secretaries, side, person),
    }),
  },
};

const agenda: Rules<
  | 'openActionAdded'
  | 'openActionClosed'
  | 'itemProposed'
  | 'itemWithdrawn'
  | 'itemsClosed'
  | 'agendaCirculated'
  | 'agendaAdopted'
> = {
  openActionAdded: {
    says: ({ action, topic }) => `${action} is open and comes on the agenda: ${topic}.`,
    evolve: (meeting, { action, topic }) => ({
      ...meeting,
      openActions: [...meeting.openActions, { action, topic }],
      items: withOpenActionsItem(meeting.items),
    }),
  },
  openActionClosed: {
    says: ({ action, outcome }) => `${action} is over (${outcome}) and leaves the agenda.`,
    evolve: (meeting, { action }) => ({
      ...meeting,
      openActions: meeting.openActions.filter((open) => open.action !== action),
    }),
  },
  itemProposed: {
    says: ({ item, title, side }) => `${side} proposed item ${item}: ${title}.`,
    evolve: (meeting, { item, title, side }) => ({
      ...meeting,
      items: [...meeting.items, { number: item, title, proposedBy: side }],
    }),
  },
  itemWithdrawn: {
    says: ({ item, title }) => `Item ${item} was withdrawn: ${title}.`,
    evolve: (meeting, { item }) => ({ ...meeting, items: meeting.items.filter(({ number }) => number !== item) }),
  },
  itemsClosed: {
    says: (_, { items }) => `The item deadline is over with ${counted(items.length, 'item')}.`,
    evolve: (meeting) => ({ ...meeting, stage: 'itemsCollected' }),
  },
  agendaCirculated: {
    says: ({ on, papers }, { items }) =>
      `Agenda circulated on ${on}: ${titles(items)}.${list('Papers', papers.map(nameOf))}`,
    evolve: (meeting, { on, papers }) => ({
      ...meeting,
      stage: 'agendaCirculated',
      agendaCirculatedOn: on,
      papers,
      items: meeting.items.map((item, index) => ({ ...item, number: index + 1 })),
    }),
  },
  agendaAdopted: {
    says: ({ on }, { items }) => `Meeting opened on ${on}, agenda adopted: ${titles(items)}.`,
    evolve: (meeting, { on }) => ({ ...meeting, stage: 'agendaAdopted', agendaAdoptedOn: on }),
  },
};

const proceedings: Rules<'held' | 'decided' | 'discussed' | 'deferred' | 'actionOpened' | 'closed' | 'reopened'> = {
  held: {
    says: ({ on, attended, excused, guests, inThePresenceOf }) =>
      `Held on ${on}.${list('Attended', [...attended, ...guests])}${list('Excused', excused)}${list('In the presence of', inThePresenceOf)}`,
    evolve: (meeting, { on, attended, excused, guests, inThePresenceOf }) => ({
      ...meeting,
      stage: 'held',
      heldOn: on,
      attended,
      excused,
      guests,
      inThePresenceOf,
    }),
  },
  decided: {
    says: ({ item, decision }) => `Item ${item} decided: ${decision}`,
    evolve: (meeting, { item, decision }) =>
      withItem(meeting, item, (each) => ({ ...each, outcome: 'decided', says: decision })),
  },
  discussed: {
    says: ({ item, summary }) => `Item ${item} discussed${summary ? `: ${summary}` : '.'}`,
    evolve: (meeting, { item, summary }) =>
      withItem(meeting, item, ({ says: _, ...each }) => ({
        ...each,
        outcome: 'discussed',
        ...(summary ? { says: summary } : {}),
      })),
  },
  deferred: {
    says: ({ item }) => `Item ${item} deferred to the next meeting.`,
    // Minutes of earlier versions printed the reason; those of such events still do.
    evolve: (meeting, { item, minuted, reason = '' }) =>
      withItem(meeting, item, (each) => ({ ...each, outcome: 'deferred', says: minuted ?? reason })),
  },
  actionOpened: {
    says: ({ action, topic, owner, due }) => `${action} opened for ${owner}, due ${due}: ${topic}.`,
    evolve: (meeting, { action }) => ({ ...meeting, actions: [...meeting.actions, action] }),
  },
  reopened: {
    says: ({ newMinutes }) => `The meeting is open again${newMinutes ? '; new minutes are to be drafted' : ''}.`,
    evolve: (meeting, { newMinutes, at }) =>
      newMinutes ? forNewMinutes(meeting, dayOf(at)) : { ...meeting, stage: 'minutesSigned' },
  },
  closed: { says: () => 'The meeting is closed.', evolve: (meeting) => ({ ...meeting, stage: 'closed' }) },
};

const minutes: Rules<
  | 'minutesCirculated'
  | 'minutesConsented'
  | 'keptSilent'
  | 'objected'
  | 'minutesAgreed'
  | 'minutesSigned'
  | 'signaturesComplete'
  | 'minutesConfirmed'
> = {
  minutesCirculated: {
    says: ({ draft, on }) => `Draft ${draft} of the minutes circulated on ${on}.`,
    evolve: ({ commentsBy: _, ...meeting }, { draft, on, commentsBy, document }) => ({
      ...meeting,
      stage: 'minutesCirculated',
      draft,
      circulatedOn: on,
      consents: {},
      ...(commentsBy ? { commentsBy } : {}),
      ...(document ? { document } : {}),
    }),
  },
  minutesConsented: {
    says: ({ side, on }, { draft }) => `${side} agreed to draft ${draft} on ${on}.`,
    evolve: (meeting, { side }) => ({ ...meeting, consents: { ...meeting.consents, [side]: 'agreed' } }),
  },
  keptSilent: {
    says: ({ side }, { draft }) => `${side} did not object to draft ${draft} in time and agrees by silence.`,
    evolve: (meeting, { side }) => ({ ...meeting, consents: { ...meeting.consents, [side]: 'silent' } }),
  },
  objected: {
    says: ({ side, on }, { draft }) => `${side} objected to draft ${draft} on ${on}.`,
    evolve: (meeting, { on }) => ({
      ...meeting,
      stage: 'objected',
      objectedOn: on,
      objections: meeting.objections + 1,
    }),
  },
  minutesAgreed: {
    says: (_, { draft }) => `Draft ${draft} of the minutes is agreed.`,
    evolve: (meeting, { on }) => ({ ...meeting, stage: 'minutesAgreed', agreedOn: on }),
  },
  minutesSigned: {
    says: ({ side, person, on }) => `${person} signed the minutes for ${side} on ${on}.`,
    evolve: (meeting, { side, on }) => ({ ...meeting, signatures: { ...meeting.signatures, [side]: on } }),
  },
  signaturesComplete: {
    says: ({ on }) => `The minutes are signed by all sides since ${on}.`,
    evolve: (meeting, { on }) => ({ ...meeting, stage: 'minutesSigned', signedOn: on }),
  },
  minutesConfirmed: {
    says: ({ meeting, on }) => `The minutes were confirmed by ${meeting} on ${on}.`,
    evolve: (state, { meeting }) => ({ ...state, confirmedBy: meeting }),
  },
};

/** Agreement and signatures were given to minutes that are no longer those of the meeting. */
const forNewMinutes = (
  { agreedOn: _agreed, signedOn: _signed, confirmedBy: _confirmed, ...meeting }: Meeting,
  day: string,
): Meeting => ({ ...meeting, stage: 'held', reopenedOn: day, consents: {}, signatures: {} });

export const events: EventRules<Meeting, MeetingEvent> = {
  ...dates,
  ...agenda,
  ...proceedings,
  ...minutes,
  ...visitLinkEvents<Meeting>(),
};
