import type { Kysely } from 'kysely';
import type { Deadline } from '../domain/ladder.ts';
import type { CaseHeader } from '../domain/lifecycle.ts';
import { type Calendar, mondayToFriday } from '../domain/planning.ts';
import type { Database } from './schema.ts';

/** The calendar by which a deadline counts: that of whoever owes it, else of the country named, else of the coordinator. */
export async function calendarFor(
  db: Kysely<Database>,
  deadline: Deadline,
  { coordinator }: CaseHeader,
): Promise<Calendar> {
  const [kind, id] = (deadline.owedBy ?? '').split('/');
  const zone =
    (kind === 'agency' && id ? await zoneOfAgency(db, id) : undefined) ??
    (kind === 'person' && id ? await zoneOfPerson(db, id) : undefined) ??
    (deadline.inCountry ? await zoneOfCountry(db, deadline.inCountry) : undefined) ??
    (await zoneOfPerson(db, coordinator)) ??
    'UTC';
  return mondayToFriday(zone);
}

const zoneOfPerson = async (db: Kysely<Database>, id: string): Promise<string | undefined> =>
  (await db.selectFrom('people').select('zone').where('id', '=', id).executeTakeFirst())?.zone;

const zoneOfCountry = async (db: Kysely<Database>, code: string): Promise<string | undefined> =>
  (await db.selectFrom('countries').select('zone').where('code', '=', code).executeTakeFirst())?.zone;

const zoneOfAgency = async (db: Kysely<Database>, id: string): Promise<string | undefined> =>
  (
    await db
      .selectFrom('agencies')
      .innerJoin('countries', 'countries.code', 'agencies.country')
      .leftJoin('people', 'people.id', 'agencies.contact')
      .select((eb) => eb.fn.coalesce('people.zone', 'countries.zone').as('zone'))
      .where('agencies.id', '=', id)
      .executeTakeFirst()
  )?.zone;
