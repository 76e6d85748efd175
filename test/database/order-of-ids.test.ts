import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, forMigrations } from '../../database/connect.ts';
import { pastCases } from '../../database/erasure/retention.ts';
import {
  type Listed,
  listActions,
  listCases,
  listComingDates,
  listCommittees,
  listDone,
  listDue,
  listEditions,
  listMailTroubles,
  listMessages,
  listMous,
  listOpenRequests,
  listOutstandingNominations,
  listProgrammes,
  listQuiet,
  listVisits,
  listWaitingCases,
  listWorkshops,
  type Page,
} from '../../database/lists.ts';
import { listOverdue, openCases } from '../../database/lists/open-cases.ts';
import { concernsOf } from '../../database/people/concerns.ts';
import type { Database } from '../../database/schema.ts';
import { idOrder } from '../../domain/id-order.ts';
import { type Register, startRegister } from '../client/register.ts';
import { everything } from './every-page.ts';

/** As people count. */
const slugs = [
  'a2b9',
  'a2b10',
  'a10b2',
  'none',
  'pg',
  'pg-01',
  'pg-1',
  'pg-1-9',
  'pg-1-10',
  'pg-1-10-2',
  'pg-1-10-10',
  'pg-1lg',
  'pg-2',
  'pg-10',
  'pg-0011',
  'pg-99999999999999999999999999999',
  'pg-100000000000000000000000000000',
  'pg-100000000000000000000000000001',
  'pg-x',
];
const kinds = ['action', 'committee', 'edition', 'mou', 'programme', 'request', 'visit', 'workshop'];

let register: Register;
let db: Kysely<Database>;

beforeAll(async () => {
  register = await startRegister();
  db = register.db;
  const superuser = connect(register.superuser, 1, forMigrations);
  await superuser.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection);
    for (const statement of cases()) await statement.execute(connection);
    await sql`reset session_replication_role`.execute(connection);
  });
  await superuser.destroy();
});
afterAll(() => register?.stop());

const at = '2020-01-01T00:00:00.000Z';

/** All on one day, so that the id alone decides; one in each of the kinds is open, and one is closed as `-closed`. */
const cases = () => [
  sql`insert into countries values ('KR', 'Korea', 'Asia/Seoul', 'ko')`,
  sql`insert into agencies values ('klid', 'KR', 'KLID')`,
  sql`insert into people (id, name, agency, language, zone) values ('kim', 'Kim', 'klid', 'ko', 'Asia/Seoul')`,
  sql`insert into cases (id, kind, title, stage, countries, coordinator, owner, opened_at, last_at, closed_at, number, late,
      next_due, facts, state, acted_at, quiet_after_days)
    select kind || '/' || slug || suffix, kind, slug, 'first', '{KR}', 'kim', 'agency/klid', ${at}, ${at},
      case when suffix <> '' then ${at}::timestamptz end, 1, true, ${at}, jsonb_build_object('receivedOn', '2020-01-01',
        'decideBy', '2020-01-01', 'nextMeetingBy', '2020-01-01', 'topic', 'T', 'due', '2020-01-01', 'firstDue', '2020-01-01',
        'extensions', 0, 'wasLate', false, 'from', '2020-01-01', 'to', '2020-01-01', 'opensOn', '2020-01-01', 'on', '2020-01-01'),
      '{}', ${at}, case when suffix = '' then 10 end
    from unnest(${slugs}::text[]) slug, unnest(${kinds}::text[]) kind, unnest(array['', '-closed']) suffix order by md5(slug)`,
  sql`insert into events (case_id, number, type, at, by, says, data)
    select id, 1, 'opened', ${at}, 'kim', 'Opened', '{}' from cases`,
  sql`insert into deadlines
      (case_id, name, what, item, says, owed_by, since, due, first_due, zone, version, passes_at, ever_late, next_rung, next_rung_at, countries)
    select id, 'nominate:KR', 'nominate', 'KR', 'it', 'person/kim', '2020-01-01', '2020-01-01', '2020-01-01', 'UTC', 1, ${at}, false, 1, ${at}, '{KR}'
    from cases where closed_at is null`,
  sql`insert into messages (key, case_id, event_number, text, recipient, summary, at, send_at, facts, state)
    select id || '/1/0', id, 1, 'x', 'person/kim', 'x', ${at}, ${at}, '{}', 'planned' from cases where closed_at is null`,
];

type List = (page: Page) => Promise<Listed<{ readonly id: string } | { readonly caseId: string }>>;
const idOf = (row: Awaited<ReturnType<List>>['rows'][number]): string => ('id' in row ? row.id : row.caseId);
const allOf = (kind: string) => slugs.map((slug) => `${kind}/${slug}`);
const open = kinds.flatMap(allOf);
/** Messages stand by their keys, which go on behind the id. */
const byKey = open.toSorted((one, other) => idOrder(`${one}/1/0`, `${other}/1/0`));
const bySlug = ({ closed = false } = {}) =>
  kinds.flatMap((kind) => slugs.map((slug) => `${kind}/${slug}${closed ? '-closed' : ''}`));

const lists: readonly (readonly [string, List, readonly string[]])[] = [
  ['open cases', (page) => listCases(db, {}, page), open],
  ['cases of a kind', (page) => listCases(db, { kind: 'mou' }, page), allOf('mou')],
  ['cases of a country', (page) => listCases(db, { country: 'KR' }, page), open],
  ['cases of an owner', (page) => listCases(db, { owner: 'agency/klid' }, page), open],
  ['late cases', (page) => listCases(db, { late: true }, page), open],
  ['what cases wait for', (page) => listWaitingCases(db, {}, page), open],
  ['quiet cases', (page) => listQuiet(db, { asOf: '2026-01-01T00:00:00.000Z' }, page), open],
  ['what is due', (page) => listDue(db, { asOf: at, days: 30 }, page), open],
  ['what an agency owes', (page) => listDue(db, { asOf: at, days: 30, agency: 'klid' }, page), open],
  ['requests', (page) => listOpenRequests(db, {}, page), allOf('request')],
  ['MOUs', (page) => listMous(db, {}, page), allOf('mou')],
  ['committees', (page) => listCommittees(db, {}, page), allOf('committee')],
  ['actions', (page) => listActions(db, {}, page), allOf('action')],
  ['actions of an owner', (page) => listActions(db, { owner: 'agency/klid' }, page), allOf('action')],
  ['visits', (page) => listVisits(db, {}, page), allOf('visit')],
  ['workshops', (page) => listWorkshops(db, {}, page), allOf('workshop')],
  ['programmes', (page) => listProgrammes(db, {}, page), allOf('programme')],
  ['editions', (page) => listEditions(db, {}, page), allOf('edition')],
  ['what takes place', (page) => listComingDates(db, { asOf: at }, page), open],
  ['states that have not answered', (page) => listOutstandingNominations(db, {}, page), open],
  ['messages, the last first', (page) => listMessages(db, {}, page), byKey.toReversed()],
];

describe('cases stand in the order of their ids, as people count', () => {
  it.each(lists)('%s: over all pages', async (_, list, expected) => {
    expect((await everything(list, 7)).map(idOf)).toEqual(expected);
  });

  it('closed cases, and what somebody did in all', async () => {
    const closed = await everything((page) => listCases(db, { standing: 'closed', kind: 'mou' }, page), 7);
    expect(closed.map(idOf)).toEqual(
      bySlug({ closed: true })
        .filter((id) => id.startsWith('mou/'))
        .toSorted(idOrder),
    );
    const done = await everything((page) => listDone(db, { by: 'kim' }, page), 7);
    expect(done.map(idOf)).toEqual([...open, ...bySlug({ closed: true })].toSorted(idOrder));
    expect((await pastCases(db, '2021-01-01')).map(idOf)).toEqual(bySlug({ closed: true }).toSorted(idOrder));
  });

  it('mail that should have gone, what is overdue, and what is held against Temporal', async () => {
    const asOf = '2026-01-01T00:00:00.000Z';
    const mail = await everything((page) => listMailTroubles(db, asOf, page), 7);
    expect(mail.filter(({ trouble }) => trouble === 'notSent').map(idOf)).toEqual(byKey);
    expect((await listOverdue(db, asOf)).map(idOf)).toEqual(open);
    const pages = [];
    for await (const page of openCases(db)) pages.push(...page);
    expect(pages.map(idOf)).toEqual(open);
  });

  it('what somebody has to hand over', async () => {
    const concerns = (await concernsOf(db, 'kim', '2020-01-01')).map(({ case: id }) => id ?? '');
    expect([...new Set(concerns)].filter(Boolean)).toEqual(open);
  });
});

it('the domain and the register agree about any two ids', async () => {
  const letters = ['a', 'z', '-', '0', '1', '9', '12', '007'];
  const drawn = Array.from({ length: 3_000 }, (_, n) =>
    [1, 8, 64, 512, 4_096].map((each) => letters[Math.floor((n * 7_919) / each) % letters.length]).join(''),
  );
  const ids = [...new Set([...slugs, ...drawn])].map((slug) => `mou/${slug}`);
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${ids}::text[]) id order by id collate id_order`.execute(db);
  expect(rows.map(({ id }) => id)).toEqual(ids.toSorted(idOrder));
});
