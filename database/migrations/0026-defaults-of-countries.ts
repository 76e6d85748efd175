import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  // Absent: not said of the person, who follows the country of their agency.
  'alter table people alter column language drop not null, alter column zone drop not null',
  // Up to now an import copied what was not said, and kept nothing that tells a copy from what was said.
  `update people set zone = null from agencies join countries on countries.code = agencies.country
   where agencies.id = people.agency and people.zone = countries.zone`,
  `update people set language = null from agencies join countries on countries.code = agencies.country
   where agencies.id = people.agency and people.language = countries.language`,
];

export const defaultsOfCountries: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
