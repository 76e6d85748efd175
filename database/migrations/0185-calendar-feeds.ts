import { type Kysely, type Migration, sql } from 'kysely';

/** The addresses at which calendar programs read what stands in somebody's calendar. */
export const calendarFeeds: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table calendar_feeds (
        hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
        person text not null references people (id) deferrable initially immediate,
        made_at timestamptz not null default clock_timestamp(),
        revoked_at timestamptz
      )`.execute(db);
    // One at a time: whoever makes another one takes the one before back.
    await sql`create unique index calendar_feeds_person on calendar_feeds (person) where revoked_at is null`.execute(
      db,
    );
  },
};
