import { type Kysely, type Migration, sql } from 'kysely';

/** Who signs in at the pages by a link that is mailed to them, and their sessions. */
export const signIns: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table sign_ins (
        id uuid primary key,
        person text references people (id) deferrable initially immediate,
        address text,
        browser text not null,
        goes_to text not null,
        asked_at timestamptz not null default clock_timestamp(),
        hash text unique check (hash ~ '^[0-9a-f]{64}$'),
        mailed_at timestamptz,
        session text unique check (session ~ '^[0-9a-f]{64}$'),
        started_at timestamptz,
        ended_at timestamptz
      )`.execute(db);
    await sql`create index sign_ins_person on sign_ins (person, asked_at)`.execute(db);
  },
};
