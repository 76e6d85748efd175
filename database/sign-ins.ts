import { type Kysely, sql, type Transaction } from 'kysely';
import type { WayIn } from './answer-tables.ts';
import { forgetUnconfirmedKeys } from './proof-keys.ts';
import type { Database } from './schema.ts';
import { inTransaction } from './transaction.ts';

type Db = Kysely<Database>;

/** For how long the link in the mail works. */
export const linkMinutes = 15;
/** For how long somebody stays signed in. */
export const sessionHours = 12;
/** How many links are mailed to one person in an hour. */
export const mostLinksInAnHour = 5;

export interface AskedSignIn {
  readonly id: string;
  /** As it was typed. */
  readonly address: string;
  readonly browser: string;
  readonly goesTo: string;
}

/** Nothing can be done by such a row any more; what was done says for itself with which link somebody came in. */
const overForADay = sql<boolean>`clock_timestamp() - interval '1 day' > coalesce(
  ended_at, started_at + ${sql.lit(sessionHours)} * interval '1 hour', asked_at + ${sql.lit(linkMinutes)} * interval '1 minute')`;

/**
 * Notes that somebody asks to be let in. What is done is the same whether the address is somebody's or not, so that it
 * takes the same time.
 */
export const keepSignIn = (db: Db, { id, address, browser, goesTo }: AskedSignIn): Promise<void> =>
  inTransaction(db, async (trx) => {
    await forgetOver(trx);
    const holder = await holderOf(trx, address);
    const may = holder !== undefined && (await mayAsk(trx, holder.person));
    const known = may ? holder : { person: null, address: null };
    await trx
      .insertInto('sign_ins')
      .values({ id, ...known, browser, goes_to: goesTo })
      .execute();
  });

async function forgetOver(db: Db): Promise<void> {
  await db.deleteFrom('sign_ins').where(overForADay).execute();
  await forgetUnconfirmedKeys(db);
}

/** Somebody who comes back from elsewhere, with what their browser was given for it. */
export interface BroughtBack extends Omit<AskedSignIn, 'address'> {
  readonly way: Exclude<WayIn, 'link'>;
  /** SHA-256 of what it was given. */
  readonly hash: string;
}

/** Takes what somebody brings back: once, whatever becomes of it. Whether it was taken. */
export const takeBroughtBack = (db: Db, { goesTo, ...brought }: BroughtBack): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    await forgetOver(trx);
    const taken = await trx
      .insertInto('sign_ins')
      .values({ ...brought, goes_to: goesTo, person: null, address: null })
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .returning('id')
      .executeTakeFirst();
    return taken !== undefined;
  });

/** Begins the session of whoever has brought something back, once it is known who it is. */
export const startKnown = async (
  db: Db,
  id: string,
  known: { readonly person: string; readonly address: string; readonly session: string; readonly passkey?: string },
): Promise<void> => {
  const started_at = sql<string>`clock_timestamp()`;
  await db
    .updateTable('sign_ins')
    .set({ ...known, started_at })
    .where('id', '=', id)
    .where('session', 'is', null)
    .execute();
};

interface Holder {
  readonly person: string;
  readonly address: string;
}

/** Whose address it is; of several who share one, whoever has it as their first, and then by id. */
export async function holderOf(db: Db, typed: string): Promise<Holder | undefined> {
  const address = typed.toLowerCase();
  const { rows } = await sql<Holder>`
    select people.id as person, of.address
    from people cross join lateral unnest(array[email] || other_addresses) with ordinality as of (address, place)
    where lower(of.address) = ${address}
    order by place, people.id limit 1`.execute(db);
  return rows[0];
}

async function mayAsk(trx: Transaction<Database>, person: string): Promise<boolean> {
  // Two that are asked for at once come one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign in ${person}`}, 0))`.execute(trx);
  const { recent } = await trx
    .selectFrom('sign_ins')
    .select(sql<number>`count(*)::integer`.as('recent'))
    .where('person', '=', person)
    .where('asked_at', '>', sql<string>`clock_timestamp() - interval '1 hour'`)
    .executeTakeFirstOrThrow();
  return recent < mostLinksInAnHour;
}

const linkIsGood = sql<boolean>`asked_at > clock_timestamp() - ${sql.lit(linkMinutes)} * interval '1 minute'`;

/** What a letter with a link is made of; nothing where there is nobody to write to. */
export const findSignIn = (
  db: Db,
  id: string,
): Promise<{ readonly person: string; readonly address: string; readonly asked_at: string } | undefined> =>
  db
    .selectFrom('sign_ins')
    .select(['person', 'address', 'asked_at'])
    .where('id', '=', id)
    .$narrowType<{ person: string; address: string }>()
    .where('person', 'is not', null)
    .where('address', 'is not', null)
    .executeTakeFirst();

/** Keeps by what a link is known again. Safe to repeat: it comes out the same. */
export const keepSignInLink = async (db: Db, id: string, hash: string): Promise<void> => {
  await db.updateTable('sign_ins').set({ hash }).where('id', '=', id).execute();
};

/** Whether whoever asks may mail it: once only, and while it is good. */
export async function takeSignInMailing(db: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sign_ins')
    .set({ mailed_at: sql<string>`clock_timestamp()` })
    .where('id', '=', id)
    .where('mailed_at', 'is', null)
    .where(linkIsGood)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A link as somebody has opened it. */
export interface OpenedSignIn {
  readonly id: string;
  readonly person: string;
  readonly browser: string;
  readonly goesTo: string;
  readonly isGood: boolean;
  readonly isUsed: boolean;
}

export const findSignInLink = (db: Db, hash: string): Promise<OpenedSignIn | undefined> =>
  db
    .selectFrom('sign_ins')
    .select(['id', 'person', 'browser', 'goes_to as goesTo', linkIsGood.as('isGood')])
    .select(sql<boolean>`session is not null`.as('isUsed'))
    .where('hash', '=', hash)
    .$narrowType<{ person: string }>()
    .executeTakeFirst();

/** Begins a session: once, and in the browser that asked for the link alone. */
export async function startSession(
  db: Db,
  link: { readonly hash: string; readonly browser: string; readonly session: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sign_ins')
    .set({ session: link.session, started_at: sql<string>`clock_timestamp()` })
    .where('hash', '=', link.hash)
    .where('browser', '=', link.browser)
    .where('session', 'is', null)
    .where(linkIsGood)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export interface SessionRow {
  readonly id: string;
  readonly person: string;
  readonly address: string;
  readonly way: WayIn;
  readonly startedAt: string;
}

/** A session that has neither ended nor run out. */
export const findSession = (db: Db, session: string): Promise<SessionRow | undefined> =>
  db
    .selectFrom('sign_ins')
    .select(['id', 'person', 'address', 'way', 'started_at as startedAt'])
    .where('session', '=', session)
    .where('ended_at', 'is', null)
    .where('started_at', '>', sql<string>`clock_timestamp() - ${sql.lit(sessionHours)} * interval '1 hour'`)
    .$narrowType<{ person: string; address: string; startedAt: string }>()
    .executeTakeFirst();

/** Ends all sessions of whoever has this one. Safe to repeat. */
export const endSessions = async (db: Db, person: string): Promise<void> => {
  await db
    .updateTable('sign_ins')
    .set({ ended_at: sql<string>`clock_timestamp()` })
    .where('person', '=', person)
    .where('started_at', 'is not', null)
    .where('ended_at', 'is', null)
    .execute();
};
