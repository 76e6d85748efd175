import { readdirSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { render } from '../../../activities/mail/render.ts';
import { zoneName } from '../../../calendars/zone-name.ts';
import { message, names } from './samples.ts';

const onDay = (day: string, zone: string): Temporal.Instant =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).toInstant();

const nameOn = (day: string, zone: string, locale = 'en-GB'): string => zoneName(locale, zone, onDay(day, zone));

describe('the zone of a due day', () => {
  it.each([
    ['en', '2026-05-15', 'Europe/Kyiv', 'Eastern European Summer Time'],
    ['en', '2026-01-15', 'Europe/Chisinau', 'Eastern European Standard Time'],
    ['el', '2026-05-15', 'Europe/Athens', 'Θερινή ώρα Ανατολικής Ευρώπης'],
    ['ro', '2026-05-15', 'Europe/Bucharest', 'Ora de vară a Europei de Est'],
    ['ko', '2026-05-15', 'Asia/Seoul', '한국 표준시'],
  ])('has the name of that day, not of the day on which the letter is written: %s, %s, %s', (code, due, zone, name) => {
    const reader = { language: code, zone: 'Asia/Seoul' };
    const unwritten = message({ at: '2026-03-01T00:00:00.000Z' }, { due, firstDue: due, zone });
    expect(render(unwritten, reader, names).text.replaceAll(/\s+/g, ' ')).toContain(name);
  });
});

/** By country as its calendar is named; what each is called in English, in winter and in summer. */
const central = ['Central European Standard Time', 'Central European Summer Time'];
const eastern = ['Eastern European Standard Time', 'Eastern European Summer Time'];
const always = (name: string) => [name, name];
const places: Readonly<Record<string, { readonly zone: string; readonly called: readonly string[] }>> = {
  AL: { zone: 'Europe/Tirane', called: central },
  AM: { zone: 'Asia/Yerevan', called: always('Armenia Standard Time') },
  AZ: { zone: 'Asia/Baku', called: always('Azerbaijan Standard Time') },
  BG: { zone: 'Europe/Sofia', called: eastern },
  GE: { zone: 'Asia/Tbilisi', called: always('Georgia Standard Time') },
  GR: { zone: 'Europe/Athens', called: eastern },
  KR: { zone: 'Asia/Seoul', called: always('Korean Standard Time') },
  MD: { zone: 'Europe/Chisinau', called: eastern },
  MK: { zone: 'Europe/Skopje', called: central },
  RO: { zone: 'Europe/Bucharest', called: eastern },
  RS: { zone: 'Europe/Belgrade', called: central },
  RU: { zone: 'Europe/Moscow', called: always('Moscow Standard Time') },
  TR: { zone: 'Europe/Istanbul', called: always('Türkiye Standard Time') },
  UA: { zone: 'Europe/Kyiv', called: eastern },
};

it('has every country whose calendar is kept', () => {
  const folder = readdirSync(new URL('../../../calendars/', import.meta.url));
  expect(Object.keys(places)).toEqual(
    folder.filter((name) => /^[A-Z]{2}\.json$/.test(name)).map((name) => name.slice(0, 2)),
  );
});

const offsetOn = (day: string, zone: string): string => onDay(day, zone).toZonedDateTimeISO(zone).offset;

/** As in Moscow in 2011: the clocks change for good, and no season is meant. */
const lawChanges = (zone: string, year: number): boolean =>
  offsetOn(`${year}-01-15`, zone) !== offsetOn(`${year + 1}-01-15`, zone);

describe.each(Object.entries(places))('%s', (_, { zone, called }) => {
  it.each([2018, 2026, 2037, 2100])('is called in English as its neighbours call it, in %d', (year) => {
    expect([nameOn(`${year}-01-15`, zone), nameOn(`${year}-07-15`, zone)]).toEqual(called);
  });

  it.each([
    ['en-GB', /Standard Time/, /Summer Time/],
    ['ko', /표준시/, /하계 표준시/],
    ['el', /Χειμερινή ώρα/, /Θερινή ώρα/],
    ['ro', /Ora standard/, /Ora de vară/],
  ])('is on summer time when its clocks are, from 2010 to 2037 and in 2100: %s', (locale, inWinter, inSummer) => {
    const years = [2010, 2014, 2018, 2022, 2026, 2030, 2034, 2037, 2100];
    const held = years.filter((year) => !lawChanges(zone, year));
    const wanted = held.map((year) => {
      const changes = offsetOn(`${year}-01-15`, zone) !== offsetOn(`${year}-07-15`, zone);
      return { year, winterInWinter: changes || locale !== 'el', summerInSummer: changes, summerInWinter: false };
    });
    const said = held.map((year) => {
      const [winter, summer] = ['01-15', '07-15'].map((day) => nameOn(`${year}-${day}`, zone, locale));
      return {
        year,
        // "Winter time" would be untrue for half of a year without summer time.
        winterInWinter: inWinter.test(winter ?? '') || (locale !== 'el' && winter === summer),
        summerInSummer: inSummer.test(summer ?? ''),
        summerInWinter: inSummer.test(winter ?? ''),
      };
    });
    expect(said).toEqual(wanted);
  });
});

type WithZones = { readonly timeZones?: string[]; readonly getTimeZones?: () => string[] };
const zonesOf = (country: string): string[] => {
  const locale = new Intl.Locale(`und-${country}`) as WithZones;
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
};

const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const countries = letters
  .flatMap((first) => letters.map((second) => first + second))
  // Codes of states that are no more stand for others: SU for RU.
  .filter((code) => new Intl.Locale(`und-${code}`).region === code)
  .map((code) => ({ code, name: regionNames.of(code), zones: zonesOf(code) }))
  .filter(({ zones }) => zones.length > 0);

/** Whatever a name may hold that is a place, and the country in which that is. */
const namedPlaces = countries
  .flatMap(({ code, name, zones }) => [
    [name ?? code, code] as const,
    ...zones.map((zone) => [zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone, code] as const),
  ])
  .toSorted(([one], [other]) => other.length - one.length);

const countryNamedIn = (name: string): string | undefined =>
  namedPlaces.find(([place]) => new RegExp(`\\b${place.replaceAll('.', '\\.')}\\b`).test(name))?.[1];

/** Without people of their own: Antarctica's stations and the United States' islands. Macao is China's. */
const nobodys = new Set(['AQ', 'UM', 'MO']);

it('no place on Earth is called by the name of another country, from 2010 to 2037', () => {
  const wrong = countries
    .filter(({ code }) => !nobodys.has(code))
    .flatMap(({ code, zones }) =>
      zones.flatMap((zone) =>
        ['2010-01-15', '2010-07-15', '2015-07-15', '2026-01-15', '2026-07-15', '2037-07-15'].flatMap((day) => {
          const name = nameOn(day, zone);
          const named = countryNamedIn(name);
          return named && named !== code && name !== 'Phoenix Islands Time'
            ? [`${zone} on ${day}: ${name} (${named})`]
            : [];
        }),
      ),
    );
  expect(wrong).toEqual([]);
});

it.each([
  ['en-GB', 'Belarus Time'],
  ['ko', '벨라루스 시간'],
  ['el', 'Ώρα: Λευκορωσία'],
  ['ro', 'Ora din Belarus'],
])('whoever keeps the time of another country is called by their own name: %s', (locale, name) => {
  expect(nameOn('2026-07-15', 'Europe/Minsk', locale)).toBe(name);
  for (const zone of ['Europe/Kyiv', 'Europe/Kiev', 'Europe/Chisinau'])
    expect(nameOn('1985-07-15', zone, locale)).not.toBe(nameOn('1985-07-15', 'Europe/Moscow', locale));
});

it.each([
  ['el', 'Asia/Seoul', 'Ώρα Κορέας'],
  ['el', 'Europe/Istanbul', 'Ώρα Τουρκίας'],
  ['ro', 'Europe/Istanbul', 'Ora din Turcia'],
  ['ko', 'Europe/Istanbul', '튀르키예 시간'],
  ['ro', 'Asia/Seoul', 'Ora standard a Coreei'],
])(
  'a zone has one name that fits into a sentence, not a season, a bracket or an offset: %s, %s',
  (locale, zone, name) => {
    expect(nameOn('2026-01-15', zone, locale)).toBe(name);
  },
);

it.each(['UTC', 'Japan', 'Singapore', 'CET', 'EST5EDT', 'Etc/UTC'])(
  'a zone without a slash has a name, too: %s',
  (zone) => {
    for (const locale of ['en-GB', 'ko', 'el', 'ro'])
      expect(nameOn('2026-01-15', zone, locale)).toMatch(/^UTC$|\p{L}{3}/u);
  },
);
