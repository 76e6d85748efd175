import {
  type CivilDate,
  dayIn,
  dayOf,
  dayOfWeek,
  daysBetween,
  type Instant,
  instantOf,
  later,
  millisecondsOf,
  shift,
} from './dates.ts';
import { basisOf, sinceOf, type DeadlineStanding } from './case/state.ts';
import type { Deadline, DueRule, Plan, PlannedRung, Rung } from './ladder.ts';
import { offsetAt } from './zones.ts';

/**
 * Works deadlines out to instants. Zone rules and holidays change during a case's life, so this is asked once, in an
 * activity, and its answer is recorded; nothing in the workflow sandbox may import this file.
 */

/** The working week and the zone of whoever owes something. */
export interface Calendar {
  /** An IANA zone, such as Asia/Seoul. */
  readonly zone: string;
  isWorkingDay(date: CivilDate): boolean;
}

const isWeekend = (date: CivilDate): boolean => dayOfWeek(date) >= 6;

/** Monday to Friday, without holidays. */
export const mondayToFriday = (zone: string): Calendar => ({ zone, isWorkingDay: (date) => !isWeekend(date) });

/** Reminders arrive when people begin to work. */
const startOfWork = '09:00';

/** The `count`-th working day after `date`; before it when negative. */
export function addWorkingDays(calendar: Calendar, date: CivilDate, count: number): CivilDate {
  const step = Math.sign(count);
  let day = date;
  for (let left = Math.abs(count); left > 0; ) {
    day = shift(day, step);
    if (calendar.isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** The day itself, or the nearest working day before (-1) or after (1) it. */
export function rollToWorkingDay(calendar: Calendar, date: CivilDate, direction: -1 | 1): CivilDate {
  let day = date;
  while (!calendar.isWorkingDay(day)) day = shift(day, direction);
  return day;
}

/**
 * The day something is due. A day that a person named is kept as it is, day off or not.
 *
 * @param since when the obligation began: where no working day is left before, the next one is taken
 */
export function dueDayOf(calendar: Calendar, { on, workingDays = 0, roll }: DueRule, since = ''): CivilDate {
  const day = addWorkingDays(calendar, on, workingDays);
  if (roll === undefined) return day;
  const back = rollToWorkingDay(calendar, day, -1);
  if (roll === 'eve') return shift(back, -1);
  return back < day && back < since ? rollToWorkingDay(calendar, day, 1) : back;
}

/** The working days after `from` up to the due day; of what is late those since its due day, below 0: at least one. */
export function workingDaysLeft(calendar: Calendar, due: CivilDate, from: CivilDate): number {
  if (due < from) return -Math.max(1, workingDaysIn(calendar, due, shift(from, -1)));
  return due > from ? workingDaysIn(calendar, shift(from, 1), due) : 0;
}

function workingDaysIn(calendar: Calendar, first: CivilDate, last: CivilDate): number {
  let count = 0;
  for (let day = first; day <= last; day = shift(day, 1)) if (calendar.isWorkingDay(day)) count += 1;
  return count;
}

const dayLength = 86_400_000;

/** The time on the wall, `09:00`. One that does not exist when clocks change becomes the same span later; of two, the first counts. */
export function instantAt(date: CivilDate, time: string, zone: string): Instant {
  const wall = daysBetween('1970-01-01', date) * dayLength + millisecondsOf(`1970-01-01T${time}Z`);
  const [before, after] = [offsetAt(zone, wall - dayLength), offsetAt(zone, wall + dayLength)];
  // By the clocks as they stood before, unless that time comes only once they have changed.
  const isAfter = offsetAt(zone, wall - before) === after && offsetAt(zone, wall - after) === after;
  return instantOf(wall - (isAfter ? after : before));
}

/** A portion of little or no time is the due day itself. */
function dayOfRung(calendar: Calendar, { when }: Rung, since: CivilDate, due: CivilDate): CivilDate {
  if ('days' in when) return shift(due, when.days);
  if ('workingDays' in when) return addWorkingDays(calendar, due, when.workingDays);
  const day = shift(since, Math.round(daysBetween(since, due) * when.portion));
  return day < due ? day : due;
}

/** Rungs that moved onto the same morning would say the same thing twice to the same people. */
const repeats = (rung: PlannedAt, earlier: readonly PlannedAt[]): boolean =>
  earlier.some(({ at, to }) => at === rung.at && rung.to.every((level) => to.includes(level)));

type PlannedAt = Omit<PlannedRung, 'number'>;

/**
 * Where a rung goes that is meant for a day off: back up to the due day, and on after it. On the due day itself nobody
 * would read it, so it comes before; but not before the obligation began, where it would be lost.
 */
function workingDayOf(calendar: Calendar, day: CivilDate, since: CivilDate, due: CivilDate): CivilDate {
  if (day > due) return rollToWorkingDay(calendar, day, 1);
  const before = rollToWorkingDay(calendar, day, -1);
  return day === due && before < day && before < since ? rollToWorkingDay(calendar, day, 1) : before;
}

/**
 * Every instant of a deadline. What a rung says depends on the day on which it goes, not on the one it was meant for.
 *
 * @param before how what bears the same name stands, where there was such a thing
 * @param toldAt when it became known; absent: only its days are asked for
 */
export function planDeadline(
  calendar: Calendar,
  deadline: Deadline,
  before?: DeadlineStanding,
  toldAt?: Instant,
): Plan {
  const { zone } = calendar;
  const isNew = !before || isAskedAnew(before, deadline.since);
  const countedFrom = deadline.lapses
    ? laterStart(deadline, isNew && toldAt ? dayOf(toldAt) : before?.plan.countedFrom)
    : {};
  const since = later(deadline.since, countedFrom.countedFrom ?? '');
  const due = dueDayOf(calendar, { ...deadline.due, on: countedFrom.countedFrom ?? deadline.due.on }, since);
  const rungs = deadline.ladder.map((rung) => {
    const day = workingDayOf(calendar, dayOfRung(calendar, rung, since, due), since, due);
    const tone: PlannedRung['tone'] = day < due ? 'before' : day === due ? 'due' : 'overdue';
    return { at: instantAt(day, startOfWork, zone), tone, to: rung.to };
  });
  const ordered = rungs
    .filter((rung, index) => !repeats(rung, rungs.slice(0, index)))
    .sort((a, b) => millisecondsOf(a.at) - millisecondsOf(b.at));
  const passesAt = instantAt(shift(due, 1), '00:00', zone);
  const identity = before ? identityOf(before, deadline.since, due) : {};
  return {
    deadline: deadline.name,
    version: (before?.plan.version ?? 0) + 1,
    basis: basisOf(deadline),
    due,
    zone,
    passesAt,
    rungs: ordered.map((rung, index) => ({ number: index + 1, ...rung })),
    ...identity,
    ...countedFrom,
    // What was owed before goes on where it stopped, however late it is.
    ...(isNew && toldAt !== undefined && passesAt <= toldAt && ordered.length > 0
      ? { broughtIn: true, broughtInOn: dayIn(toldAt, zone) }
      : {}),
  };
}

/**
 * What was met and is asked again is another obligation, which the day of its beginning tells; what is still open, or was
 * met too early and goes on (a report that was returned), is the same. It is on record with the plan: what earlier
 * versions planned stays what it was.
 */
function identityOf(before: DeadlineStanding, since: CivilDate, due: CivilDate): Pick<Plan, 'askedAnew' | 'firstDue'> {
  if (isAskedAnew(before, since)) return { askedAnew: true };
  return before.firstDue < since ? { firstDue: due } : {};
}

const isAskedAnew = (before: DeadlineStanding, since: CivilDate): boolean =>
  !before.open && !before.toReplan && since !== sinceOf(before.plan);

const laterStart = ({ due }: Deadline, from: CivilDate = ''): Pick<Plan, 'countedFrom'> =>
  from > due.on ? { countedFrom: from } : {};
