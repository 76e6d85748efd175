import { hoursToTell, tellVisit } from '../act.ts';
import { type Party, type Person, partyOfAgency, partyOfPerson } from '../fields.ts';
import { carrying, lettersOf } from '../letters.ts';
import type { CaseHeader, Effect } from '../lifecycle.ts';
import type { factTypes } from '../meeting.ts';
import type { Meeting } from './state.ts';

export const mail = lettersOf<typeof factTypes>('meeting');

export const sidesOf = ({ sides }: Meeting): Party[] => sides.map(partyOfAgency);

export const sidesAndSecretaries = (meeting: Meeting): Party[] => [
  ...sidesOf(meeting),
  ...meeting.secretaries.map(partyOfPerson),
];

/** Everybody who attends: the sides, and each of their people once. */
export const everybody = (meeting: Meeting): Party[] => [
  ...sidesOf(meeting),
  ...new Set([...meeting.coChairs, ...meeting.secretaries, ...meeting.members].map(partyOfPerson)),
];

/** Those who know of the date: before the invitations these are the sides alone. */
export const told = (meeting: Meeting): Party[] => (meeting.invitedOn ? everybody(meeting) : sidesOf(meeting));

/** An agenda in a sentence: lists of facts are joined by "and", which an agenda is not. */
export const agendaOf = ({ items }: Meeting) => ({
  agenda: `${items.map(({ number, title }) => `${number}. ${title}`).join('; ')}.`,
});

export const invitation = (meeting: Meeting): Effect[] => mail('invitation', everybody(meeting), agendaOf(meeting));

/** The minutes, to whoever signs them for a side. */
export const toSign = ({ document }: Meeting, side: string, person: Person): Effect[] =>
  carrying(
    [document],
    mail('toSign', [partyOfPerson(person)], { side: partyOfAgency(side) }, { what: 'sign', item: side }),
  );

/** What the visit hears of which the meeting is an act. */
export function planned(meeting: Meeting, header: CaseHeader): Effect[] {
  const { on, endsOn: until, place } = meeting;
  return tellVisit(meeting, header, { standing: 'planned', on, until, place, ...hoursToTell(meeting) });
}
