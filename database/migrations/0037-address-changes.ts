import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  `create table address_changes (
    number integer generated always as identity primary key,
    holder text not null,
    name text not null,
    was text not null,
    became text,
    by text,
    at timestamptz not null default clock_timestamp(),
    told_at timestamptz,
    reply text
  )`,
  `comment on table address_changes is
    'Whose mail went where, and where it goes since, by whose word; told_at is when the old address was told of it'`,
  'create index address_changes_untold on address_changes (number) where told_at is null',
  `create function address_changes_stay() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE'
        and (new.number, new.holder, new.name, new.was, new.at) = (old.number, old.holder, old.name, old.was, old.at)
        and new.became is not distinct from old.became and new."by" is not distinct from old."by"
        and (old.told_at is null or new.told_at = old.told_at)
      then return new;
      end if;
      raise exception 'changes of addresses stay as they are: % is refused', tg_op using errcode = 'insufficient_privilege';
    end $$`,
  `create trigger address_changes_refuse_change before update or delete on address_changes
    for each row execute function address_changes_stay()`,
];

export const addressChanges: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
