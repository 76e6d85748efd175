import { type Kysely, type Migration, sql } from 'kysely';

/** Codes that are mailed before an answer counts that binds a state or is the second pair of eyes. */
export const answerCodes: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table answer_codes (
        hash text not null references answer_links on update cascade on delete cascade,
        number integer not null,
        command text not null,
        says text not null,
        asked_at timestamptz not null default clock_timestamp(),
        mac text,
        address text,
        mailed_at timestamptz,
        tries integer not null default 0,
        form text,
        primary key (hash, number)
      )`.execute(db);
  },
};
