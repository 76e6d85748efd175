import { type Kysely, type Migration, sql } from 'kysely';

/** Open cases lie side by side by their ids where they were opened lately: whoever leafs through closed ones reads none of them. */
export const closedCases: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index cases_closed on cases (id) where closed_at is not null`.execute(db);
  },
};
