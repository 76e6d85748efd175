import { type Kysely, type Migration, sql } from 'kysely';

/** Somebody may read for all agencies of a country, in place of one. */
export const readerOfACountry: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      alter table roles
        alter column agency drop not null,
        add column country text references countries (code),
        add constraint roles_agency_or_country check ((agency is null) <> (country is null)),
        add constraint roles_country_to_read check (country is null or role = 'reader')`.execute(db);
  },
};
