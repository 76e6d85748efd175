import { type Kysely, type Migration, sql } from 'kysely';

/** Codes at the desk no longer hang on the link with which somebody came in. */
export const waysIn: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table answer_links add column code_key text`.execute(db);
    await sql`alter table answer_codes add column code_key text`.execute(db);
  },
};
