import { type Kysely, type Migration, sql } from 'kysely';

/**
 * Pages put the action matrix in the order of its columns. A first due date is set once, when an action is opened, and a
 * closed action hardly changes: these indexes cost each case an entry. Open ones lie by their stage among all cases.
 */
const statements = [
  `create index cases_open_actions_by_first_due on cases ((facts->>'firstDue'), id)
    where kind = 'action' and closed_at is null`,
  `create index cases_closed_actions_by_first_due on cases ((facts->>'firstDue'), id)
    where kind = 'action' and closed_at is not null`,
  `create index cases_closed_actions_by_stage on cases (stage, id) where kind = 'action' and closed_at is not null`,
];

export const actionsInOrder: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
