import { type Kysely, sql } from 'kysely';
import { kindOf } from '../../domain/case/opening.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { isKind } from '../../domain/kinds.ts';
import type { Database } from '../schema.ts';
import { familiesOf } from './open-cases.ts';

/** What a case names in quotes, agencies and people among it, and the case that opened it; of a row of `cases`. */
export const namedBy = sql<string[]>`array(select distinct match[1] from regexp_matches(
  (state -> 'subject')::text || coalesce('"' || opener || '"', ''), '"([a-z]+/[a-z0-9-]+)"', 'g') as match)`;

/**
 * The ids of all open cases in groups: whoever names a case, or was opened by it, is in one group with it, also where that
 * one is over. What a case tells others stays in its group, as far as it names them.
 *
 * @param also cases that are looked at with them, whether they are over or not
 */
export async function openGroups(
  db: Kysely<Database>,
  also: readonly string[] = [],
): Promise<readonly (readonly string[])[]> {
  const rows = await db
    .selectFrom('cases')
    .select(['id', namedBy.as('names')])
    .where((or) => or.or([or('closed_at', 'is', null), or('id', '=', sql<string>`any(${[...also]}::text[])`)]))
    .orderBy('id')
    .execute();
  const above = new Map<string, string>();
  for (const { id, names } of rows) for (const name of names) if (isKind(kindOf(name))) join(above, id, name);
  const groups = new Map<string, string[]>();
  for (const { id } of rows) {
    const first = firstOf(above, id);
    const group = groups.get(first);
    if (group) group.push(id);
    else groups.set(first, [id]);
  }
  return [...groups.values()];
}

/**
 * The same, and first of them, as one group, these cases with all that they have opened and with whatever hangs together with
 * one of those: as they came about, also where they are over.
 */
export async function openGroupsAround(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const family = new Set((await familiesOf(db, ids)).map(({ id }) => id));
  const groups = await openGroups(db, [...family]);
  const [around, others]: [string[][], (readonly string[])[]] = [[], []];
  for (const group of groups)
    if (group.some((id) => family.has(id))) around.push(group.filter((id) => !family.has(id)));
    else others.push(group);
  return [[...family, ...around.flat()], ...others];
}

/** By which a group is told: whoever hangs together has the same. */
function firstOf(above: Map<string, string>, id: string): string {
  let first = id;
  for (let next = above.get(first); next !== undefined; next = above.get(first)) first = next;
  // The way is short the next time.
  if (first !== id) above.set(id, first);
  return first;
}

function join(above: Map<string, string>, one: string, other: string): void {
  const [first, second] = [firstOf(above, one), firstOf(above, other)];
  if (first !== second) above.set(second, first);
}

/** Enough for one question. */
const casesAtOnce = 1_000;

/** Groups of cases as they stand, without their story: so many at a time that few are in memory. */
export async function* statesInGroups(
  db: Kysely<Database>,
  groups: readonly (readonly string[])[],
): AsyncGenerator<readonly CaseState[]> {
  for (let from = 0; from < groups.length; ) {
    let [to, count] = [from, 0];
    for (; to < groups.length && count < casesAtOnce; to += 1) count += groups[to]?.length ?? 0;
    const these = groups.slice(from, to);
    const states = await statesOf(db, these.flat());
    for (const group of these) yield group.flatMap((id) => states.get(id) ?? []);
    from = to;
  }
}

async function statesOf(db: Kysely<Database>, ids: readonly string[]): Promise<ReadonlyMap<string, CaseState>> {
  const rows = await db
    .selectFrom('cases')
    .select(['id', sql<CaseState>`state`.as('state')])
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute();
  return new Map(rows.map(({ id, state }) => [id, { ...state, log: [] }]));
}
