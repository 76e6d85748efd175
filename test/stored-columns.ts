import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/schema.ts';

/** The columns of a table in a list, but for those that Postgres works out by itself: they are not put back. */
export async function storedColumns(db: Kysely<Database>, table: string): Promise<RawBuilder<unknown>> {
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_schema = current_schema and table_name = ${table} and is_generated = 'NEVER'`.execute(db);
  return sql.join(rows.map(({ name }) => sql.ref(name)));
}
