import { type Kysely, type Migration, sql } from 'kysely';

/** What was done beside the cases, by whom, and how that was proved; and whose word workers take without a proof. */
const statements = [
  `create table done_beside_cases (
    id text primary key,
    at timestamptz not null default clock_timestamp(),
    command text not null,
    about text,
    by text,
    digest text check (digest ~ '^[0-9a-f]{64}$'),
    proved boolean not null,
    proof text,
    key text references proof_keys (id) deferrable initially immediate,
    constraint done_beside_cases_proof check (proved = (proof is not null) and proved = (key is not null))
  )`,
  'create index done_beside_cases_key on done_beside_cases (key) where key is not null',
  'create index done_beside_cases_at on done_beside_cases (at)',
  `create table taken_unproved (
    only_one boolean primary key default true check (only_one),
    whose text not null check (whose in ('anybody', 'operators', 'nobody')),
    since timestamptz not null default clock_timestamp()
  )`,
];

export const doneBesideCases: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
