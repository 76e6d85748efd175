import { type Kysely, type Migration, sql } from 'kysely';

/**
 * What a key has proved is asked for by pages, the latest first: the pages' own has proved most of what there is. Only what
 * has a proof is looked up among the events, of which there is none from before there were keys.
 */
const statements = [
  'alter table commands add column recorded_at timestamptz',
  `update commands set recorded_at = (
    select min(recorded_at) from events where events.case_id = commands.case_id and events.command_id = commands.command_id
  ) where key is not null`,
  'alter table commands alter column recorded_at set default clock_timestamp()',
  'drop index commands_key_used',
  'create index commands_key_used on commands (key, recorded_at, command_id) where key is not null',
  'drop index done_beside_cases_key',
  'create index done_beside_cases_key on done_beside_cases (key, at, id) where key is not null',
];

export const commandsByKey: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
