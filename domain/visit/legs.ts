import { refuseBefore } from '../date-rules.ts';
import { type CivilDate, daysBetween, later, minus, shift, spanOf, whenOf } from '../dates.ts';
import { count, country, type Party, partyOfAgency, partyOfPerson } from '../fields.ts';
import { type Hours, hoursOf, refuseHours, type Reopened, retimed } from '../hours.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Act, ActMove, ChecklistItem, Head, Leg, Member, Visit } from './state.ts';

/** The stages before the departure, and those at which the visit still changes. */
export const planning: readonly Visit['stage'][] = ['proposed', 'confirmed', 'prepared'];
export const changing: readonly Visit['stage'][] = [...planning, 'underWay'];

/** A leg is named by its number, or by its country where that says which one; the only one need not be named. */
export const legFields = {
  leg: count.min(1).optional().describe('the number of the leg'),
  country: country.optional().describe('the country of the leg, instead of its number'),
};

export const isLive = ({ standing }: Leg): boolean => standing !== 'cancelled';
export const liveLegs = ({ legs }: Visit): readonly Leg[] => legs.filter(isLive);

export const legOf = ({ legs }: Visit, number: number): Leg | undefined => legs.find((leg) => leg.number === number);

const nameOf = ({ number, country: where, from, to }: Leg): string => `${number} (${where}, ${spanOf(from, to)})`;
const listed = (legs: readonly Leg[]): string => legs.map(nameOf).join(', ') || 'none yet';

/** A leg that takes place, by its number. */
function liveLeg(visit: Visit, number: number): Leg | Refusal {
  const leg = legOf(visit, number);
  if (!leg) return refuse('UnknownItem', `The visit has no leg ${number}; it has ${listed(liveLegs(visit))}.`);
  return isLive(leg) ? leg : refuse('WrongStage', `Leg ${number} was cancelled; add a new one (\`add-leg\`).`);
}

/** What is answered of the leg that is meant. */
export function onLeg<T>(visit: Visit, where: Parameters<typeof legFor>[1], answer: (leg: Leg) => T): T | Refusal {
  const leg = legFor(visit, where);
  return 'refused' in leg ? leg : answer(leg);
}

/** The leg that is meant: by number, by country, and by the day where a country has several. */
export function legFor(
  visit: Visit,
  { leg, country: where, on }: { leg?: number; country?: string; on?: CivilDate },
): Leg | Refusal {
  const live = liveLegs(visit);
  if (leg !== undefined) {
    const found = liveLeg(visit, leg);
    return 'refused' in found || where === undefined || found.country === where
      ? found
      : refuse('UnknownCountry', `Leg ${leg} goes to ${found.country}, not to ${where}; the legs are ${listed(live)}.`);
  }
  const there = live.filter((each) => where === undefined || each.country === where);
  const [only, other] = there;
  if (!only && where === undefined) return refuse('NotReady', 'The visit has no leg yet; add one first (`add-leg`).');
  if (!only)
    return refuse(
      'UnknownCountry',
      `No leg of the visit goes to ${where}; its legs are ${listed(live)}. Add one first.`,
    );
  const onDay = there.find((each) => on !== undefined && isWithin(each, on));
  return (
    onDay ??
    (other
      ? refuse('InvalidInput', `leg: there are several, ${listed(there)}; say which, by number or country.`)
      : only)
  );
}

export const isWithin = ({ from, to }: { from: CivilDate; to: CivilDate }, first: CivilDate, last = first): boolean =>
  first >= from && last <= to;

/** A leg lies inside the visit and overlaps no other; one may begin on the day on which another ends. */
export function refusePlaceOf(
  visit: Pick<Visit, 'from' | 'to'>,
  { from, to }: Pick<Leg, 'from' | 'to'>,
  others: readonly Leg[],
): Refusal | undefined {
  if (to < from) return refuse('DateOutOfOrder', `The leg cannot end on ${to}, before it begins on ${from}.`);
  if (!isWithin(visit, from, to))
    return refuse(
      'DateOutOfOrder',
      `${spanOf(from, to)} lies outside the visit, which is ${whenOf(visit.from, visit.to)}; change its dates first (\`change-dates\`).`,
    );
  const overlapped = others.find(
    (other) => (from < other.to && other.from < to) || (from === other.from && to === other.to),
  );
  return overlapped && refuse('DateOutOfOrder', `${spanOf(from, to)} overlaps leg ${nameOf(overlapped)}.`);
}

/** The acts of a leg that still lie ahead. */
export const pendingActsOn = ({ acts }: Visit, leg: number): readonly Act[] =>
  acts.filter((act) => act.leg === leg && isPending(act));

/** Acts with a day are called off; one that has none yet, such as a signing still to be arranged, is let go. */
export const isDated = ({ on }: Act): boolean => on !== undefined;

export const isPending = ({ standing }: Act): boolean => standing === 'asked' || standing === 'planned';

/** The new days of acts when their leg begins so many days later and lasts until `to`; those that can stay are not named. */
export function movedActs(acts: readonly Act[], days: number, leg: Pick<Leg, 'from' | 'to'>): readonly ActMove[] {
  return acts.flatMap(({ act, on, until = on, movingTo: from = on }) => {
    if (!on || !until || !from) return [];
    const wanted = shift(from, days);
    const latest = minus(leg.to, `P${daysBetween(on, until)}D`);
    const to = wanted > latest ? latest : wanted;
    const fitting = to < leg.from ? leg.from : to;
    return fitting === from ? [] : [{ act, from, to: fitting }];
  });
}

/** Until they report, acts are held to be on their way to the days they were told. */
export const withActsMoving = (visit: Visit, moves: readonly ActMove[]): Visit => ({
  ...visit,
  acts: visit.acts.map((act) => {
    const move = moves.find((each) => each.act === act.act && each.from);
    return move ? { ...act, movingTo: move.to } : act;
  }),
});

const goesOn = ({ legs }: { readonly legs: readonly number[] }, leg: number): boolean =>
  legs.length === 0 || legs.includes(leg);

/** The agencies whom a leg concerns. */
export const agenciesOn = ({ agencies }: Visit, leg: number): readonly string[] =>
  agencies.filter((each) => goesOn(each, leg)).map(({ agency }) => agency);

/** Who travels on a leg. */
export const personsOn = (visit: Visit, leg: number): readonly Party[] =>
  personsOf(
    visit.head,
    visit.members.filter((each) => goesOn(each, leg)),
  );

/** Whom of the delegation a leg concerns: its head, and the agencies and members who go on it. */
export const peopleOn = (visit: Visit, leg: number): readonly Party[] => [
  ...agenciesOn(visit, leg).map(partyOfAgency),
  ...personsOn(visit, leg),
];

/** The whole delegation. */
export const peopleOf = ({ agencies, head, members }: Visit): readonly Party[] => [
  ...agencies.map(({ agency }) => partyOfAgency(agency)),
  ...personsOf(head, members),
];

const personsOf = (head: Head | undefined, members: readonly Member[]): readonly Party[] =>
  [...(head ? [head] : []), ...members].map(({ person }) => partyOfPerson(person));

/** What is still to be prepared: for legs that take place, by agencies that go on them. */
export const openItems = (visit: Visit): readonly ChecklistItem[] =>
  visit.checklist.filter(({ doneOn, droppedOn, leg, agency }) => {
    const found = legOf(visit, leg);
    return !doneOn && !droppedOn && found !== undefined && isLive(found) && agenciesOn(visit, leg).includes(agency);
  });

/** Until the departure the stage follows from what the hosts say, and from the briefing book. */
export function staged(visit: Visit): Visit {
  if (!planning.includes(visit.stage)) return visit;
  const live = liveLegs(visit);
  const areConfirmed = live.length > 0 && live.every(({ standing }) => standing === 'confirmed');
  return { ...visit, stage: areConfirmed ? (visit.briefingBookOn ? 'prepared' : 'confirmed') : 'proposed' };
}

/** What keeps the delegation from leaving. */
export function missingForDeparture(visit: Visit): readonly string[] {
  const live = liveLegs(visit);
  return [
    ...(visit.head ? [] : ['its head is not named']),
    ...(visit.agencies.length > 0 ? [] : ['no agency takes part']),
    ...(live.length > 0 ? [] : ['it has no leg']),
    ...live.flatMap(({ number, standing }) =>
      standing === 'confirmed' ? [] : [`leg ${number} is ${standing === 'declined' ? 'declined' : 'not confirmed'}`],
    ),
  ];
}

/** The hours of a leg as they change with it, or for themselves: on its first and its last day. */
export function legHours(
  leg: Leg,
  said: Hours & Reopened,
  { from, to }: Pick<Leg, 'from' | 'to'>,
): (Hours & Reopened) | Refusal {
  const known = hoursOf(leg);
  if (said.openEnd || (leg.from === leg.to && from === to)) return retimed({ ...known, on: leg.from }, said, from);
  return refuseHours({ ...known, ...hoursOf(said) }, { from, to }) ?? hoursOf(said);
}

/** By when a host is to answer who is asked today. */
export const answerBy = (visit: Visit, from: CivilDate, today: CivilDate, given?: CivilDate): CivilDate =>
  given ?? dayBeforeOrMidway(later(from, today), visit.confirmBefore, today);

export const refuseAnswerBy = (by: CivilDate | undefined, from: CivilDate, today: CivilDate): Refusal | undefined => {
  if (by === undefined) return undefined;
  return (
    refuseBefore('confirmBy', by, 'today', today) ??
    refuseBefore('the leg', from, 'the day by which it is confirmed', by)
  );
};
