import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from './schema.ts';
import { holdsWords, type SearchFilter, withWords } from './lists/search.ts';
import { coordinatorsFor, type Standpoint } from './standpoint.ts';

/** Which of the cases that somebody may see; a page of {@link seenPerPage}. */
export interface SeenFilter extends SearchFilter {
  readonly kind?: string | undefined;
  readonly country?: string | undefined;
  /** Only those that they coordinate. */
  readonly mine: boolean;
  readonly late: boolean;
  /** Those that are over too. */
  readonly over: boolean;
  readonly sort: 'due' | 'id' | 'title';
  /** From 1 on. */
  readonly page: number;
}

export interface SeenCase {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly stage: string;
  readonly countries: readonly string[];
  readonly coordinator: string;
  readonly late: boolean;
  readonly nextDue: string | null;
  readonly closedAt: string | null;
}

export const seenPerPage = 50;

/**
 * The cases in which somebody is what `partIn` asks for; one more than a page where there are more. Words are searched in
 * those that they read whole: what is found would tell what they may not read.
 */
export async function listSeen(
  db: Kysely<Database>,
  standpoint: Standpoint,
  filter: SeenFilter,
): Promise<readonly SeenCase[]> {
  const { kind, country, late, over, sort, page } = filter;
  const { words } = await withWords(db, filter);
  const coordinators = await coordinatorsFor(db, standpoint, filter.mine);
  const isSeen = seenBy(standpoint, coordinators, filter.mine || words !== undefined);
  const order = { due: sql`next_due nulls last, id`, id: sql`id`, title: sql`title, id` }[sort];
  const { rows } = await sql<SeenCase>`
    select id, kind, title, stage, countries, coordinator, late, next_due as "nextDue", closed_at as "closedAt" from cases
    where (${over} or closed_at is null) and ${isSeen}
      and ${words ? holdsWords('cases.id', words) : sql`true`}
      and (${kind ?? null}::text is null or kind = ${kind ?? null})
      and (${country ?? null}::text is null or countries @> array[${country ?? null}::text])
      and (not ${late} or late)
    order by ${order} limit ${seenPerPage + 1} offset ${(page - 1) * seenPerPage}`.execute(db);
  return rows;
}

function seenBy(
  { person, agency, parties }: Standpoint,
  coordinators: readonly string[],
  onlyWhole: boolean,
): RawBuilder<boolean> {
  const isTheirs = sql<boolean>`coordinator = any(${[...coordinators]}::text[])`;
  if (onlyWhole) return isTheirs;
  const party = sql`(select 'person/' || id from people where agency = ${agency}
    union all select unnest(${[...parties, `agency/${agency}`]}::text[]))`;
  return sql<boolean>`(${isTheirs} or owner in ${party}
    or exists (select from deadlines where case_id = cases.id and owed_by in ${party})
    or exists (select from messages where case_id = cases.id and state = 'sent' and (
      person in (select id from people where agency = ${agency} union all select ${person})
      or recipient = any(${[...parties, `agency/${agency}`]}::text[]))))`;
}
