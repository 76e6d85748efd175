import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { invitationOf } from '../../calendars/icalendar.ts';
import { zoneRules } from '../../calendars/vtimezone.ts';
import { zoneSpelled } from '../../calendars/zones.ts';
import { schemas } from '../../database/directory/entry.ts';

/** Every name of the tz database, links among them. */
const zoneNames = readFileSync(new URL('zone-names.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

/** As a reader that is not ours takes a VTIMEZONE, without any data of its own about zones. */
const readerOf = (component: ICAL.Component): ICAL.Timezone => new ICAL.Timezone({ component });
const rulesRead = (zone: string): ICAL.Timezone =>
  readerOf(new ICAL.Component(ICAL.parse(zoneRules(zone)) as unknown[]));

const secondsRead = (reader: ICAL.Timezone, { year, month, day, hour, minute }: Temporal.PlainDateTime): number =>
  reader.utcOffset(new ICAL.Time({ year, month, day, hour, minute, second: 0, isDate: false }, reader));

const seconds = (zone: string, wall: Temporal.PlainDateTime): number =>
  wall.toZonedDateTime(zone).offsetNanoseconds / 1e9;

function wrongHours(zone: string, walls: readonly Temporal.PlainDateTime[]): string[] {
  const reader = rulesRead(zone);
  return walls
    .filter((wall) => secondsRead(reader, wall) !== seconds(zone, wall))
    .map((wall) => `${zone} ${wall.toString()}`);
}

const years = Array.from({ length: 28 }, (_, index) => 2010 + index);

const winterAndSummer = years.flatMap((year) => [1, 7].map((month) => new Temporal.PlainDateTime(year, month, 15, 12)));

/** The hours around each change of the clocks that nobody could doubt. */
function aroundChanges(zone: string): Temporal.PlainDateTime[] {
  const walls: Temporal.PlainDateTime[] = [];
  let change = Temporal.ZonedDateTime.from({ timeZone: zone, year: 2010, month: 1, day: 1 }).getTimeZoneTransition(
    'next',
  );
  while (change && change.year <= 2037) {
    walls.push(change.subtract({ hours: 4 }).toPlainDateTime(), change.add({ hours: 4 }).toPlainDateTime());
    change = change.getTimeZoneTransition('next');
  }
  return walls;
}

describe('the rules of a zone', () => {
  it('bear the name under which it is used, of each zone and each link', () => {
    expect(zoneNames.filter((zone) => rulesRead(zone).tzid !== zone)).toEqual([]);
  });

  it('hold in each winter and summer from 2010 to 2037, in each zone and through each link', () => {
    expect(zoneNames.flatMap((zone) => wrongHours(zone, winterAndSummer))).toEqual([]);
  });

  it('hold around each change of the clocks from 2010 to 2037', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    expect(zones.flatMap((zone) => wrongHours(zone, aroundChanges(zone)))).toEqual([]);
  });

  it.each(['Europe/Belgrade', 'Europe/Kyiv', 'Asia/Seoul', 'America/Santiago', 'Europe/Moscow'])(
    'go on after the last year that is written out: %s in 2061',
    (zone) => {
      const walls = winterAndSummer.slice(-2).map((wall) => wall.with({ year: 2061 }));
      expect(wrongHours(zone, walls)).toEqual([]);
    },
  );
});

/** What somebody's calendar shows of an entry, in UTC. */
function startIn(text: string): string {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const reader = readerOf(calendar.getFirstSubcomponent('vtimezone') ?? calendar);
  const start = calendar.getFirstSubcomponent('vevent')?.getFirstProperty('dtstart');
  expect(start?.getParameter('tzid')).toBe(reader.tzid);
  const time = start?.getFirstValue() as ICAL.Time;
  time.zone = reader;
  return time.convertToZone(ICAL.Timezone.utcTimezone).toString();
}

describe('an entry with a time', () => {
  it.each([
    ['Europe/Skopje', 'Europe/Skopje', '2026-06-10', '2026-06-10T08:00:00Z'],
    ['Europe/Zagreb', 'Europe/Zagreb', '2026-12-10', '2026-12-10T09:00:00Z'],
    ['Europe/Kyiv', 'Europe/Kyiv', '2026-06-10', '2026-06-10T07:00:00Z'],
    ['Europe/Kiev', 'Europe/Kiev', '2026-06-10', '2026-06-10T07:00:00Z'],
    ['asia/almaty', 'Asia/Almaty', '2026-06-10', '2026-06-10T05:00:00Z'],
    ['Europe/Istanbul', 'Europe/Istanbul', '2016-02-10', '2016-02-10T08:00:00Z'],
    ['Europe/Istanbul', 'Europe/Istanbul', '2016-12-10', '2016-12-10T07:00:00Z'],
    ['Europe/Moscow', 'Europe/Moscow', '2013-12-10', '2013-12-10T06:00:00Z'],
    ['Asia/Baku', 'Asia/Baku', '2015-06-10', '2015-06-10T05:00:00Z'],
  ])('at ten in %s is declared as %s, and on %s at %s', (zone, declared, day, start) => {
    const text = invitationOf({
      uid: 'one@entente',
      sequence: 0,
      withdrawn: false,
      entry: { name: 'meeting', summary: 'Meeting', from: day, to: day, starts: '10:00', attendees: [] },
      zone,
      stamp: '2010-01-01T00:00:00.000Z',
      caseId: 'meeting/kr-mk-1',
    });
    expect(text).toContain(`DTSTART;TZID=${declared}:`);
    expect(startIn(text)).toBe(start);
  });
});

describe('a zone in the directory', () => {
  const stored = (zone: string): string | undefined =>
    schemas.countries.safeParse({ code: 'KZ', name: 'Kazakhstan', zone, language: 'en' }).data?.zone;

  it('is taken in any letters and kept as the tz database has it', () => {
    for (const zone of zoneNames) {
      expect(stored(zone.toLowerCase())).toBe(zone);
      expect(zoneSpelled(zone.toUpperCase())).toBe(zone);
    }
  });

  it.each(['Asia/Atlantis', '+09:00', 'GMT+9', 'KST', ''])('is none, and refused: %j', (zone) => {
    expect(stored(zone)).toBeUndefined();
  });
});
