import { type Kysely, type Migration, sql } from 'kysely';

/**
 * Open and closed cases lie in indexes of their own: whoever asks for the open ones of somebody does not read all that were ever
 * closed. An index of closed ones is written to once in the life of a case, so there may be as many as lists need.
 */
const statements = [
  'drop index cases_kind',
  'create index cases_closed_by_kind on cases (kind, id) where closed_at is not null',
  'drop index cases_stage',
  'create index cases_open_by_stage on cases (stage, id) where closed_at is null',
  'create index cases_closed_by_stage on cases (stage, id) where closed_at is not null',
  'drop index cases_owner',
  'create index cases_open_by_owner on cases (owner, id) where closed_at is null',
  'create index cases_closed_by_owner on cases (owner, id) where closed_at is not null',
  'drop index cases_coordinator',
  'create index cases_open_by_coordinator on cases (coordinator, id) where closed_at is null',
  'create index cases_closed_by_coordinator on cases (coordinator, id) where closed_at is not null',
  'drop index cases_countries',
  'create index cases_open_by_country on cases using gin (countries) where closed_at is null',
  'create index cases_closed_by_country on cases using gin (countries) where closed_at is not null',

  'drop index cases_actions_by_due',
  `create index cases_closed_actions_by_due on cases ((facts->>'due'), id)
    where kind = 'action' and closed_at is not null`,
  `create index cases_closed_actions_by_owner on cases (owner, (facts->>'due'), id)
    where kind = 'action' and closed_at is not null`,
  `create index cases_closed_actions_by_coordinator on cases (coordinator, (facts->>'due'), id)
    where kind = 'action' and closed_at is not null`,
  `create index cases_late_actions on cases ((facts->>'due'), id) where kind = 'action' and late and closed_at is null`,
  // Nothing asks for what a case has opened.
  'drop index cases_opener',
];

export const largeLists: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
