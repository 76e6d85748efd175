import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  `create table calendar_overrides (
    country text constraint calendar_overrides_country_known references countries,
    agency text constraint calendar_overrides_agency_known references agencies,
    date date not null,
    kind text not null constraint calendar_overrides_kind_known check (kind in ('office closed', 'working day')),
    note text not null,
    constraint calendar_overrides_one_place check (num_nonnulls(country, agency) = 1),
    constraint calendar_overrides_of_country unique (country, date),
    constraint calendar_overrides_of_agency unique (agency, date)
  )`,
  `comment on table calendar_overrides is
    'Days on which a country or an agency works, or does not, whatever its calendar says'`,
];

export const calendars: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
