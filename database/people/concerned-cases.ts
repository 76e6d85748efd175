import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * Open cases in which somebody is named, or anybody whose mail can come to them: for whom they stand in or are the contact,
 * whose superior they are, or who is of an agency that they are the contact of; and so on from those. Whatever is
 * said of them in the directory changes nothing for other cases.
 *
 * @param most so many are enough; absent: all of them
 */
export async function casesConcerned(db: Kysely<Database>, person: string, most?: number): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    with recursive behind(reference) as (
      select 'person/' || ${person}::text
      union
      select next.reference from behind, lateral (
        select 'person/' || id from people
          where superior = substr(behind.reference, 8) and starts_with(behind.reference, 'person/')
        union all select 'person/' || person from absences
          where stand_in = substr(behind.reference, 8) and starts_with(behind.reference, 'person/')
        union all select 'agency/' || id from agencies
          where contact = substr(behind.reference, 8) and starts_with(behind.reference, 'person/')
        union all select 'person/' || id from people
          where agency = substr(behind.reference, 8) and starts_with(behind.reference, 'agency/')
      ) as next(reference)
    )
    select id from cases where closed_at is null and id in (
      select case_id from search_texts
        where ids && (select array_agg(substr(reference, 8)) from behind)
    ) limit ${most ?? null}`.execute(db);
  return rows.map(({ id }) => id);
}
