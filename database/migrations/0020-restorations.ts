import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  `create table restorations (
    restored_at timestamptz primary key default clock_timestamp(),
    taken_at timestamptz not null,
    checksum text not null
  )`,
  `comment on table restorations is
    'When the register was restored, and from a backup of when: what should have gone out between the two may have gone'`,
];

export const restorations: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
