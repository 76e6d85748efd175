import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** A case among those that it hangs together with. */
export interface Relative {
  readonly id: string;
  readonly title: string;
  readonly stage: string;
  /** The case that led to it. */
  readonly opener: string | null;
  readonly isOver: boolean;
}

/** A family with more than these is cut. */
const mostRelatives = 200;

/** The first case of those that have led to this one, and all that has come of that, as they came about; itself among them. */
export async function familyOf(db: Kysely<Database>, id: string): Promise<readonly Relative[]> {
  const { rows } = await sql<Relative>`
    with recursive above(id, opener) as (
      select id, opener from cases where id = ${id}
      union select cases.id, cases.opener from cases join above on cases.id = above.opener
    ), family(id) as (
      select id from above where opener is null or not exists (select from cases where id = above.opener)
      union select cases.id from cases join family on cases.opener = family.id
    )
    select id, title, stage, opener, closed_at is not null as "isOver" from cases
    where id in (select id from family) order by opened_at, id limit ${mostRelatives}`.execute(db);
  return rows;
}
