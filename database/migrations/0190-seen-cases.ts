import { type Kysely, type Migration, sql } from 'kysely';

/**
 * In which cases somebody was written to is found by who they are. A letter comes into these indexes once, when it was
 * sent: `standing` does not change before, so what changes on its way still changes in place.
 */
const statements = [
  `create index messages_sent_to_person on messages (person, case_id) where standing = 'sent'`,
  `create index messages_sent_to_recipient on messages (recipient, case_id) where standing = 'sent'`,

  // The orders in which pages list cases.
  `create index cases_closed_by_next_due on cases ((coalesce(next_due, 'infinity'::timestamptz)), id)
    where closed_at is not null`,
  'create index cases_open_by_title on cases (title, id) where closed_at is null',
  'create index cases_closed_by_title on cases (title, id) where closed_at is not null',
];

export const seenCases: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
