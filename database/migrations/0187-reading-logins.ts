import { type Kysely, type Migration, sql } from 'kysely';

/** Whose rows hang on a case, by the column that names it. */
const ofCases = ['events', 'messages', 'deadlines', 'case_documents'];

const statements = [
  `create table reading_logins (
    login text not null,
    agency text references agencies (id),
    country text references countries (code),
    given_at timestamptz not null default clock_timestamp(),
    constraint reading_logins_agency_or_country check ((agency is null) <> (country is null)),
    constraint reading_logins_once unique nulls not distinct (login, agency, country)
  )`,
  `comment on table reading_logins is
    'Roles of Postgres that read the cases of an agency, or of all agencies of a country, and nothing else; see docs/operating.md'`,
  `create view read_agencies with (security_invoker = true) as
    select agency as id from reading_logins where login = current_user and agency is not null
    union select agencies.id from agencies join reading_logins on reading_logins.country = agencies.country
      where login = current_user`,
  `comment on view read_agencies is 'The agencies whose cases the role reads that asks'`,
  `create policy own_logins on reading_logins for select using (login = current_user)`,
  `create policy own_people on people for select using (agency in (select id from read_agencies))`,
  `create policy own_cases on cases for select using (coordinator in
    (select people.id from people where people.agency in (select id from read_agencies)))`,
  ...ofCases.map((table) => `create policy own_cases on ${table} for select using (case_id in (select id from cases))`),
  `create policy own_cases on documents for select using (sha256 in (select sha256 from case_documents))`,
];

/**
 * Which rows a login reads that was given an agency or a country. The policies are switched on where roles are granted
 * what they may (database/privileges.ts): before, the worker's role would read nothing.
 */
export const readingLogins: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
    // A view asks by the role of whoever asks it, and not by that of its owner, whom no policy binds.
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'v'`.execute(
      db,
    );
    for (const { name } of rows) await sql`alter view ${sql.id(name)} set (security_invoker = true)`.execute(db);
  },
};
