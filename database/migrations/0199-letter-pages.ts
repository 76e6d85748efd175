import { type Kysely, type Migration, sql } from 'kysely';

/** Where the addresses in letters lead, and links to sign in, as workers say: pages promise no link that nobody can make. */
export const letterPages: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table letter_pages (
      only_one boolean primary key default true check (only_one),
      url text,
      since timestamptz not null default clock_timestamp()
    )`.execute(db);
  },
};
