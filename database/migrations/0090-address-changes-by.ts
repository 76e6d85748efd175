import { type Kysely, type Migration, sql } from 'kysely';

/** Whoever changes where mail goes says who they are; an earlier import could keep silent. */
const statements = [
  'alter table address_changes disable trigger address_changes_refuse_change',
  `update address_changes set "by" = 'entente' where "by" is null`,
  'alter table address_changes enable trigger address_changes_refuse_change',
  'alter table address_changes alter column "by" set not null',
];

export const addressChangesBy: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
