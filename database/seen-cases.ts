import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';
import type { Standpoint } from './standpoint.ts';

/** Which of the open cases that somebody may see; a page of {@link seenPerPage}. */
export interface SeenFilter {
  readonly kind?: string | undefined;
  readonly country?: string | undefined;
  /** Only those that they coordinate. */
  readonly mine: boolean;
  readonly late: boolean;
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
}

export const seenPerPage = 50;

/** The open cases in which somebody is what `partIn` asks for; one more than a page where there are more. */
export async function listSeen(
  db: Kysely<Database>,
  { person, agency, parties }: Standpoint,
  { kind, country, mine, late, sort, page }: SeenFilter,
): Promise<readonly SeenCase[]> {
  const persons = [...parties].filter((each) => each.startsWith('person/')).map((each) => each.slice(7));
  const ours = sql`(select id from people where agency = ${agency})`;
  const party = sql`(select 'person/' || id from people where agency = ${agency}
    union all select unnest(${[...parties, `agency/${agency}`]}::text[]))`;
  const isMine = sql`coordinator = any(${persons}::text[])`;
  const isSeen = mine
    ? isMine
    : sql`(${isMine} or coordinator in ${ours} or owner in ${party}
        or exists (select from deadlines where case_id = cases.id and owed_by in ${party})
        or exists (select from messages where case_id = cases.id and state = 'sent' and (
          person in (select id from people where agency = ${agency} union all select ${person})
          or recipient = any(${[...parties, `agency/${agency}`]}::text[]))))`;
  const order = { due: sql`next_due nulls last, id`, id: sql`id`, title: sql`title, id` }[sort];
  const { rows } = await sql<SeenCase>`
    select id, kind, title, stage, countries, coordinator, late, next_due as "nextDue" from cases
    where closed_at is null and ${isSeen}
      and (${kind ?? null}::text is null or kind = ${kind ?? null})
      and (${country ?? null}::text is null or countries @> array[${country ?? null}::text])
      and (not ${late} or late)
    order by ${order} limit ${seenPerPage + 1} offset ${(page - 1) * seenPerPage}`.execute(db);
  return rows;
}
