import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../schema.ts';
import { DatabaseVersionError } from '../version-error.ts';
import { columnsIn, definitionOf, registers } from './registers.ts';

interface Found {
  readonly name: string;
  readonly columns: readonly string[];
  readonly definition: string;
  readonly says: string | null;
}

/**
 * Makes the views of `registers.ts` that are missing or read something else, and leaves the others; in place, so that whatever
 * anybody was granted on one stays.
 *
 * Workers of two versions may start in any order: columns are only added, at the end, so a view with all of ours and more is of a
 * newer version, reads for us as well, and is left to it. What a column that is there reads changes together with a migration, since
 * an older version refuses to start beside that; so do indexes over it.
 *
 * @param trx of the owner of the tables, under the lock of migrations
 * @throws {@link DatabaseVersionError} if a view is not what any version makes
 */
export async function makeViews(trx: Transaction<Database>): Promise<void> {
  const found = await foundViews(trx);
  for (const [name, view] of Object.entries(registers)) {
    const there = found.find((each) => each.name === name);
    const ours = columnsIn(view);
    if (there && !beginsLike(ours, there.columns))
      throw new DatabaseVersionError(
        `The view ${name} has other columns than this version gives it: somebody has changed it by hand. Drop it; the next start makes it anew.`,
      );
    if (there && there.columns.length > ours.length) continue;
    const definition = definitionOf(view);
    if (there?.says === view.says && there.definition === (await asPostgresKeeps(trx, definition))) continue;
    // It asks by the role of whoever asks it, and not by that of its owner, whom no policy binds.
    await sql`create or replace view ${sql.id(name)} with (security_invoker = true) as ${sql.raw(definition)}`.execute(
      trx,
    );
    await sql`comment on view ${sql.id(name)} is ${sql.lit(view.says)}`.execute(trx);
  }
}

/** Which views lack columns of this version, or are not there; whoever may not make them works with what is there. */
export async function lackingViews(db: Kysely<Database>): Promise<readonly string[]> {
  const found = await foundViews(db);
  const isWhole = ([name, view]: [string, Parameters<typeof columnsIn>[0]]) => {
    const has = found.find((each) => each.name === name)?.columns ?? [];
    return columnsIn(view).every((column) => has.includes(column));
  };
  return Object.entries(registers).flatMap((each) => (isWhole(each) ? [] : [each[0]]));
}

const beginsLike = (one: readonly string[], other: readonly string[]): boolean =>
  one.slice(0, other.length).join() === other.slice(0, one.length).join();

async function foundViews(db: Kysely<Database>): Promise<readonly Found[]> {
  const { rows } = await sql<Found>`
    select relname as name, pg_get_viewdef(oid) as definition, obj_description(oid, 'pg_class') as says,
      array(select attname::text from pg_attribute where attrelid = pg_class.oid and attnum > 0 order by attnum) as columns
    from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'v'`.execute(db);
  return rows;
}

/** Postgres keeps what a view reads in words of its own: only what it would make of ours can be held against that. */
async function asPostgresKeeps(trx: Transaction<Database>, definition: string): Promise<string> {
  await sql`create view view_on_trial as ${sql.raw(definition)}`.execute(trx);
  const { rows } = await sql<{ kept: string }>`select pg_get_viewdef('view_on_trial'::regclass) as kept`.execute(trx);
  await sql`drop view view_on_trial`.execute(trx);
  return rows[0]?.kept ?? '';
}
