import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type CivilDate, type Days, daysBetween, plus } from './dates.ts';
import { refuseBefore } from './date-rules.ts';
import { date, timeOfDay, timeZone } from './fields.ts';
import type { LocalTime } from './lifecycle.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { present } from './parts.ts';

/**
 * The hours of what takes place, once somebody has said them: when it begins, and when it ends if that is known. They are
 * on the clocks of its host, unless others are named.
 */
export interface Hours {
  /** `10:00` */
  readonly time?: string;
  /** `12:30`, on the last day. */
  readonly endsAt?: string;
  /** IANA */
  readonly zone?: string;
}

/** Of a command or an event: that the end on record holds no longer, and no other is known. */
export interface Reopened {
  readonly openEnd?: boolean;
}

/** Hours that may end on another day than the one on which they begin. */
export interface HoursOverDays extends Hours {
  readonly endsOn?: CivilDate;
}

/** What begins on a day. */
type Dated = HoursOverDays & { readonly on: CivilDate };

export const endsAt = timeOfDay.optional().describe('when it ends, such as 12:30');
export const endsOn = date.optional().describe('the day on which it ends, if not the one on which it begins');

/** In the opening of what takes place, and in the command that sets its day. */
export const hoursFieldsBy = (host: string) => ({
  time: timeOfDay.optional().describe('when it begins, such as 10:00'),
  endsAt,
  zone: timeZone.optional().describe(`whose clocks say that, if not those of ${host}, such as Europe/Belgrade`),
});

/** The same of what has a host, who is asked for it. */
export const hoursFields = {
  ...hoursFieldsBy('the host'),
  time: timeOfDay.optional().describe('when it begins, such as 10:00; without it, its host is asked to say so'),
};

const openEnd = z.boolean().optional().describe('when it ends is not known any more: the end on record is taken away');

/** In the command that moves it. */
export const movedHoursFields = {
  time: timeOfDay.optional().describe('when it begins, if that changes too'),
  endsAt: endsAt.describe('when it ends; without it, it takes as long as before'),
  zone: timeZone.optional().describe('whose clocks say that, if those change too, such as Europe/Belgrade'),
  openEnd,
};

/** In the command that sets them alone. */
export const setHoursFields = {
  time: timeOfDay.describe('when it begins, such as 10:00'),
  endsAt: endsAt.describe('when it ends, such as 12:30; without it, it takes as long as before'),
  zone: timeZone.optional().describe('whose clocks say that, such as Europe/Belgrade; without it, as before'),
  openEnd,
};

/** What is on record of them, without fields that say nothing. */
export const hoursOf = ({ time, endsAt: end, zone: clocks, endsOn: last }: HoursOverDays) =>
  present({ time, endsAt: end, endsOn: last, zone: clocks });

/** The same with what an event says of them. */
export function rehoured<T extends HoursOverDays>(known: T, said: HoursOverDays & Reopened): T {
  const { endsAt: _, endsOn: __, ...open } = known;
  return { ...(said.openEnd ? (open as T) : known), ...hoursOf(said) };
}

/** Whose clocks say it: a zone of the tz database, else the host. */
export const clocksOf = ({ zone: clocks }: Hours, host: string): string => clocks ?? host;

export const localTimesOf = ({ time, endsAt: end, ...hours }: Hours, { from, to }: Days, host: string): LocalTime[] =>
  [
    { on: from, at: time },
    { on: to, at: end },
  ].flatMap(({ on, at }) => (at ? [{ on, at, zoneOf: clocksOf(hours, host) }] : []));

/** Of a calendar entry. */
export const entryHours = ({ time, endsAt: end }: Hours) => ({
  ...(time ? { starts: time } : {}),
  ...(time && end ? { ends: end } : {}),
});

export const hoursInWords = ({
  time,
  endsAt: end,
  endsOn: last,
  zone: clocks,
  openEnd: open,
}: HoursOverDays & Reopened): string =>
  [time, end && `to ${[last, end].filter(Boolean).join(', ')}`, clocks && `(${clocks})`, open && 'without a known end']
    .filter(Boolean)
    .join(' ');

/**
 * What is said anew of the hours of what is on record, or begins on another day: it takes as many days as before, and
 * within one day as long as before, unless its end is said.
 */
export function retimed(known: Dated, said: HoursOverDays & Reopened, on: CivilDate): HoursOverDays | Refusal {
  if (said.openEnd) return withoutEnd(known, said, on);
  const last = said.endsOn ?? (known.endsOn && plus(on, `P${daysBetween(known.on, known.endsOn)}D`));
  const end = said.endsAt ?? (known.endsOn ? undefined : endAsLong(known, said));
  const hours = hoursOf({ ...said, endsAt: end, endsOn: last });
  return refuseHours({ ...known, ...hours }, { from: on, to: last ?? on }) ?? hours;
}

/** What is said anew of the hours of what is still ahead, and stays on its day. */
export function hoursSetOf(what: string, known: Dated, said: HoursOverDays & Reopened, today: CivilDate) {
  if (known.on < today)
    return refuse('WrongStage', `${what} was set for ${known.on}; a wrong hour is put right with \`correct\`.`);
  const hours = retimed(known, said, known.on);
  return !isRefusal(hours) && sameHours(known, hours)
    ? refuse('AlreadyDone', `${what} is set for ${hoursInWords(known)} already.`)
    : hours;
}

function withoutEnd(known: Dated, said: HoursOverDays, on: CivilDate): (HoursOverDays & Reopened) | Refusal {
  const alsoSaid = [said.endsAt && 'endsAt', said.endsOn && 'endsOn'].find(Boolean);
  if (alsoSaid) return refuse('InvalidInput', `${alsoSaid}: say when it ends or that this is not known, not both.`);
  const hours = { ...hoursOf(said), openEnd: true };
  return refuseHours(rehoured(known, hours), { from: on, to: on }) ?? hours;
}

function endAsLong({ time: was, endsAt: end }: Hours, { time }: Hours): string | undefined {
  if (!was || !end || !time || time === was) return undefined;
  const later = Temporal.PlainTime.from(time).add(Temporal.PlainTime.from(was).until(end));
  return later.toString({ smallestUnit: 'minute' });
}

const longestDays = 31;

/** Refuses hours that say nothing or cannot be: a zone or an end without a beginning, an end before it. */
export function refuseHours(hours: HoursOverDays, { from, to }: Days): Refusal | undefined {
  const { time, endsAt: end, zone: clocks, endsOn: last } = hours;
  const alone = [clocks && 'zone', end && 'endsAt', last && 'endsOn'].find(Boolean);
  if (alone && !time) return refuse('InvalidInput', `${alone}: is said of an hour; give that too (\`--time 10:00\`).`);
  if (last && !end) return refuse('InvalidInput', 'endsOn: say at what hour as well (`--ends-at 12:30`).');
  if (last && daysBetween(from, to) > longestDays)
    return refuse('DateTooFar', `endsOn: ${to} is more than ${longestDays} days after ${from}; check it.`);
  return refuseBefore('endsOn', last, 'the day on which it begins', from) ?? refuseEndBefore(hours, { from, to });
}

const refuseEndBefore = ({ time, endsAt: end }: Hours, { from, to }: Days): Refusal | undefined =>
  time && end && from === to && end <= time
    ? refuse(
        'DateOutOfOrder',
        `endsAt: ${end} does not lie after ${time}, when it begins; say both if it begins at another hour.`,
      )
    : undefined;

/** Of what takes place in one day. */
export const oneDay = ({ on }: { readonly on: CivilDate }): Days => ({ from: on, to: on });

/** The last day of what begins on a day. */
export const lastDayOf = ({ on, endsOn: last }: Dated): CivilDate => last ?? on;

/** Whether the hours on record are those that are said. */
export const sameHours = (known: HoursOverDays, said: HoursOverDays & Reopened): boolean =>
  JSON.stringify(hoursOf(known)) === JSON.stringify(hoursOf(rehoured(hoursOf(known), said)));

/** Refuses a correction that leaves hours which cannot be. */
export const refuseMendedHours = (mended: HoursOverDays, before: HoursOverDays, days: Days): Refusal | undefined =>
  sameHours(before, mended) ? undefined : refuseHours(mended, days);

/** The hours as facts that can be corrected, by the clocks on record unless those are what was wrong. */
export const correctableHours = {
  time: { field: timeOfDay.describe('when it begins, by the same clocks as before unless `zone` is corrected too') },
  endsAt: { field: timeOfDay.describe('when it ends, by the same clocks') },
  zone: { field: timeZone.describe('whose clocks its hours are on, such as Europe/Belgrade or UTC') },
};
