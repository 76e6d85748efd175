import { type Compilable, type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, forMigrations } from '../../database/connect.ts';
import { type CaseFilter, casesQuery, waitingCasesQuery } from '../../database/lists/cases.ts';
import { dueQuery } from '../../database/lists/due.ts';
import { eventsQuery } from '../../database/lists/events.ts';
import { mailTroublesQuery, messagesQuery } from '../../database/lists/messages.ts';
import {
  actionMatrixQuery,
  committeeCalendarQuery,
  mouRegisterQuery,
  openRequestsQuery,
} from '../../database/lists/registers.ts';
import {
  listActions,
  listCases,
  listCommittees,
  listDue,
  listEvents,
  listMailTroubles,
  listMessages,
  listMous,
  listOpenRequests,
  listWaitingCases,
  type Page,
  PageKeyError,
} from '../../database/lists.ts';
import { withWords } from '../../database/lists/search.ts';
import type { Database } from '../../database/schema.ts';
import { type Register, startRegister } from '../client/register.ts';
import { piecesIn } from '../../bench/scale/generator.ts';
import { inBulk } from '../../bench/scale/in-bulk.ts';
import { costOf } from '../../bench/measure/query-plan.ts';
import { everything } from './every-page.ts';

let register: Register;
let db: Kysely<Database>;

beforeAll(async () => {
  register = await startRegister();
  db = register.db;
  await fill();
});
afterAll(() => register?.stop());

const asOf = '2026-06-01T00:00:00.000Z';

/** 40,000 cases of five kinds in five countries, one in four closed, each with an event, most with a deadline and a message. */
async function fill(): Promise<void> {
  const statements = [
    `insert into countries select code, code, 'UTC', 'en' from unnest(array['KR', 'GR', 'RO', 'BG', 'GE', 'MD']) as code`,
    `insert into agencies select 'agency-' || n, 'KR', 'Agency ' || n from generate_series(0, 199) n`,
    `insert into people select 'person-' || n, 'Person ' || n, 'p' || n || '@example.org', 'agency-' || n % 200, null, 'en', 'UTC'
      from generate_series(0, 999) n`,
    `insert into cases
      select kind || '/c' || lpad(n::text, 6, '0'), kind, 'Case ' || n, (array['first', 'second', 'third'])[1 + n % 3],
        array[case when n % 2000 = 1 then 'MD' else (array['KR', 'GR', 'RO', 'BG', 'GE'])[1 + n / 7 % 5] end],
        'person-' || n % 1000, 'agency/agency-' || n % 200, null, day, day, case when n % 4 = 0 then day end, 1, n % 50 = 1,
        case when n % 3 > 0 then day + interval '30 days' end,
        jsonb_build_object('receivedOn', day::date, 'term', 1, 'decideBy', case when n % 2 = 0 then (day + interval '1 year')::date end,
          'nextMeetingBy', (day + interval '1 year')::date, 'topic', 'Topic ' || n, 'due', (day + interval '30 days')::date,
          'firstDue', (day + interval '20 days')::date, 'meeting', 'meeting/c' || n / 100, 'committee', 'committee/c' || n / 1000,
          'extensions', 1, 'wasLate', n % 50 = 1),
        '{}'
      from (select n, (array['request', 'mou', 'committee', 'meeting', 'action'])[1 + n % 5] as kind,
        timestamptz '2018-01-01' + n * interval '100 minutes' as day from generate_series(1, 40000) n) as made`,
    `insert into events select id, 1, 'opened', opened_at, 'person-1', null, null, 'Opened.', '{}' from cases`,
    // Each has a number of its own, and one of a thousand words, of which the pieces are worked out once.
    'create temporary table words (nth integer primary key, word text, pieces smallint[])',
    `insert into words select nth, word, ${piecesIn(`('case ' || word)`)}
      from generate_series(0, 999) nth, lateral (select left(md5(nth::text), 6) as word) made`,
    `insert into search_texts (case_id, number, folded, pieces, ids)
      select id, 1, lower(title) || ' ' || word, words.pieces || ${piecesIn('digits')}, array['person-1', split_part(owner, '/', 2)]
      from (select id, title, owner, split_part(title, ' ', 2) as digits from cases) made
        join words on nth = right(id, 3)::integer`,
    `insert into deadlines
      select id, 'report', 'the report', case when right(id, 1)::integer % 2 = 0 then owner else 'person/person-' || right(id, 3)::integer end,
        opened_at::date, (opened_at + interval '30 days')::date, (opened_at + interval '20 days')::date, 'Asia/Seoul', 1,
        opened_at + interval '31 days', case when late then opened_at + interval '31 days' end, late, 2,
        timestamptz '2027-01-01', countries, 'report'
      from cases where closed_at is null`,
    `insert into messages (key, case_id, event_number, text, recipient, summary, at, send_at, facts, state)
      select id || '/1/0', id, 1, 'x', owner, 'Reminder', opened_at, opened_at, '{}',
        case when random() < 0.0005 then 'refused' when random() < 0.001 then 'withdrawn' else 'sent' end from cases`,
  ];
  const superuser = connect(register.superuser, 1, forMigrations);
  await inBulk(superuser, async (run) => {
    for (const statement of statements) await run(statement);
  });
  await superuser.destroy();
}

const afterCase = { after: 'mou/c020001' };
const raw = (query: ReturnType<typeof mailTroublesQuery>): Compilable => ({ compile: () => query.compile(db) });

/** Every list, in the ways in which people ask for it. */
const queries: readonly (readonly [string, () => Compilable])[] = [
  ['all cases', () => casesQuery(db, { standing: 'all' }, afterCase)],
  ['open cases', () => casesQuery(db, {}, {})],
  ['closed cases', () => casesQuery(db, { standing: 'closed' }, afterCase)],
  ['cases of a kind', () => casesQuery(db, { kind: 'mou' }, afterCase)],
  ['cases at a stage', () => casesQuery(db, { stage: 'second' }, {})],
  ['cases of a country', () => casesQuery(db, { country: 'GR' }, {})],
  ['cases of a country that has few', () => casesQuery(db, { country: 'MD', standing: 'all' }, {})],
  ['cases of an owner', () => casesQuery(db, { owner: 'agency/agency-7' }, {})],
  ['cases of a coordinator', () => casesQuery(db, { coordinator: 'person-11' }, {})],
  ['late cases', () => casesQuery(db, { late: true }, afterCase)],
  ['late actions of a country', () => casesQuery(db, { late: true, kind: 'action', country: 'RO' }, {})],
  ['what cases wait for', () => waitingCasesQuery(db, {}, { after: '2020-01-01T00:00:00.000Z,mou/c020001' })],
  ['what cases of a kind wait for', () => waitingCasesQuery(db, { kind: 'request' }, {})],
  ['what happened to a case', () => eventsQuery(db, 'mou/c000001', {})],
  ['what is due', () => dueQuery(db, { asOf, days: 30 }, { after: '2020-01-01,mou/c020001,report' })],
  ['what an agency owes', () => dueQuery(db, { asOf, days: 30, agency: 'agency-7' }, {})],
  ['what is due in a country', () => dueQuery(db, { asOf, days: 30, country: 'GR' }, {})],
  ['open requests', () => openRequestsQuery(db, {}, { after: '2020-01-01,request/c020001' })],
  ['open requests of a country', () => openRequestsQuery(db, { country: 'KR' }, {})],
  ['the MOU register', () => mouRegisterQuery(db, {}, { after: '2020-01-01,mou/c020001' })],
  ['the MOU register with closed ones', () => mouRegisterQuery(db, { all: true }, {})],
  ['the committee calendar', () => committeeCalendarQuery(db, {}, { after: '2020-01-01,committee/c020001' })],
  ['the action matrix', () => actionMatrixQuery(db, {}, { after: '2020-01-01,action/c020001' })],
  ['the action matrix with closed ones', () => actionMatrixQuery(db, { all: true }, {})],
  ['the actions of a meeting', () => actionMatrixQuery(db, { meeting: 'meeting/c77' }, {})],
  ['the actions of a committee', () => actionMatrixQuery(db, { committee: 'committee/c7', all: true }, {})],
  ['the actions of an owner', () => actionMatrixQuery(db, { owner: 'agency/agency-4' }, {})],
  ['messages', () => messagesQuery(db, {}, { after: '2020-01-01T00:00:00.000Z,mou/c020001/1/0' })],
  ['sent messages', () => messagesQuery(db, { standing: 'sent' }, {})],
  ['failed messages', () => messagesQuery(db, { standing: 'failed' }, {})],
  ['withdrawn messages', () => messagesQuery(db, { standing: 'withdrawn' }, {})],
  ['messages of a case', () => messagesQuery(db, { case: 'mou/c000001' }, {})],
  ['mail that should have gone', () => raw(mailTroublesQuery(asOf, {}))],
];

const searches: readonly (readonly [string, CaseFilter])[] = [
  ['for what one case has', { search: '4711', standing: 'all' }],
  ['for what every case has', { search: 'case' }],
  ['for what every case has, closed ones too', { search: 'case', standing: 'all' }],
  ['for what no case has', { search: 'delegation' }],
  ['for several words', { search: 'case 77' }],
  ['for one case among all that have the other word', { search: 'case 4711', standing: 'all' }],
  ['for somebody', { words: [{ word: 'xx', ids: ['agency-7', 'agency-8'], about: 1_000, isGathered: true }] }],
];

describe('a search among 40,000 cases', () => {
  it.each(searches)('%s: reads no table from end to end, and no more rows than it finds', async (_, filter) => {
    const { readFromEndToEnd, pages } = await costOf(db, casesQuery(db, await withWords(db, filter), {}));
    expect(readFromEndToEnd).toEqual([]);
    // A thousand cases of two agencies lie everywhere: each is some ten pages.
    expect(pages).toBeLessThan(15_000);
  });
});

describe('a list of 40,000 cases', () => {
  it.each(queries)('%s: reads no table from end to end, and few pages of it', async (_, query) => {
    const { readFromEndToEnd, pages } = await costOf(db, query());
    expect(readFromEndToEnd).toEqual([]);
    // The whole of `cases` is some 2,400 pages.
    expect(pages).toBeLessThan(1_000);
  });
});

const counted = async (from: string): Promise<number> =>
  Number((await sql.raw<{ count: number }>(`select count(*) from ${from}`).execute(db)).rows[0]?.count);

describe('paging', () => {
  it.each([
    [
      'cases',
      (page: Page) => listCases(db, { country: 'MD', standing: 'all' }, page),
      `cases where countries @> '{MD}'`,
    ],
    [
      'waiting cases, some of which owe nothing',
      (page: Page) => listWaitingCases(db, { country: 'MD' }, page),
      `cases where countries @> '{MD}' and closed_at is null`,
    ],
    [
      'due dates',
      (page: Page) => listDue(db, { asOf, days: 0, agency: 'agency-7' }, page),
      `deadlines where due <= '2026-06-01' and owed_by in ('person/person-7', 'person/person-207', 'person/person-407', 'person/person-607', 'person/person-807')`,
    ],
    ['messages', (page: Page) => listMessages(db, { standing: 'failed' }, page), `messages where state = 'refused'`],
    [
      'mail troubles',
      (page: Page) => listMailTroubles(db, asOf, page),
      `messages join cases on id = case_id where messages.state = 'refused' and (closed_at is null or at >= closed_at)`,
    ],
  ] as const)('%s: every row once, whatever the size of a page', async (_, list, from) => {
    const rows = await everything<unknown>(list, 7);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows).toHaveLength(await counted(from));
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
  });

  it.each([
    ['requests', (page: Page) => listOpenRequests(db, { country: 'GR' }, page), 'open_requests', 'receivedOn'],
    ['MOUs', (page: Page) => listMous(db, { country: 'GR' }, page), 'mou_register', 'decideByWeekday'],
    ['committees', (page: Page) => listCommittees(db, { country: 'GR' }, page), 'committee_calendar', 'day'],
    ['actions', (page: Page) => listActions(db, { country: 'GR' }, page), 'action_matrix', 'due'],
  ] as const)('%s: every row once, in order of their day', async (_, list, view, day) => {
    const rows = (await everything<Record<string, unknown>>(list, 333)) as Record<string, unknown>[];
    const closed = view === 'mou_register' || view === 'action_matrix' ? 'and closed_at is null' : '';
    expect(rows).toHaveLength(await counted(`${view} where countries @> '{GR}' ${closed}`));
    const days = rows.map((row) => (row[day] as string | null) ?? 'none');
    expect(days).toEqual([...days].sort());
  });

  it.each([
    ['decideBy', 'decideBy'],
    ['-decideBy', 'decideBy'],
    ['case', 'title'],
    ['-stage', 'stage'],
  ] as const)('MOUs by %s: every row once, in that order, those without a value last', async (sort, column) => {
    const coordinators = ['person-1', 'person-6'];
    const rows = await everything((page) => listMous(db, { all: true, coordinators }, { ...page, sort }), 7);
    expect(rows).toHaveLength(await counted(`mou_register where coordinator in ('person-1', 'person-6')`));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const values = rows.map((row) => row[column]);
    const filled = values.filter((value) => value !== null);
    const order = [...filled].sort();
    expect(filled).toEqual(sort.startsWith('-') ? order.toReversed() : order);
    expect(values.slice(filled.length)).toEqual(values.filter((value) => value === null));
  });

  it('what is due by whoever owes it, and actions with closed ones by their owner: every row once', async () => {
    const due = await everything(
      (page) => listDue(db, { asOf, days: 0, country: 'MD' }, { ...page, sort: '-owedBy' }),
      3,
    );
    expect(due.length).toBeGreaterThan(3);
    expect(due).toHaveLength(await counted(`deadlines where due <= '2026-06-01' and countries @> '{MD}'`));
    expect(new Set(due.map(({ caseId }) => caseId)).size).toBe(due.length);
    const filter = { all: true, coordinator: 'person-9' };
    const actions = await everything((page) => listActions(db, filter, { ...page, sort: 'owner' }), 9);
    expect(actions).toHaveLength(await counted(`action_matrix where coordinator = 'person-9'`));
    const owners = actions.map(({ owner }) => owner ?? '');
    expect(owners).toEqual([...owners].sort());
  });

  it.each(['x', '-', 'decide_by', '__proto__', ''])('refuses an order that the list has not: %j', async (sort) => {
    await expect(listMous(db, {}, { sort })).rejects.toThrow(PageKeyError);
  });

  it.each(['x', '[]', '[1]', '["2027-01-01"]', '["day","mou/c000001"]', '["2027-01-01","\u0000"]', 'null'])(
    'refuses a key that this order has not given: %s',
    async (after) => {
      await expect(listMous(db, {}, { sort: 'decideBy', after })).rejects.toThrow(PageKeyError);
    },
  );

  it('refuses a key that the list has not given', async () => {
    await expect(listCases(db, {}, { after: "x' or 1=1" })).rejects.toThrow(PageKeyError);
    await expect(listDue(db, { asOf, days: 1 }, { after: 'mou/c020001' })).rejects.toThrow(PageKeyError);
    await expect(listEvents(db, 'mou/c000001', { after: '-1' })).rejects.toThrow(PageKeyError);
  });
});
