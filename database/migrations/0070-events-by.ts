import { type Kysely, type Migration, sql } from 'kysely';

/** Who did what, in the order in which it was done. Nothing asks for what everybody did at one time. */
export const eventsBy: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index events_by on events ("by", at, case_id, number)`.execute(db);
    await sql`drop index events_at`.execute(db);
  },
};
