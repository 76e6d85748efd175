import { type Kysely, type Migration, sql } from 'kysely';

/** Public keys with which commands are proved, and which command was; of one from before nothing is known. Keys are never deleted: what was proved with one names it. */
export const proofs: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table proof_keys (
        id text primary key check (id ~ '^[0-9a-f]{16}$'),
        public_key text not null unique check (public_key ~ '^[A-Za-z0-9_-]{43}$'),
        owner text not null check (owner in ('person', 'pages')),
        person text references people (id) deferrable initially immediate,
        place text not null,
        code text,
        asked_at timestamptz not null default clock_timestamp(),
        from_at timestamptz,
        until_at timestamptz,
        sign_in uuid,
        revoked_at timestamptz,
        revoked_by text,
        revoked_because text,
        constraint proof_keys_of_somebody check (from_at is null or (owner = 'person') = (person is not null))
      )`.execute(db);
    await sql`create index proof_keys_person on proof_keys (person)`.execute(db);
    await sql`create unique index proof_keys_code on proof_keys (code) where from_at is null`.execute(db);
    await sql`alter table commands add column proved boolean, add column proof text,
      add column key text references proof_keys (id) deferrable initially immediate`.execute(db);
  },
};
