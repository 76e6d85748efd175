import { z } from 'zod';
import { kindOf } from './case/opening.ts';
import { type CivilDate, whenOf } from './dates.ts';
import { caseOf, type Country, count, country, date, line, type Party, party, timeOfDay, timeZone } from './fields.ts';
import { type Hours, hoursOf } from './hours.ts';
import { type CaseHeader, type Effect, type EventRules, nobodyHears, rulesOf, type Subject } from './lifecycle.ts';
import { tellCase } from './other-cases.ts';
import { type Refusal, refuse } from './refusal.ts';

/**
 * An act of a visit: a case of its own that takes place on one of its legs. The visit knows its acts, each act knows its
 * visit; an act tells the visit its date and what became of it, and moves or calls itself off in its own words.
 */

/** The kinds of case that can be an act, and the commands by which the visit moves one or calls it off; each takes `reason`, a move also `to`. */
export const actWords = {
  mou: { move: 'postponeSigning', callOff: 'callOffSigning' },
  meeting: { move: 'postpone', callOff: 'cancel' },
  workshop: { move: 'postpone', callOff: 'cancel' },
  appointment: { move: 'postpone', callOff: 'cancel' },
} as const;

export type ActKind = keyof typeof actWords;
export const isActKind = (kind: string): kind is ActKind => Object.hasOwn(actWords, kind);

/** How an act stands for its visit; an MOU is done when it is signed, whatever comes of it later. */
export const actStandings = ['planned', 'done', 'cancelled'] as const;

/** The visit and the leg on which a case takes place. */
export interface OnVisit {
  readonly visit: string;
  readonly leg: number;
}

/** What a case that can be an act knows of it. */
export interface WithVisit {
  readonly onVisit?: OnVisit;
}

export type VisitLinkEvent = { type: 'visitJoined'; visit: string; leg: number } | { type: 'visitLeft'; visit: string };

const visit = caseOf('visit');
const leg = count.min(1);

/** In the opening of a kind that a visit opens as an act. */
export const visitOpeningFields = {
  visit: visit.optional().describe('the visit that it is an act of'),
  leg: leg.optional().describe('the number of the leg of that visit on which it takes place'),
};

export const onVisitOf = (given: { visit?: string; leg?: number }): WithVisit =>
  given.visit !== undefined && given.leg !== undefined ? { onVisit: { visit: given.visit, leg: given.leg } } : {};

/** A leg is one of a visit. */
export const refuseHalfALeg = (given: { visit?: string; leg?: number }): Refusal | undefined =>
  (given.visit === undefined) === (given.leg === undefined)
    ? undefined
    : refuse('InvalidInput', `${given.visit === undefined ? 'visit' : 'leg'}: is missing; a leg is one of a visit.`);

/** The day or days on which an act takes place, as far as they are known. */
export interface ActDays extends Hours {
  readonly on?: CivilDate;
  readonly until?: CivilDate;
}

const joining = {
  visit: visit.describe('the visit'),
  leg: leg.describe('the number of its leg'),
  country: country.describe('where the leg goes'),
  from: date.describe('the first day of the leg'),
  to: date.describe('the last day of the leg'),
};

const leaving = {
  visit: visit.describe('the visit'),
  to: party.optional().describe('who carries it on, for acts that have an owner'),
};

type Joining = z.output<z.ZodObject<typeof joining>>;

/** What a case that can be an act says of itself, for what a visit says to it. */
interface CanBeAnAct<S, E> {
  readonly what: string;
  readonly from: readonly string[];
  readonly takesPlace: (subject: S) => ActDays & { readonly country?: Country };
  /** Of one that somebody else can carry on. */
  readonly handedOver?: (subject: S, to: Party) => readonly E[];
}

/** What a visit says to a case that it makes one of its acts, or lets go. */
export function visitLinkCommands<S extends Subject & WithVisit, E extends { type: string } = VisitLinkEvent>({
  what,
  from,
  takesPlace,
  handedOver,
}: CanBeAnAct<S, E>) {
  const { command } = rulesOf<S, E | VisitLinkEvent>();
  return {
    joinVisit: command({
      says: `${what} becomes an act of a visit`,
      by: ['case'],
      from,
      input: joining,
      decide: (given, subject, { header }) =>
        refuseJoining(given, subject, header, takesPlace(subject)) ?? [
          { type: 'visitJoined', visit: given.visit, leg: given.leg },
        ],
    }),
    leaveVisit: command({
      says: `${what} is no longer an act of a visit${handedOver ? '; it can be handed over to somebody else' : ''}`,
      by: ['case'],
      from,
      input: leaving,
      decide: ({ visit: id, to }, subject) => {
        const { onVisit } = subject;
        return onVisit?.visit === id
          ? [{ type: 'visitLeft', visit: id }, ...((to && handedOver?.(subject, to)) || [])]
          : refuse('AlreadyDone', `It is no act of ${id}${onVisit ? `, but of ${onVisit.visit}` : ''}.`);
      },
    }),
  };
}

/** A case becomes an act of a visit if it is of the country, on the days of the leg, and of no other visit. */
function refuseJoining(
  { visit: id, country: where, from, to }: Joining,
  { onVisit }: WithVisit,
  { id: act, countries }: CaseHeader,
  { on, until = on, country: there = where }: ReturnType<CanBeAnAct<never, never>['takesPlace']>,
): Refusal | undefined {
  if (where !== there) return refuse('UnknownCountry', `${act} takes place in ${there}, and the leg goes to ${where}.`);
  if (onVisit && onVisit.visit !== id)
    return refuse('AlreadyDone', `${act} is an act of ${onVisit.visit} already; drop it there first (\`drop-act\`).`);
  if (!countries.includes(where))
    return refuse('UnknownCountry', `${act} concerns ${countries.join(', ')}, and the leg goes to ${where}.`);
  return on && until && (on < from || until > to)
    ? refuse(
        'DateOutOfOrder',
        `${act} takes place ${whenOf(on, until)}, and the leg is ${whenOf(from, to)}; move one of them first.`,
      )
    : undefined;
}

/** @param planned what an act that lies ahead tells its visit */
export const visitLinkEvents = <S extends WithVisit>(
  planned: (act: S, header: CaseHeader) => readonly Effect[],
): EventRules<S, VisitLinkEvent> => ({
  visitJoined: {
    says: ({ visit: id, leg: legNumber }) => `It is an act of ${id}, on leg ${legNumber}.`,
    evolve: (known, { visit: id, leg: legNumber }) => ({ ...known, onVisit: { visit: id, leg: legNumber } }),
    follows: (_, act, header) => planned(act, header),
  },
  visitLeft: {
    says: ({ visit: id }) => `It is no longer an act of ${id}.`,
    evolve: ({ onVisit: _, ...known }) => known as S,
    follows: nobodyHears,
  },
});

/** Its hours, as the visit is told them. */
export const hoursToTell = ({ time, endsAt, zone }: Hours): Hours => hoursOf({ time, endsAt, zone });

/** What an act tells its visit; nothing if it is of none. */
export const tellVisit = (
  { onVisit }: WithVisit,
  { id, title }: CaseHeader,
  report: ActDays & { readonly standing: (typeof actStandings)[number]; readonly place?: string },
): Effect[] => (onVisit ? tellCase(onVisit.visit, 'recordAct', { act: id, title, leg: onVisit.leg, ...report }) : []);

/** What the visit is told by its acts. */
export const actReport = {
  title: line.describe('its title'),
  leg: leg.describe('the leg on which it takes place'),
  standing: z.enum(actStandings).describe('whether it lies ahead, is done, or is called off'),
  on: date.optional().describe('its day, as far as it is known'),
  until: date.optional().describe('its last day, if it takes several'),
  place: line.optional().describe('where'),
  time: timeOfDay.optional().describe('when it begins'),
  endsAt: timeOfDay.optional().describe('when it ends'),
  zone: timeZone.optional().describe('whose clocks say that, if not those of its host'),
};

/** In the facts of an act: the visit, and the number of its leg. */
export const visitFacts = ({ onVisit }: WithVisit) => ({ visit: onVisit?.visit, leg: onVisit?.leg });

export const kindOfAct = (act: string): ActKind | undefined => {
  const kind = kindOf(act);
  return isActKind(kind) ? kind : undefined;
};
