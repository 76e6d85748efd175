import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** What sessions of rehearsals are called in Postgres. */
export const rehearsalSession = 'entente rehearsal';

/**
 * How many milliseconds ago a worker, or somebody who changes something, last did anything in the register; undefined if
 * nobody is there. They share a role, and Postgres says of a role's own sessions alone when they have begun or ended something.
 *
 * @param db by the role of workers
 */
export async function millisecondsSinceWork(db: Kysely<Database>): Promise<number | undefined> {
  const { rows } = await sql<{ ago: number | null }>`
    select extract(epoch from clock_timestamp() - max(state_change))::float8 * 1000 as ago from pg_stat_activity
    where datname = current_database() and usename = current_user and application_name <> ${rehearsalSession}`.execute(
    db,
  );
  return rows[0]?.ago ?? undefined;
}
