import type { Deadline } from '../../ladder.ts';
import { tellVisit } from '../../act.ts';
import { type Successor, succeededIn } from '../../committee/sides.ts';
import { dayOf } from '../../dates.ts';
import { counted } from '../../derived.ts';
import { nameOf } from '../../document.ts';
import { partyOfAgency, partyOfPerson } from '../../fields.ts';
import { hoursInWords, rehoured } from '../../hours.ts';
import { asNew, carrying } from '../../letters.ts';
import { type CaseHeader, type Effect, nobodyHears, type Stamp } from '../../lifecycle.ts';
import { withOneMore, without } from '../../lists.ts';
import { tellCase } from '../../other-cases.ts';
import { numberAfter } from '../../numbered.ts';
import { owed } from '../deadlines.ts';
import { agendaOf, everybody, invitation, mail, planned, told, toSign } from '../letters.ts';
import { openActionsItem } from '../opening.ts';
import { datesBefore, eventRules, hostSecretary, type Item, type Meeting } from '../state.ts';

const titles = (items: readonly Item[]): string => items.map(({ number, title }) => `${number}. ${title}`).join('; ');

/** The committee's own items come first, also one that it adds late. */
const withOpenActionsItem = (items: readonly Item[]): readonly Item[] =>
  items.some(({ subject }) => subject === 'openActions')
    ? items
    : [...items, { ...openActionsItem, number: numberAfter(items) }];

export const preparationEvents = eventRules({
  invited: {
    says: () => 'The invitations went out.',
    evolve: (meeting, { at }) => ({ ...meeting, invitedOn: dayOf(at) }),
    follows: (_, meeting) => invitation(meeting),
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
    follows: ({ from, to, told: why }, meeting, header) => [
      ...mail('postponed', told(meeting), { from, why }),
      ...tellCase(meeting.committee, 'recordMeetingPostponed', { meeting: header.id, on: to }),
      ...planned(meeting, header),
    ],
  },
  timeSet: {
    says: (hours) => `Set for ${hoursInWords(hours)}.`,
    evolve: (meeting, hours) => rehoured(meeting, hours),
    follows: (_, meeting, header) => [...mail('timeSet', told(meeting)), ...planned(meeting, header)],
  },
  coChairChanged: {
    says: ({ side, person }) => `${person} is co-chair of ${side} for this meeting.`,
    evolve: succeededIn('coChairs'),
    follows: newsToCoChair,
  },
  secretaryChanged: {
    says: ({ side, person }) => `${person} is secretary of ${side} for this meeting.`,
    evolve: succeededIn('secretaries'),
    follows: newsToSecretary,
  },
  openActionAdded: {
    says: ({ action, topic }) => `${action} is open and comes on the agenda: ${topic}.`,
    evolve: (meeting, { action, topic }) => ({
      ...meeting,
      openActions: [...meeting.openActions, { action, topic }],
      items: withOpenActionsItem(meeting.items),
    }),
    follows: nobodyHears,
  },
  openActionClosed: {
    says: ({ action, outcome }) => `${action} is over (${outcome}) and leaves the agenda.`,
    evolve: (meeting, { action }) => without(meeting, 'openActions', (open) => open.action === action),
    follows: nobodyHears,
  },
  itemProposed: {
    says: ({ item, title, side }) => `${side} proposed item ${item}: ${title}.`,
    evolve: (meeting, { item, title, side }) =>
      withOneMore(meeting, 'items', { number: item, title, proposedBy: side }),
    follows: nobodyHears,
  },
  itemWithdrawn: {
    says: ({ item, title }) => `Item ${item} was withdrawn: ${title}.`,
    evolve: (meeting, { item }) => without(meeting, 'items', ({ number }) => number === item),
    follows: nobodyHears,
  },
  itemsClosed: {
    says: (_, { items }) => `The item deadline is over with ${counted(items.length, 'item')}.`,
    evolve: (meeting) => ({ ...meeting, stage: 'itemsCollected' }),
    follows: nobodyHears,
  },
  agendaCirculated: {
    says: ({ on, papers }, { items }) =>
      `Agenda circulated on ${on}: ${titles(items)}.${papers.length > 0 ? ` Papers: ${papers.map(nameOf).join(', ')}.` : ''}`,
    evolve: (meeting, { on, papers }) => ({
      ...meeting,
      stage: 'agendaCirculated',
      agendaCirculatedOn: on,
      papers,
      items: meeting.items.map((item, index) => ({ ...item, number: index + 1 })),
    }),
    follows: (_, meeting, { id }) => [
      ...carrying(meeting.papers, mail('agendaCirculated', everybody(meeting), agendaOf(meeting))),
      ...meeting.openActions.flatMap(({ action }) => tellCase(action, 'carryOver', { meeting: id })),
    ],
  },
  agendaAdopted: {
    says: ({ on }, { items }) => `Meeting opened on ${on}, agenda adopted: ${titles(items)}.`,
    evolve: (meeting, { on }) => ({ ...meeting, stage: 'agendaAdopted', agendaAdoptedOn: on }),
    follows: nobodyHears,
  },
});

/** Whoever takes over as the host's secretary hears what is now theirs, and by when. */
function newsToSecretary({ side, person }: Successor, meeting: Meeting, header: CaseHeader): Effect[] {
  const deadline = hostSecretary(meeting) === person && owedBySecretary(meeting, header);
  if (!deadline) return [];
  const facts = { side: partyOfAgency(side), owes: deadline.what };
  return asNew(mail('secretaryNamed', [partyOfPerson(person)], facts, deadline));
}

/** The deadline that the secretary of the host has to meet next; what they have to sign, they sign as co-chair. */
function owedBySecretary(meeting: Meeting, header: CaseHeader): Deadline | undefined {
  const secretary = partyOfPerson(hostSecretary(meeting));
  return owed.deadlines(meeting, header).find(({ what, owedBy }) => owedBy === secretary && what !== 'sign');
}

/** Whoever takes over as co-chair of a side that has not signed yet gets the minutes to sign, as those before them did. */
function newsToCoChair({ side, person }: Successor, meeting: Meeting, header: CaseHeader): Effect[] {
  const isOwed = owed.deadlines(meeting, header).some(({ what, item }) => what === 'sign' && item === side);
  return isOwed ? asNew(toSign(meeting, side, person)) : [];
}

/** One that was held stays held for those who were there. */
export function whenCancelled({ told: why }: Stamp, meeting: Meeting, header: CaseHeader): Effect[] {
  const { committee, number, on, place, heldOn } = meeting;
  if (heldOn) return [];
  return [
    ...mail('cancelled', told(meeting), { why }),
    ...tellCase(committee, 'recordMeetingCancelled', { meeting: header.id, number }),
    ...tellVisit(meeting, header, { standing: 'cancelled', on, place }),
  ];
}
