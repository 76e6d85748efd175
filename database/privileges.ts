import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from './schema.ts';
import { registers } from './views/registers.ts';

type Privilege = 'insert' | 'update' | 'delete';

/** What the worker's role may do besides reading. A new table is granted nothing until it has a line here. */
const workerMay: Record<keyof Database, readonly Privilege[]> = {
  countries: ['insert', 'update'],
  agencies: ['insert', 'update'],
  people: ['insert', 'update'],
  absences: ['insert', 'update'],
  roles: ['insert', 'update'],
  reading_logins: [],
  bounces: ['insert', 'update'],
  address_changes: ['insert', 'update'],
  mail_addresses: [],
  mail_pace: ['insert', 'update'],
  cases: ['insert', 'update'],
  // The record and its answers: whoever takes a worker over can add to them, and cannot rewrite what was.
  events: ['insert'],
  commands: ['insert'],
  search_texts: ['insert'],
  deadlines: ['insert', 'update', 'delete'],
  messages: ['insert', 'update'],
  // An address is made again when a letter is, and taken back; never deleted, since what was done by it names it.
  answer_links: ['insert', 'update'],
  answer_codes: ['insert', 'update'],
  // A row goes a day after it is over; what was done by it says itself how its person came in.
  sign_ins: ['insert', 'update', 'delete'],
  // One that was removed stays: no session is begun with it again.
  passkeys: ['insert', 'update'],
  calendar_feeds: ['insert', 'update'],
  // A key that is over stays: what was proved with it names it. One that nobody has confirmed goes after its time.
  proof_keys: ['insert', 'update', 'delete'],
  done_beside_cases: ['insert'],
  taken_unproved: ['insert', 'update'],
  letter_pages: ['insert', 'update'],
  digests: ['insert', 'update'],
  // What was circulated stays as it was; only the owner takes files away, with the cases that name them.
  documents: ['insert'],
  case_documents: ['insert'],
  calendar_overrides: ['insert', 'update', 'delete'],
  country_records: ['insert', 'update'],
  restorations: [],
  erasures: [],
  removals: [],
};

/** What a login may read that sees the cases of an agency or a country; policies say which rows of it. Nothing else is granted. */
const loginReads: readonly string[] = [
  'reading_logins',
  'read_agencies',
  'countries',
  'agencies (id, country, name)',
  'people (id, name, agency, office)',
  'cases',
  'events',
  'messages',
  'deadlines',
  'case_documents',
  'documents',
  // What the terminal asks of any register, and how what stands there was given; never by what a code is known again.
  'kysely_migration',
  'search_texts',
  'commands (case_id, command_id, proved, key)',
  'proof_keys (id, place)',
  'answer_links (hash, case_id, message, address, way)',
  'answer_codes (hash, form, address)',
  'owed',
  'unsettled_messages',
  ...Object.keys(registers),
  'outstanding_nominations',
];

const grantLock = 7_362_014;

export interface Roles {
  readonly worker: string;
  readonly reader: string;
}

/** The role that a connection acts as. */
export async function roleOf(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ role: string }>`select current_user as role`.execute(db);
  return rows[0]?.role ?? '';
}

/**
 * Gives the worker's and the reader's role what each may, and takes away what it may no longer; holds everybody else to
 * the policies of the register, and gives logins of ministries what these let them read. Safe to repeat.
 *
 * @param db of the owner of the tables, who needs no granting
 * @returns the roles that were granted something
 */
export async function grant(db: Kysely<Database>, { worker, reader }: Roles): Promise<readonly string[]> {
  const owner = await roleOf(db);
  const others = [...new Set([worker, reader])].filter((role) => role !== owner);
  await db.transaction().execute(async (trx) => {
    // Several workers start at once; Postgres refuses two grants on one table at the same moment.
    await sql`select pg_advisory_xact_lock(${grantLock})`.execute(trx);
    const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(trx);
    const tables = sql`all tables in schema ${sql.id(rows[0]?.schema ?? 'public')}`;
    for (const role of others) {
      await sql`revoke all on ${tables} from ${sql.id(role)}`.execute(trx);
      await sql`grant select on ${tables} to ${sql.id(role)}`.execute(trx);
    }
    for (const [table, privileges] of Object.entries(workerMay))
      for (const privilege of worker === owner ? [] : privileges)
        await sql`grant ${sql.raw(privilege)} on ${sql.id(table)} to ${sql.id(worker)}`.execute(trx);
    // Whoever prepares as a role that owns nothing may neither switch nor grant.
    if (!(await isOwner(trx))) return;
    await holdToPolicies(trx, others);
    await grantLogins(trx, rows[0]?.schema ?? 'public', [owner, ...others]);
  });
  return others;
}

/** Whether the role that a connection acts as may do with the tables what their owner may. */
export async function isOwner(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select pg_has_role(relowner, 'usage') as is from pg_class where oid = 'cases'::regclass`.execute(db);
  return rows[0]?.is ?? false;
}

/** The roles of the product read and change all rows, as far as they may; in one transaction with the switch, so that they never find none. */
async function holdToPolicies(trx: Transaction<Database>, ours: readonly string[]): Promise<void> {
  const { rows } = await sql<{ name: string; on: boolean; known: string[] }>`
    select relname as name, relrowsecurity as on, coalesce(array_agg(polname::text) filter (where polname is not null), '{}') as known
    from pg_class left join pg_policy on polrelid = pg_class.oid
    where relnamespace = current_schema()::regnamespace and relkind = 'r'
    group by pg_class.oid having count(polname) > 0 order by relname`.execute(trx);
  for (const { name, on, known } of rows) {
    for (const role of ours.filter((each) => !known.includes(`all_of_${each}`)))
      await sql`create policy ${sql.id(`all_of_${role}`)} on ${sql.id(name)} to ${sql.id(role)} using (true) with check (true)`.execute(
        trx,
      );
    if (!on) await sql`alter table ${sql.id(name)} enable row level security`.execute(trx);
  }
}

async function grantLogins(trx: Transaction<Database>, schema: string, ours: readonly string[]): Promise<void> {
  const { rows } = await sql<{ login: string }>`
    select distinct login from reading_logins join pg_roles on rolname = login
    where login <> all(${[...ours]}::text[])`.execute(trx);
  for (const { login } of rows) {
    await sql`grant usage on schema ${sql.id(schema)} to ${sql.id(login)}`.execute(trx);
    for (const each of loginReads) {
      const [, table = '', columns = ''] = /^(\w+)(.*)$/.exec(each) ?? [];
      await sql`grant select ${sql.raw(columns)} on ${sql.id(table)} to ${sql.id(login)}`.execute(trx);
    }
  }
}
