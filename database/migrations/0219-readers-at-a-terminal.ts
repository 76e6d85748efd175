import { type Kysely, type Migration, sql } from 'kysely';

/** What lists, searches and stories at a terminal read besides: each as far as the role reads the case. */
const statements = [
  ...['search_texts', 'commands', 'answer_links'].map(
    (table) => `create policy own_cases on ${table} for select using (case_id in (select id from cases))`,
  ),
  `create policy own_cases on answer_codes for select using (hash in (select hash from answer_links))`,
  `create policy own_cases on proof_keys for select using (id in (select key from commands))`,
];

/** A login that was given an agency or a country reads with our own terminal what it reads with any other program. */
export const readersAtATerminal: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
