import { type Kysely, type Migration, sql } from 'kysely';

/** Which quiet cases a gathered mail has named to their coordinator, so that each is named once. */
export const quietCasesNamed: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table digests add column quiet text[] not null default '{}'`.execute(db);
    await sql`comment on column digests.quiet is
      'The cases that it names because nothing happens in them, each with since when that is: mou/kr-gr@1541030400'`.execute(
      db,
    );
  },
};
