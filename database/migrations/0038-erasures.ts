import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  `create table erasures (
    number integer generated always as identity primary key,
    pseudonym text not null,
    by text not null,
    reason text not null,
    erased_at timestamptz not null default clock_timestamp()
  )`,
  `comment on table erasures is
    'Each time somebody was erased: under which name they stand now, who did it and why. Never who they were'`,
  // An id that others refer to is changed everywhere in one transaction; until it ends the references may not fit.
  `do $$ declare each record; begin
    for each in select conrelid::regclass as holder, conname from pg_constraint
      where contype = 'f' and not condeferrable and connamespace = current_schema()::regnamespace
    loop execute format('alter table %s alter constraint %I deferrable initially immediate', each.holder, each.conname); end loop;
  end $$`,
];

export const erasures: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
