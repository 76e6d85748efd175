import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

type Privilege = 'insert' | 'update' | 'delete';

/** What the worker's role may do besides reading. A new table is granted nothing until it has a line here. */
const workerMay: Record<keyof Database, readonly Privilege[]> = {
  countries: ['insert', 'update'],
  agencies: ['insert', 'update'],
  people: ['insert', 'update'],
  absences: ['insert', 'update'],
  roles: ['insert', 'update'],
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
  // Those of addresses that are nobody's go after a day; who signed in stays, since what was done by it names it.
  sign_ins: ['insert', 'update', 'delete'],
  calendar_feeds: ['insert', 'update'],
  // A key that is over stays: what was proved with it names it.
  proof_keys: ['insert', 'update'],
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
 * Gives the worker's and the reader's role what each may, and takes away what it may no longer. Safe to repeat.
 *
 * @param db of the owner of the tables, who needs no granting
 * @returns the roles that were granted something
 */
export async function grant(db: Kysely<Database>, { worker, reader }: Roles): Promise<readonly string[]> {
  const owner = await roleOf(db);
  const others = [...new Set([worker, reader])].filter((role) => role !== owner);
  if (others.length === 0) return others;
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
  });
  return others;
}
