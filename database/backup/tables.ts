import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

type Db = Kysely<Database>;

/** Kysely's own: what is in them is the migration level, and belongs to the version that migrates. */
const bookkeeping = ['kysely_migration', 'kysely_migration_lock'];

/** How much a table holds, and a sum over all its rows that says whether it is the same. */
export interface TableContent {
  readonly rows: number;
  readonly fingerprint: string;
}

/** All tables of the register, those that others refer to first. */
export async function tablesOf(db: Db): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname <> all(${bookkeeping}::text[])
    order by relname`.execute(db);
  // A constraint that is looked at when the transaction ends asks for no order.
  const { rows: references } = await sql<{ from: string; to: string }>`
    select holder.relname as "from", target.relname as "to" from pg_constraint
    join pg_class holder on holder.oid = conrelid join pg_class target on target.oid = confrelid
    where contype = 'f' and not condeferred and conrelid <> confrelid
      and connamespace = current_schema()::regnamespace`.execute(db);
  const ordered: string[] = [];
  let rest = tables.map(({ name }) => name);
  while (rest.length > 0) {
    const waits = (table: string) => references.some(({ from, to }) => from === table && rest.includes(to));
    const next = rest.filter((table) => !waits(table));
    if (next.length === 0) throw new Error(`The tables ${rest.join(', ')} refer to each other in a circle.`);
    ordered.push(...next);
    rest = rest.filter(waits);
  }
  return ordered;
}

/** The columns of a table that are written; what Postgres works out from them is left out. */
export async function columnsOf(db: Db, table: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = ${table} and is_generated = 'NEVER'`.execute(db);
  return rows.map(({ name }) => name);
}

/** The same for the same rows, in whatever order they lie there. */
export async function contentOf(db: Db, table: string): Promise<TableContent> {
  const { rows } = await sql<TableContent>`
    select count(*)::integer as rows,
      coalesce(sum(('x' || substr(md5(row_to_json(t)::text), 1, 15))::bit(60)::bigint), 0)::text as fingerprint
    from ${sql.id(table)} t`.execute(db);
  return rows[0] ?? { rows: 0, fingerprint: '0' };
}
