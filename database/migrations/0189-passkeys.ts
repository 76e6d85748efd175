import { type Kysely, type Migration, sql } from 'kysely';

/** Passkeys, with which somebody signs in after the first time. */
export const passkeys: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table passkeys (
        id text primary key check (id ~ '^[A-Za-z0-9_-]+$' and length(id) <= 1400),
        person text not null references people (id) deferrable initially immediate,
        name text not null,
        public_key text not null,
        counter bigint not null,
        made_at timestamptz not null default clock_timestamp(),
        used_at timestamptz,
        removed_at timestamptz
      )`.execute(db);
    await sql`create index passkeys_person on passkeys (person)`.execute(db);
    await sql`alter table sign_ins add column passkey text references passkeys (id) deferrable initially immediate`.execute(
      db,
    );
    await sql`create index sign_ins_passkey on sign_ins (passkey) where passkey is not null`.execute(db);
  },
};
