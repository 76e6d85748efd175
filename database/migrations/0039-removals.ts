import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  `create table removals (
    number integer generated always as identity primary key,
    cases text[] not null,
    closed_before timestamptz not null,
    by text not null,
    reason text not null,
    removed_at timestamptz not null default clock_timestamp()
  )`,
  `comment on table removals is
    'Each time closed cases were removed because their time was over: their ids, who did it and why'`,
];

export const removals: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
