import { type Kysely, type Migration, sql } from 'kysely';

/** What was proved with a key is counted in the list of keys. */
export const keysUsed: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index commands_key_used on commands (key) where key is not null`.execute(db);
  },
};
