import type { Kysely } from 'kysely';
import type { Database } from '../../database/schema.ts';

/** The language that the directory gives a person or, where a letter is to nobody by name, an agency. */
export async function languageOf(db: Kysely<Database>, person: string | null, recipient: string): Promise<string> {
  if (person)
    return (
      await db
        .selectFrom('people')
        .innerJoin('agencies', 'agencies.id', 'people.agency')
        .innerJoin('countries', 'countries.code', 'agencies.country')
        .select((eb) => eb.fn.coalesce('people.language', 'countries.language').as('language'))
        .where('people.id', '=', person)
        .executeTakeFirstOrThrow()
    ).language;
  const agency = db
    .selectFrom('agencies')
    .innerJoin('countries', 'countries.code', 'agencies.country')
    .select('countries.language')
    .where('agencies.id', '=', recipient.replace(/^agency\//, ''));
  return (await agency.executeTakeFirstOrThrow()).language;
}
