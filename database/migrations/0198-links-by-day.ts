import { type Kysely, type Migration, sql } from 'kysely';

/** Pages list the addresses in letters over all cases, the latest first. Their rows come once and hardly change. */
export const linksByDay: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index answer_links_made_at on answer_links (made_at, hash) where message not like 'sign-in/%'`.execute(
      db,
    );
  },
};
