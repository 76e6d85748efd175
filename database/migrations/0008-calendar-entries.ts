import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  `alter table messages add column calendar jsonb, add column body_calendar text`,
  `comment on column messages.calendar is 'What the message does to its reader''s calendar'`,
  // The feeds read these cases and no others.
  `create index cases_with_calendar_entries on cases (id) where state ? 'calendarEntries'`,
];

export const calendarEntries: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
