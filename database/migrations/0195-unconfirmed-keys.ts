import { type Kysely, type Migration, sql } from 'kysely';

/** A key that nobody has confirmed goes after its time; one that is or was somebody's never does. */
const statements = [
  `create function proof_keys_stay() returns trigger language plpgsql as $$
    begin
      if old.from_at is null then return old; end if;
      raise exception 'keys that were somebody''s stay: % is refused', tg_op using errcode = 'insufficient_privilege';
    end $$`,
  `create trigger proof_keys_refuse_delete before delete on proof_keys
    for each row execute function proof_keys_stay()`,
  'create index proof_keys_unconfirmed on proof_keys (asked_at) where from_at is null',
];

export const unconfirmedKeys: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
