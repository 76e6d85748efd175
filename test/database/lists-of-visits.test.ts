import { type Compilable, type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, forMigrations } from '../../database/connect.ts';
import { countryHistoryQuery, indicatorsQuery, listIndicators } from '../../database/lists/countries.ts';
import { comingDatesQuery } from '../../database/lists/coming-dates.ts';
import {
  editionRegisterQuery,
  outstandingNominationsQuery,
  programmeRegisterQuery,
} from '../../database/lists/programmes.ts';
import { visitRegisterQuery, workshopRegisterQuery } from '../../database/lists/visits.ts';
import {
  listComingDates,
  listEditions,
  listOutstandingNominations,
  listProgrammes,
  listVisits,
  listWorkshops,
  type Page,
  PageKeyError,
} from '../../database/lists.ts';
import type { Database } from '../../database/schema.ts';
import { edition } from '../../domain/edition.ts';
import { meeting } from '../../domain/meeting.ts';
import { mou } from '../../domain/mou.ts';
import { programme } from '../../domain/programme.ts';
import { visit } from '../../domain/visit.ts';
import { workshop } from '../../domain/workshop.ts';
import { type Register, startRegister } from '../client/register.ts';
import { put } from '../documents/filled-register.ts';
import { given as editions } from '../domain/edition-stages.ts';
import { given as meetings } from '../domain/meeting-stages.ts';
import { given as mous } from '../domain/mou-stages.ts';
import { given as programmes } from '../domain/programme-stages.ts';
import { given as visits } from '../domain/visit-stages.ts';
import { given as workshops } from '../domain/workshop-stages.ts';
import { inBulk } from '../../bench/scale/in-bulk.ts';
import { costOf } from '../../bench/measure/query-plan.ts';
import { everything } from './every-page.ts';

let register: Register;
let db: Kysely<Database>;

const withRegister = (fillIt: () => Promise<void>): void => {
  beforeAll(async () => {
    register = await startRegister();
    db = register.db;
    await fillIt();
  });
  afterAll(() => register?.stop());
};

const asOf = '2017-01-01T00:00:00.000Z';

describe('cases as their rules leave them', () => {
  withRegister(async () => {
    await put(db, visit, visits.named().command('confirmLeg', { leg: 1 }));
    await put(db, workshop, workshops.announced());
    await put(db, programme, programmes.opened());
    await put(db, edition, editions.nominated());
    await put(db, meeting, meetings.convened());
    await put(db, mou, mous.arranged());
  });

  it('a visit, with its countries and the legs that no host has confirmed', async () => {
    expect((await listVisits(db, { country: 'RO' })).rows).toMatchObject([
      {
        day: '2018-09-27',
        until: '2018-10-02',
        legCountries: ['GR', 'RO'],
        head: 'person/shim-bo-kyun',
        unconfirmedLegs: [expect.stringMatching(/^2\. RO, 2018-09-30 .*\(asked\)$/)],
      },
    ]);
  });

  it('a workshop, with the states that have not answered', async () => {
    const [found] = (await listWorkshops(db)).rows;
    expect(found).toMatchObject({ day: '2017-10-30', until: '2017-10-31', participants: 0 });
    expect(found?.notAnswered).toContain('RO');
  });

  it('a programme, with its open edition and when it opens the next', async () => {
    expect((await listProgrammes(db)).rows).toMatchObject([
      { editionsHeld: 6, openEditions: ['edition/kr-bsec-7'], nextNumber: 8 },
    ]);
  });

  it('an edition, by its programme, with the states that have not answered', async () => {
    const { rows } = await listEditions(db, { programme: 'programme/kr-bsec' });
    expect(rows).toMatchObject([{ number: 7, day: '2017-10-30', until: '2017-11-03', cities: ['Seoul'], fixed: true }]);
    expect(rows[0]?.notAnswered).not.toContain('RO');
    expect((await listEditions(db, { programme: 'programme/other' })).rows).toEqual([]);
  });

  it('each state that has not answered is a row, and those that have are none', async () => {
    const { rows } = await listOutstandingNominations(db);
    const ofEdition = rows.filter(({ id }) => id === 'edition/kr-bsec-7').map(({ state }) => state);
    expect(ofEdition).toContain('UA');
    expect(ofEdition).not.toContain('RO');
    expect((await listOutstandingNominations(db, { country: 'UA' })).rows).toMatchObject([{ due: '2017-09-15' }]);
  });

  it('what takes place stands in one list by its day, and what is over does not', async () => {
    const coming = (await listComingDates(db, { asOf })).rows.map(({ day, kind }) => `${day} ${kind}`);
    expect(coming).toEqual([...coming].sort());
    expect(new Set(coming.map((each) => each.split(' ')[1]))).toEqual(
      new Set(['edition', 'meeting', 'mou', 'visit', 'workshop']),
    );
    const later = (await listComingDates(db, { asOf: '2018-10-01T00:00:00.000Z' })).rows;
    expect(later.map(({ kind }) => kind)).toEqual(['visit']);
    expect((await listComingDates(db, { asOf, country: 'MD' })).rows.map(({ kind }) => kind)).toEqual([
      'edition',
      'workshop',
    ]);
  });
});

/** 60,000 cases of six kinds in five countries, three in four closed, each with a state that has not answered. */
async function fill(): Promise<void> {
  const statements = [
    `insert into countries select code, code, 'UTC', 'en' from unnest(array['KR', 'GR', 'RO', 'BG', 'GE']) as code`,
    `insert into cases
      select kind || '/c' || lpad(n::text, 6, '0'), kind, 'Case ' || n, 'first',
        array[(array['KR', 'GR', 'RO', 'BG', 'GE'])[1 + n / 7 % 5]], 'person-' || n % 1000, 'agency/agency-' || n % 200,
        null, day, day, case when n / 6 % 4 > 0 then day end, 1, false, day + interval '30 days',
        jsonb_build_object('from', day::date, 'to', (day + interval '4 days')::date, 'on', day::date, 'number', 1,
          'sendingCountry', 'KR', 'legs', jsonb_build_array('1. GR (asked)', '2. RO (confirmed)'),
          'programme', 'programme/c' || n / 1000, 'nextNumber', 2, 'editionsHeld', 1,
          'opensOn', case when n % 3 > 0 then day::date end)
          || case when n / 6 % 4 > 0 then jsonb_build_object('heldOn', day::date, 'returnedOn', day::date) else '{}' end,
        '{}'
      from (select n, (array['visit', 'workshop', 'programme', 'edition', 'meeting', 'appointment'])[1 + n % 6] as kind,
        timestamptz '2000-01-01' + n * interval '4 hours' as day from generate_series(1, 60000) n) as made`,
    `insert into deadlines
      select id, name, 'the nominations', 'agency/agency-1', opened_at::date, (opened_at + interval '30 days')::date,
        (opened_at + interval '30 days')::date, 'Asia/Seoul', 1, opened_at + interval '31 days', null, false, 2, null, countries, split_part(name, ':', 1), nullif(split_part(name, ':', 2), '')
      from cases, unnest(array['nominate:' || countries[1], 'report']) as name where closed_at is null`,
    `insert into country_records (country, kind, key, data, recorded_by)
      select (array['KR', 'GR', 'RO', 'BG', 'GE'])[1 + n % 5], 'indicators', n::text,
        jsonb_build_object('country', (array['KR', 'GR', 'RO', 'BG', 'GE'])[1 + n % 5], 'indicator', 'Index ' || n % 40, 'year', 1950 + n % 70, 'rank', 1), 'person-1'
      from generate_series(1, 20000) n`,
  ];
  const superuser = connect(register.superuser, 1, forMigrations);
  await inBulk(superuser, async (run) => {
    for (const statement of statements) await run(statement);
  });
  await superuser.destroy();
}

const queries: readonly (readonly [string, () => Compilable])[] = [
  ['open visits', () => visitRegisterQuery(db, {}, { after: '2010-01-01,visit/c020000' })],
  ['visits with closed ones', () => visitRegisterQuery(db, { all: true }, {})],
  ['visits to a country', () => visitRegisterQuery(db, { country: 'GR' }, {})],
  ['open workshops', () => workshopRegisterQuery(db, {}, { after: '2010-01-01,workshop/c020000' })],
  ['workshops with closed ones', () => workshopRegisterQuery(db, { all: true }, {})],
  ['programmes', () => programmeRegisterQuery(db, {}, { after: '2010-01-01,programme/c020000' })],
  ['open editions', () => editionRegisterQuery(db, {}, { after: '2010-01-01,edition/c020000' })],
  ['the editions of a programme', () => editionRegisterQuery(db, { programme: 'programme/c7', all: true }, {})],
  ['what takes place', () => comingDatesQuery(db, { asOf: '2020-01-01T00:00:00.000Z' }, {})],
  ['what takes place in a country', () => comingDatesQuery(db, { asOf, country: 'GR' }, {})],
  [
    'states that have not answered',
    () => outstandingNominationsQuery(db, {}, { after: '2010-01-01,visit/c020000,GR' }),
  ],
  ['a state that has not answered', () => outstandingNominationsQuery(db, { country: 'GR' }, {})],
  ['the indicators of a country', () => indicatorsQuery(db, { country: 'GR' }, {})],
  ['one indicator of all countries', () => indicatorsQuery(db, { indicator: 'index 7', year: 2001 }, {})],
  ['the history of a country', () => countryHistoryQuery(db, 'GR', { after: '5000' })],
];

describe('of 60,000 cases and 20,000 indicators', () => {
  withRegister(fill);

  it.each(queries)('%s: no table is read from end to end, and few pages of it', async (_, query) => {
    const { readFromEndToEnd, pages } = await costOf(db, query());
    expect(readFromEndToEnd).toEqual([]);
    expect(pages).toBeLessThan(2_500);
  });

  it.each([
    ['visits', (page: Page) => listVisits(db, { country: 'GR' }, page), 'visit_register', 'day'],
    ['workshops', (page: Page) => listWorkshops(db, { country: 'GR' }, page), 'workshop_register', 'day'],
    ['programmes', (page: Page) => listProgrammes(db, { country: 'GR' }, page), 'programme_register', 'opensOn'],
    ['editions', (page: Page) => listEditions(db, { country: 'GR' }, page), 'edition_register', 'day'],
    [
      'what takes place',
      (page: Page) => listComingDates(db, { asOf: '1990-01-01', country: 'GR' }, page),
      'coming_dates',
      'day',
    ],
  ] as const)('%s: every row once, in order of their day', async (_, list, view, day) => {
    const rows = (await everything<Record<string, unknown>>(list, 37)) as Record<string, unknown>[];
    const open = view === 'coming_dates' ? '' : 'and closed_at is null';
    const { rows: counted } = await sql<{ count: number }>`
      select count(*) from ${sql.table(view)} where countries @> '{GR}' ${sql.raw(open)}`.execute(db);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows).toHaveLength(Number(counted[0]?.count));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const days = rows.map((row) => (row[day] as string | null) ?? 'none');
    expect(days).toEqual([...days].sort());
  });

  it('what takes place goes by what facts are called, whatever the kind', async () => {
    const { rows } = await listComingDates(db, { asOf: '2020-01-01T00:00:00.000Z' }, { limit: 100 });
    expect(rows.map(({ kind }) => kind)).toContain('programme');
    expect(rows.filter(({ id }) => (Number(id.split('/c')[1]) / 6) % 4 >= 1)).toEqual([]);
  });

  it('indicators and states that have not answered: every row once', async () => {
    const indicators = await everything((page) => listIndicators(db, { country: 'GR' }, page), 333);
    expect(new Set(indicators.map(({ number }) => number)).size).toBe(4_000);
    const states = await everything((page) => listOutstandingNominations(db, {}, page), 777);
    expect(new Set(states.map(({ id }) => id)).size).toBe(15_000);
  });

  it('refuses a key that the list has not given', async () => {
    await expect(listVisits(db, {}, { after: 'visit/c020000' })).rejects.toThrow(PageKeyError);
    await expect(listOutstandingNominations(db, {}, { after: '2010-01-01,visit/c1,gr' })).rejects.toThrow(PageKeyError);
    await expect(listIndicators(db, {}, { after: 'GR' })).rejects.toThrow(PageKeyError);
  });
});
