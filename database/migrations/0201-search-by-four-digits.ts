import { type Kysely, type Migration, sql } from 'kysely';
import { rewriteSearchTexts } from '../search-texts.ts';

/** Four digits in a row besides three letters: three of a number such as 9999 are in many texts. Only texts that have some are written anew. */
export const searchByFourDigits: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`drop index if exists search_texts_pieces`.execute(db);
    const hasFour = sql<boolean>`exists (
      select from search_texts as text
      where text.case_id = events.case_id and text.number = events.number and folded ~ '[0-9]{4}')`;
    await rewriteSearchTexts(db, hasFour);
    await sql`create index search_texts_pieces on search_texts using gin (pieces)`.execute(db);
  },
};
