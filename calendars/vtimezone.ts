import { Temporal } from 'temporal-polyfill';

/** The years in which every change of a zone's clocks is written out; the rules of the last one go on for ever. */
const firstYear = 2010;
const lastYear = 2037;

/** One change of the clocks. */
interface Change {
  /** On the clocks as they were before. */
  readonly wall: Temporal.PlainDateTime;
  readonly at: Temporal.Instant;
  readonly from: string;
  readonly to: string;
  readonly component: 'STANDARD' | 'DAYLIGHT';
}

/** Changes of consecutive years under one rule. */
type Run = readonly [Change, ...Change[]];

const written = new Map<string, readonly string[]>();

/**
 * A zone's rules (RFC 5545, 3.6.5) under the name by which the entry calls it, links too, and with those that held on any
 * day since 2010: from the tz data of the runtime, by which all else here reckons.
 *
 * @param zone IANA, as `zoneSpelled` gives it
 */
export function zoneRules(zone: string): string {
  const { timeZone: linked } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
  const observances = written.get(linked) ?? observancesOf(linked);
  written.set(linked, observances);
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances, 'END:VTIMEZONE'].join('\r\n');
}

function observancesOf(zone: string): string[] {
  const begin = Temporal.ZonedDateTime.from({ timeZone: zone, year: firstYear, month: 1, day: 1 });
  const changes = changesSince(begin);
  const [first] = changes;
  const earlier = first && Temporal.Instant.compare(first.at, begin.toInstant()) <= 0 ? [] : unchanging(begin.offset);
  return [...earlier, ...runsOf(changes).flatMap(observance)];
}

/** What held before the first change that is written out. */
const unchanging = (offset: string): string[] => [
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  `TZOFFSETFROM:${plain(offset)}`,
  `TZOFFSETTO:${plain(offset)}`,
  'END:STANDARD',
];

function changesSince(begin: Temporal.ZonedDateTime): Change[] {
  const moments: Temporal.ZonedDateTime[] = [];
  const before = begin.getTimeZoneTransition('previous');
  let moment = before && before.year >= firstYear - 1 ? before : begin.getTimeZoneTransition('next');
  while (moment && moment.year <= lastYear) {
    moments.push(moment);
    moment = moment.getTimeZoneTransition('next');
  }
  return moments.map((each, index) => changeAt(each, moments[index + 1] ?? moment));
}

function changeAt(moment: Temporal.ZonedDateTime, next: Temporal.ZonedDateTime | null): Change {
  const from = moment.subtract({ nanoseconds: 1 }).offset;
  return {
    wall: moment.withTimeZone(from).toPlainDateTime(),
    at: moment.toInstant(),
    from,
    to: moment.offset,
    component: isSummerTime(moment, next) ? 'DAYLIGHT' : 'STANDARD',
  };
}

/** Clocks that are set back within a year were on summer time; those that stay (Moscow in 2011) follow a new law. */
const isSummerTime = (moment: Temporal.ZonedDateTime, next: Temporal.ZonedDateTime | null): boolean =>
  next !== null &&
  next.offsetNanoseconds < moment.offsetNanoseconds &&
  Temporal.ZonedDateTime.compare(next, moment.add({ years: 1 })) < 0;

function runsOf(changes: readonly Change[]): Run[] {
  const runs: Run[] = [];
  for (const change of changes) {
    const index = runs.findIndex((run) => continues(run, change));
    const run = runs[index];
    if (run) runs[index] = [...run, change];
    else runs.push([change]);
  }
  return runs;
}

const keyOf = ({ wall, from, to, component }: Change): string =>
  [component, from, to, wall.month, wall.dayOfWeek, wall.toPlainTime().toString()].join(' ');

const continues = (run: Run, change: Change): boolean =>
  run.at(-1)?.wall.year === change.wall.year - 1 &&
  keyOf(run[0]) === keyOf(change) &&
  dayRule([...run, change]) !== undefined;

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** "The last Sunday", "the second Sunday", "the Sunday from the 2nd to the 8th": whichever holds for all of them. */
function dayRule([first, ...others]: Run): string | undefined {
  const walls = [first, ...others].map(({ wall }) => wall);
  const weekday = weekdays[first.wall.dayOfWeek - 1] ?? '';
  if (walls.every(({ day, daysInMonth }) => day > daysInMonth - 7)) return `BYDAY=-1${weekday}`;
  const weeks = new Set(walls.map(({ day }) => Math.ceil(day / 7)));
  if (weeks.size === 1) return `BYDAY=${[...weeks].join('')}${weekday}`;
  const days = walls.map(({ day }) => day);
  const earliest = Math.min(...days);
  if (Math.max(...days) - earliest > 6) return undefined;
  const week = Array.from({ length: 7 }, (_, index) => earliest + index);
  return `BYDAY=${weekday};BYMONTHDAY=${week.join(',')}`;
}

function observance(run: Run): string[] {
  const [{ component, wall, from, to }] = run;
  return [
    `BEGIN:${component}`,
    `DTSTART:${basic(wall)}`,
    `TZOFFSETFROM:${plain(from)}`,
    `TZOFFSETTO:${plain(to)}`,
    ...recurrence(run),
    `END:${component}`,
  ];
}

function recurrence(run: Run): string[] {
  const last = run.at(-1);
  if (run.length === 1 || !last) return [];
  const until = last.wall.year === lastYear ? '' : `;UNTIL=${basic(last.at.toZonedDateTimeISO('UTC'))}Z`;
  return [`RRULE:FREQ=YEARLY;BYMONTH=${last.wall.month};${dayRule(run) ?? ''}${until}`];
}

const basic = (moment: Temporal.PlainDateTime | Temporal.ZonedDateTime): string =>
  (moment instanceof Temporal.PlainDateTime ? moment : moment.toPlainDateTime())
    .toString({ smallestUnit: 'second' })
    .replaceAll(/[-:]/g, '');

const plain = (offset: string): string => offset.replaceAll(':', '');
