import { type Kysely, type Migration, sql } from 'kysely';

/** The addresses in letters with which their readers answer; `terminal` says who has commands at hand as well. */
export const answerLinks: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table people add column terminal boolean not null default false`.execute(db);
    await sql`
      create table answer_links (
        hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
        message text not null,
        person text not null references people (id) deferrable initially immediate,
        address text not null,
        case_id text not null,
        deadline text not null,
        version integer not null,
        level text,
        made_at timestamptz not null default clock_timestamp(),
        revoked_at timestamptz,
        revoked_by text,
        revoked_because text,
        unique (message, person, deadline, version)
      )`.execute(db);
    await sql`create index answer_links_case on answer_links (case_id)`.execute(db);
  },
};
