import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { statementIn } from '../signed.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, momentOf, type Page, paged } from './page.ts';

type Db = Kysely<Database>;

/** By a key, by whoever gave it, or by both: one of them at least. */
export interface UsedFilter {
  readonly key?: string | undefined;
  readonly by?: string | undefined;
}

/** A command on record that a key has proved. */
export interface ProvedBy {
  /** When it was written, by the register's clock. */
  readonly at: string;
  readonly key: string;
  /** The computer at which the key was made; of the pages' own, `pages`. */
  readonly place: string;
  readonly by: string | null;
  /** As it was signed; null if the signature on record is not that of the key. */
  readonly command: string | null;
  /** Null of what was done beside the cases. */
  readonly caseId: string | null;
  readonly says: string | null;
  readonly id: string;
}

/** Where a page goes on: before this moment and id. */
type Before = readonly [moment: string, id: string] | undefined;

const isBefore = (at: string, id: string, before: Before): RawBuilder<boolean> =>
  before === undefined ? sql`true` : sql`(${sql.ref(at)}, ${sql.ref(id)}) < (${before[0]}::timestamptz, ${before[1]})`;

/** So many events before the one that an answer names have its command among them, and no story is read through. */
const nearEnough = 100;

/**
 * Those of a key lie in their order, and the pages' own has proved most of what there is: a page reads what it shows. The first
 * of the events of a command stands for it; they follow one another, and its answer names the last.
 */
const ofCasesByKey = (key: string, before: Before, limit: number) => sql`
  select recorded_at as at, key, proof, first.by, case_id as "caseId", first.says, command_id as id
  from (
    select * from commands
    where key = ${key} and ${isBefore('recorded_at', 'command_id', before)}
    order by recorded_at desc, command_id desc limit ${limit}) as commands,
    lateral (
      select number from (
        select number, events.command_id from events
        where events.case_id = commands.case_id and number <= (commands.answer->>'event')::integer
        order by number desc limit ${nearEnough}) as near
      where near.command_id = commands.command_id
      order by number desc limit 1) as last,
    lateral (
      select by, says from events
      where events.case_id = commands.case_id and number = 1 + coalesce((
        select number from events as earlier
        where earlier.case_id = commands.case_id and number < last.number and command_id is distinct from commands.command_id
        order by number desc limit 1), 0)) as first`;

/** Those that somebody gave are found by the events, which lie by whoever is behind them. */
const ofCasesBy = (by: string, key: string | undefined, before: Before, limit: number) => sql`
  select commands.recorded_at as at, key, proof, events.by, events.case_id as "caseId", says, commands.command_id as id
  from events join commands on commands.case_id = events.case_id and commands.command_id = events.command_id
  where events.by = ${by} and ${key === undefined ? sql`key is not null` : sql`key = ${key}`}
    and not exists (
      select from events as earlier
      where earlier.case_id = events.case_id and earlier.number = events.number - 1 and earlier.command_id = events.command_id)
    and ${isBefore('commands.recorded_at', 'commands.command_id', before)}
  order by commands.recorded_at desc, commands.command_id desc limit ${limit}`;

const ofOthers = ({ key, by }: UsedFilter, before: Before, limit: number) => sql`
  select at, key, proof, by, null as "caseId", about as says, id
  from done_beside_cases
  where ${key === undefined ? sql`key is not null` : sql`key = ${key}`} and ${by === undefined ? sql`true` : sql`by = ${by}`}
    and ${isBefore('at', 'id', before)}
  order by at desc, id desc limit ${limit}`;

type Row = Omit<ProvedBy, 'command'> &
  Readonly<Record<'moment' | 'publicKey', string>> & { readonly proof: string | null };

export function provedQuery({ key, by }: UsedFilter, page: Page): RawBuilder<Row> {
  const before = page.after === undefined ? undefined : keyParts(page.after, [forms.moment, forms.anything]);
  const limit = limitOf(page) + 1;
  const ofCases = by === undefined ? ofCasesByKey(key ?? '', before, limit) : ofCasesBy(by, key, before, limit);
  return sql<Row>`
    select used.at, used.by, "caseId", says, used.id, proof_keys.id as key, place, proof, public_key as "publicKey",
      ${momentOf('used.at')} as moment
    from ((${ofCases}) union all (${ofOthers({ key, by }, before, limit)})) as used join proof_keys on proof_keys.id = used.key
    order by used.at desc, used.id desc limit ${limit}`;
}

/** The latest first. */
export async function listProved(db: Db, filter: UsedFilter, page: Page = {}): Promise<Listed<ProvedBy>> {
  const { rows } = await provedQuery(filter, page).execute(db);
  const { rows: shown, ...next } = paged(rows, page, (row) => keyOf(row.moment, row.id));
  const listed = shown.map(async ({ proof, publicKey, moment: _, ...row }) => ({
    ...row,
    command: (await statementIn(proof ?? '', publicKey))?.command ?? null,
  }));
  return { rows: await Promise.all(listed), ...next };
}
