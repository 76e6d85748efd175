import { type Kysely, type Migration, sql } from 'kysely';

/** No default, since nobody knows it of what is on record: so no row is written anew. */
const statements = [
  'alter table events add column rules smallint',
  `comment on column events.rules is
    'The number of the rules by which it was decided (domain/rules-version.ts); null of what earlier versions have put on record'`,
];

export const rulesOfEvents: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
