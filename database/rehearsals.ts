import { type Kysely, sql, type Transaction } from 'kysely';
import { connect, connectForAWhile, forMigrations } from './connect.ts';
import { namedBy } from './lists/hanging-together.ts';
import { migrateWholly, refuseNewerRegister } from './migrate.ts';
import { rehearsalSession } from './real-work.ts';
import type { Database } from './schema.ts';

/** A register of its own, in a schema beside the real one, as long as it is needed. */
export interface RehearsalRegister {
  readonly name: string;
  /** Of the owner, whose unqualified names mean this schema. */
  readonly url: string;
  readonly db: Kysely<Database>;
  /** Until then there is nothing in it. */
  readonly copied: Promise<CopiedCases>;
  /** What processes left that were killed, or that lost a server. */
  readonly left: readonly string[];
  /** One of those has nothing anywhere else any more. */
  readonly forget: (name: string) => Promise<void>;
  /** Leaves this one to the next rehearsal, since something of it is still elsewhere. */
  readonly leave: () => void;
}

export interface CopiedCases {
  readonly cases: readonly string[];
  /** Those that hang together with these and were not copied: the nearest alone, if there are more. */
  readonly leftOut: readonly string[];
}

const prefix = 'rehearsal_';

/** Somebody who looks at a case does not look at the whole register: so many that hang together are taken along. */
const mostCases = 200;

/**
 * Makes a register for as long as `act` takes, with the directory and some cases of the real one as they are at one moment,
 * with those that hang together with them; `act` begins while it is filled. It is gone afterwards, however it ended; what a process left that was killed
 * is named, since nobody holds its lock any more.
 *
 * @param ownerUrl of the role whose the tables are: nobody else may make a schema
 * @param most how many cases are copied
 */
export async function withRehearsalRegister<T>(
  ownerUrl: string,
  ids: readonly string[],
  act: (register: RehearsalRegister) => Promise<T>,
  most = mostCases,
): Promise<T> {
  const owner = connect(ownerUrl, 2, forMigrations);
  const name = `${prefix}${process.pid}_${Date.now().toString(36)}`;
  try {
    await refuseNewerRegister(owner);
    const left = await leftOver(owner);
    const forget = async (each: string) =>
      void (await sql`drop schema if exists ${sql.id(each)} cascade`.execute(owner));
    let gone = true;
    // The lock is that of a session, which has to stay the same one.
    return await owner.connection().execute(async (held) => {
      await sql`select pg_advisory_lock(hashtextextended(${name}, 0))`.execute(held);
      const url = inSchema(ownerUrl, name);
      const db = connectForAWhile(url, 12);
      await sql`create schema ${sql.id(name)}`.execute(owner);
      const filling = filled(owner, db, { name, ids, most });
      // Whoever waits for it hears of it.
      const settled = filling.catch(() => undefined);
      try {
        const leave = () => void (gone = false);
        return await act({ name, url, db, copied: filling, left, forget, leave });
      } finally {
        await settled;
        await db.destroy();
        if (gone) await forget(name);
      }
    });
  } finally {
    await owner.destroy();
  }
}

function inSchema(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.searchParams.set('options', `-c search_path=${name}`);
  parsed.searchParams.set('application_name', rehearsalSession);
  return parsed.href;
}

/** Whoever lives holds the lock of what is theirs. */
async function leftOver(owner: Kysely<Database>): Promise<readonly string[]> {
  return owner.connection().execute(async (held) => {
    const { rows } = await sql<{ name: string }>`
      select nspname as name from pg_namespace
      where starts_with(nspname, ${prefix}) and pg_try_advisory_lock(hashtextextended(nspname, 0))`.execute(held);
    await sql`select pg_advisory_unlock_all()`.execute(held);
    return rows.map(({ name }) => name);
  });
}

const ofDirectory = [
  'countries',
  'agencies',
  'people',
  'absences',
  'roles',
  'proof_keys',
  'bounces',
  'calendar_overrides',
  'country_records',
];
const ofCases = ['events', 'commands', 'deadlines', 'messages', 'case_documents'];

interface Copied {
  readonly name: string;
  readonly ids: readonly string[];
  readonly most: number;
}

/** Its tables, as this version has them, with what is copied. */
async function filled(owner: Kysely<Database>, db: Kysely<Database>, asked: Copied): Promise<CopiedCases> {
  await db.transaction().execute(async (trx) => {
    await sql`create table kysely_migration (name text primary key, timestamp text not null)`.execute(trx);
    await migrateWholly(trx);
  });
  return owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((trx) => copied(trx, asked));
}

async function copied(trx: Transaction<Database>, { name, ids, most }: Copied): Promise<CopiedCases> {
  const { cases, leftOut } = await connected(trx, ids, most);
  const these = sql`case_id = any(${[...cases]}::text[])`;
  const everything = sql`true`;
  await sql`set constraints all deferred`.execute(trx);
  for (const table of ofDirectory) await copy(trx, name, table, everything);
  await copy(trx, name, 'cases', sql`id = any(${[...cases]}::text[])`);
  await copy(trx, name, 'digests', sql`key in (select digest from messages where ${these})`);
  await copy(trx, name, 'documents', sql`sha256 in (select sha256 from case_documents where ${these})`);
  for (const table of ofCases) await copy(trx, name, table, these);
  return { cases, leftOut };
}

/** Columns by their names: a register that has grown with its versions has them in another order. */
async function copy(trx: Transaction<Database>, name: string, table: string, which: ReturnType<typeof sql>) {
  const { rows } = await sql<{ column: string }>`
    select attname as column from pg_attribute
    where attrelid = to_regclass(${table}) and attnum > 0 and not attisdropped and attgenerated = ''`.execute(trx);
  const columns = sql.join(rows.map(({ column }) => sql.id(column)));
  await sql`insert into ${sql.id(name, table)} (${columns}) overriding system value
    select ${columns} from ${sql.table(table)} where ${which}`.execute(trx);
}

/** Cases, what they have opened, and what they name: what one of them may tell something is there. */
async function connected(trx: Transaction<Database>, ids: readonly string[], most: number): Promise<CopiedCases> {
  const found = new Set<string>();
  for (let next = [...ids]; next.length > 0; ) {
    const { rows } = await sql<{ id: string; names: string[] }>`
      select id, ${namedBy} as names from cases
      where id = any(${next}::text[]) or opener = any(${next}::text[]) order by id`.execute(trx);
    const fresh = rows.filter(({ id }) => !found.has(id));
    const leftOut = fresh.slice(most - found.size).map(({ id }) => id);
    for (const { id } of fresh.slice(0, most - found.size)) found.add(id);
    if (leftOut.length > 0) return { cases: [...found], leftOut };
    next = [...new Set(fresh.flatMap(({ id, names }) => [id, ...names]))].filter(
      (id) => !found.has(id) || fresh.some((each) => each.id === id),
    );
  }
  return { cases: [...found], leftOut: [] };
}
