import { type Kysely, type Migration, sql } from 'kysely';
import { rewriteSearchTexts } from '../search-texts.ts';

/**
 * Three letters in a row besides pairs: two digits are in nearly every text, and a number in few. Planner and rows have to
 * know more of them than of a word's, so that what is rare is told from what is not.
 */
export const searchByThreeLetters: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`drop index if exists search_texts_pairs`.execute(db);
    await sql`alter table search_texts rename column pairs to pieces`.execute(db);
    await sql`alter table search_texts alter column pieces set statistics 1000`.execute(db);
    await rewriteSearchTexts(db);
    await sql`create index search_texts_pieces on search_texts using gin (pieces)`.execute(db);
  },
};
