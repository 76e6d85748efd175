import { type Kysely, type Migration, sql } from 'kysely';

/**
 * The day on which something takes place, by what the facts of a case of any kind are called: it lies ahead or is under way
 * until they say that it was. Spelt alike in view and index.
 */
const comingDay = `(case when coalesce(facts->>'heldOn', facts->>'returnedOn', facts->>'signedOn') is null
  then coalesce(facts->>'from', facts->>'on', facts->>'signingOn') end)`;

/** A new kind of case stands among what takes place without a change of the register. */
const statements = [
  'drop index cases_coming',
  `create or replace view coming_dates with (security_invoker = true) as
    select id, kind, title, stage, countries, coordinator, owner, late, next_due, ${comingDay} as day,
      coalesce(facts->>'to', ${comingDay}) as until, coalesce(facts->>'place', facts->'cities'->>0) as place,
      facts->>'visit' as visit
    from cases where closed_at is null and ${comingDay} is not null`,
  `comment on view coming_dates is 'What takes place, of all kinds of cases whose facts have a day of it'`,
  `create index cases_coming on cases (${comingDay}, id) where closed_at is null and ${comingDay} is not null`,
];

export const comingByFacts: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
