import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  // Open cases lie side by side by their ids where they were opened lately: nobody who leafs through closed ones reads them all.
  'create index cases_closed on cases (id) where closed_at is not null',
  // By due date, as the matrix lists them; the few that are late are not sorted anew for each page.
  `create index cases_late_actions_by_due on cases ((facts->>'due'), id)
    where kind = 'action' and late and closed_at is null`,
];

/** What a register with a million actions showed: lists that read the more, the more there is. */
export const largeLists: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
