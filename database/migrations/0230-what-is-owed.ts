import { type Kysely, type Migration, sql } from 'kysely';

/** The name of a deadline is taken apart here for what is on record, and nowhere in SQL again. */
const statements = [
  'alter table deadlines add column what text, add column item text',
  `update deadlines set what = split_part(name, ':', 1), item = nullif(substr(name, strpos(name || ':', ':') + 1), '')`,
  'alter table deadlines alter column what set not null',
  `comment on column deadlines.what is 'The rule that it is owed by: opinion'`,
  `comment on column deadlines.item is 'Which of several, or which time: klid, 2; null where there is one alone'`,
  `create or replace view outstanding_nominations with (security_invoker = true) as
    select d.case_id as id, c.title, c.countries, c.coordinator, d.item as state, d.owed_by,
      d.since, d.due, d.zone, d.passed_at is not null as late
    from deadlines d join cases c on c.id = d.case_id where d.what = 'nominate'`,
  'drop index deadlines_nominations, deadlines_nominations_by_state',
  `create index deadlines_nominations on deadlines (due, case_id, item) where what = 'nominate'`,
  `create index deadlines_nominations_by_state on deadlines (item, due, case_id) where what = 'nominate'`,
];

export const whatIsOwed: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
