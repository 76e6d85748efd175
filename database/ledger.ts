import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Instant } from '../domain/dates.ts';
import type { Database, MessageRow } from './schema.ts';
import type { SendTime } from './send-times.ts';

/**
 * The steps of one message from `planned` to an end. Each is one statement that names the state it expects, so that of
 * two attempts only one takes it. Leases are about processes that may have died, so they run by the database's clock;
 * case time is for cases.
 */

type Db = Kysely<Database>;

/** One message, or all that go with one mail: what happens to that mail happens to each of them. */
export type Keys = string | readonly string[];

const listOf = (keys: Keys): string[] => (typeof keys === 'string' ? [keys] : [...keys]);

/** What is stored before the first attempt, and sent by every one. */
export interface Rendering {
  /** The id of the person it is meant for, and of the one it is written to; absent when a shared mailbox is. */
  readonly meant?: string;
  readonly person?: string;
  readonly address: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** As iCalendar. */
  readonly calendar?: string | undefined;
  /** With its angle brackets. */
  readonly messageId: string;
}

/** How an attempt can end a message. */
export type Ending = 'sent' | 'refused' | 'inDoubt' | 'withdrawn' | 'nobody';

const now = sql<string>`clock_timestamp()`;
const expired = sql<boolean>`claim_until < clock_timestamp()`;
const inSeconds = (seconds: number) => sql<string>`clock_timestamp() + make_interval(secs => ${seconds})`;

/** Of an attempt: what it is known by, and how long what it takes is its own while it gives no sign of life. */
export interface Claim {
  readonly token: string;
  readonly leaseSeconds: number;
}

/** A message that an attempt may take, and whether what it chases is still owed by the plan that it was written for. */
export type HeldMessage = MessageRow & { readonly owed: boolean };

const owed = sql<boolean>`deadline is null or exists (select from deadlines
  where deadlines.case_id = messages.case_id and name = deadline
    and starts_with(messages.key, messages.case_id || '/' || deadline || '/' || version || '/'))`;

/** Planned, or its holder has let its lease run out. */
const isToBeHad = sql<boolean>`(state = 'planned' or state = 'claimed' and ${expired})`;

/** Messages that an attempt may take, held until the transaction ends: nobody else takes them meanwhile. */
export const holding = (trx: Transaction<Database>) =>
  trx.selectFrom('messages').selectAll().select(owed.as('owed')).where(isToBeHad).forUpdate();

/** One of them; undefined when it is not to be had. */
export const hold = (trx: Transaction<Database>, key: string): Promise<HeldMessage | undefined> =>
  holding(trx).where('key', '=', key).executeTakeFirst();

/** The same if it is in no gathered mail, which would have to be held before, and its time has come: so are most. */
export const holdAlone = (
  trx: Transaction<Database>,
  key: string,
  at: Instant | undefined,
): Promise<HeldMessage | undefined> =>
  holding(trx)
    .where('key', '=', key)
    .where('digest', 'is', null)
    .$if(at !== undefined, (query) => query.where('send_at', '<=', at ?? ''))
    .executeTakeFirst();

const oneMore = sql<number>`attempts + 1`;

/** What a claim writes, and what it takes away again. */
export const claimedBy = ({ token, leaseSeconds }: Claim) =>
  ({
    state: 'claimed',
    claim_token: token,
    claim_until: inSeconds(leaseSeconds),
    attempts: oneMore,
    changed_at: now,
  }) as const;
const unclaimed = { claim_token: null, claim_until: null, changed_at: now } as const;

/**
 * Takes a message, and keeps its text for all attempts when it has none yet; undefined when it is not to be had. Taken and
 * written at once, since each change writes the row anew.
 */
export const claim = (db: Db, key: string, by: Claim, rendering?: Rendering): Promise<MessageRow | undefined> =>
  db
    .updateTable('messages')
    .set({ ...claimedBy(by), ...(rendering ? columnsOf(rendering) : {}) })
    .where('key', '=', key)
    .where(isToBeHad)
    .returningAll()
    .executeTakeFirst();

/** A message as it stands, and how long its holder may still work on it: 0 when nobody does. */
export async function findMessage(
  db: Db,
  key: string,
): Promise<(MessageRow & { leaseSecondsLeft: number }) | undefined> {
  return db
    .selectFrom('messages')
    .selectAll()
    .select(
      sql<number>`coalesce(greatest(0, extract(epoch from claim_until - clock_timestamp())), 0)::float8`.as(
        'leaseSecondsLeft',
      ),
    )
    .where('key', '=', key)
    .executeTakeFirst();
}

/** When a message goes that is not sent yet, and what it waits to go with. */
export const findWaiting = (db: Db, key: string) =>
  db
    .selectFrom('messages')
    .select(['send_at', 'digest'])
    .where('key', '=', key)
    .where('state', 'in', ['planned', 'claimed'])
    .executeTakeFirst();

const columnsOf = ({ meant, person, address, language, subject, text, html, calendar, messageId }: Rendering) => ({
  meant: meant ?? null,
  person: person ?? null,
  address,
  language,
  subject,
  body_text: text,
  body_html: html,
  body_calendar: calendar ?? null,
  message_id: messageId,
});

/** Ends a message that is held in this transaction: nothing of it has left. */
export const endHeld = (trx: Transaction<Database>, key: string, state: Ending, reply: string): Promise<unknown> =>
  trx
    .updateTable('messages')
    .set({ state, reply, attempts: oneMore, ...unclaimed, ...pastIn(state) })
    .where('key', '=', key)
    .execute();

/** Leaves messages that are held in this transaction for a later attempt, with what kept this one from writing them. */
export const leaveHeld = (trx: Transaction<Database>, keys: readonly string[], reply: string): Promise<unknown> =>
  trx
    .updateTable('messages')
    .set({ state: 'planned', reply, attempts: oneMore, ...unclaimed })
    .where('key', 'in', keys)
    .execute();

/** Nobody has to look at what failed when its case was closed after what it says. */
export const isPastBy = (closedAt: RawBuilder<unknown>) => sql<boolean>`coalesce(messages.at < ${closedAt}, false)`;
const isPast = isPastBy(sql`(select closed_at from cases where cases.id = messages.case_id)`);
const pastIn = (state: Ending) => (state === 'refused' || state === 'nobody' ? { past: isPast } : {});

/** What has passed the gate is only doubtful to others: they leave its holder time to say what came of it, with Postgres away. */
const afterGate = 2;

/** The holder of messages lives. Those that are no longer its own stay as they are. */
export async function renew(db: Db, keys: Keys, token: string, leaseSeconds: number): Promise<void> {
  await db
    .updateTable('messages')
    .set({
      claim_until: sql<string>`clock_timestamp()
        + make_interval(secs => ${leaseSeconds}::float8 * case state when 'inData' then ${afterGate}::int else 1 end)`,
    })
    .where('key', 'in', listOf(keys))
    .where('claim_token', '=', token)
    .where('state', 'in', ['claimed', 'inData'])
    .execute();
}

/**
 * From here on the server may have the mail. The lease starts anew, so that nobody calls it doubtful while it is being
 * written. All of its messages pass, or none: one that was withdrawn meanwhile shuts the gate.
 *
 * @param keys a list: a gathered mail, which is gone with it. One key: a letter in none; the gate stays shut for one that is
 */
export async function openGate(db: Db, keys: Keys, token: string, leaseSeconds: number): Promise<boolean> {
  const list = listOf(keys);
  const opening = (within: Db) =>
    within
      .updateTable('messages')
      .set({ state: 'inData', claim_until: inSeconds(leaseSeconds * afterGate), changed_at: now })
      .where('key', 'in', list)
      .where('claim_token', '=', token)
      .where('state', '=', 'claimed');
  if (typeof keys === 'string')
    return (await opening(db).where('digest', 'is', null).executeTakeFirst()).numUpdatedRows === 1n;
  const opened = db.transaction().execute(async (trx) => {
    await markGone(trx, list, true);
    const { numUpdatedRows } = await opening(trx).executeTakeFirst();
    if (numUpdatedRows !== BigInt(list.length)) throw new GateShut();
    return true;
  });
  return opened.catch((error: unknown) => {
    if (error instanceof GateShut) return false;
    throw error;
  });
}

class GateShut extends Error {}

const inTransaction = <T>(db: Db, act: (trx: Db) => Promise<T>): Promise<T> =>
  db.isTransaction ? act(db) : db.transaction().execute(act);

/** A reader gets one gathered mail a day: what comes after it has begun to leave waits for the next. */
const markGone = (db: Db, keys: readonly string[], gone: boolean) =>
  db
    .updateTable('digests')
    .set({ gone })
    .where('key', 'in', (from) =>
      from.selectFrom('messages').select('digest').where('key', 'in', keys).$narrowType<{ digest: string }>(),
    )
    .execute();

/** Ends messages. A holder that was given up may still say what came of them: a certain answer is better than doubt. */
export async function settle(db: Db, keys: Keys, token: string, state: Ending, reply: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({ state, reply, claim_until: null, changed_at: now, ...pastIn(state) })
    .where('key', 'in', listOf(keys))
    .where('claim_token', '=', token)
    .where('state', 'in', ['claimed', 'inData', 'inDoubt'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Gives messages back for a later attempt. Only for a failure after which the server certainly does not have them. */
export const backToPlanned = (db: Db, keys: Keys, token: string, reply: string): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('messages')
      .set({ state: 'planned', reply, ...unclaimed })
      .where('key', 'in', listOf(keys))
      .where('claim_token', '=', token)
      .where('state', 'in', ['claimed', 'inData'])
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await markGone(trx, listOf(keys), false);
    return numUpdatedRows > 0n;
  });

/** Declares a message doubtful whose holder went away after the gate, and with it those that went in the same mail. */
export async function markInDoubt(db: Db, key: string, reply: string): Promise<boolean> {
  const { numUpdatedRows } = await doubting(db, key, reply).executeTakeFirst();
  return numUpdatedRows > 0n;
}

export const doubting = (db: Db, key: string, reply: string) =>
  db
    .updateTable('messages')
    .set({ state: 'inDoubt', reply, claim_until: null, changed_at: now })
    .where(isOrWentWith(key))
    .where('state', '=', 'inData')
    .where(expired);

/** A message, and those that went, or may have gone, in one mail with it; looked up, since thousands may be under way. */
const isOrWentWith = (key: string) => sql<boolean>`key = any(array(
  select ${key}::text union all select other.key from messages as one
    join messages as other on other.digest = one.digest and other.message_id = one.message_id where one.key = ${key}))`;

/** Gives a message up. Taking the token away shuts the gate to an attempt that is still under way. */
export async function markExpired(db: Db, key: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({
      state: 'expired',
      reply: sql<string>`coalesce(reply, ${'It was never tried: no worker for mail was up in time.'}::text)`,
      past: isPast,
      ...unclaimed,
    })
    .where('key', '=', key)
    .where('state', 'in', ['planned', 'claimed'])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * A person says that a message has reached its reader, by mail though that was in doubt or in some other way, and what
 * went with it; false when it was not undelivered. Safe to repeat.
 */
export async function settleAsSent(
  db: Db,
  key: string,
  verdict: { readonly by: string; readonly why: string },
): Promise<boolean> {
  const { by, why } = verdict;
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({
      state: 'sent',
      reply: sql<string>`${`Settled as sent by ${by}: ${why} Before: `}::text || coalesce(reply, '')`,
      // Without its token an attempt that comes back late can no longer say otherwise.
      claim_token: null,
      changed_at: now,
    })
    .where(isOrWentWith(key))
    .where(sql<boolean>`standing in ('failed', 'inDoubt')`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * The messages that say the same to others because of the same event, or that and what they owe themselves, have arrived
 * or may still, and come before this one by their keys; with the address of those that are written.
 */
export const sameLetterBefore = (
  db: Kysely<Database>,
  message: MessageRow,
): Promise<{ recipient: string; address: string | null }[]> =>
  db
    .selectFrom('messages')
    .select(['recipient', 'address'])
    .where('state', 'not in', ['refused', 'expired', 'nobody', 'withdrawn'])
    .where('case_id', '=', message.case_id)
    .where('event_number', '=', message.event_number)
    .where('text', '=', message.text)
    .where((eb) => eb('tone', 'is not distinct from', message.tone))
    .where('key', '<', message.key)
    .where(sql<boolean>`facts @> ${JSON.stringify(message.facts)}::jsonb`)
    .orderBy('key')
    .execute();

/**
 * A person wants a message sent again. What was never accepted is written anew, since an address may have been put
 * right; what is in doubt keeps its text, unless it went in a gathered mail: it then goes as a letter of its own.
 */
export async function reopen(db: Db, key: string, { sendAt, zone }: SendTime): Promise<void> {
  await sql`
    update messages set state = 'planned', past = false, claim_token = null, changed_at = clock_timestamp(),
      message_id = case when state = 'inDoubt' and body_text is not null then message_id end,
      body_text = case when state = 'inDoubt' then body_text end,
      digest = null, send_at = ${sendAt}::timestamptz, send_zone = ${zone ?? null}
    where key = ${key} and standing in ('failed', 'inDoubt')`.execute(db);
}
