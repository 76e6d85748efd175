import { type Kysely, sql } from 'kysely';
import type { Database, MessageRow } from './schema.ts';

/**
 * The steps of one message from `planned` to an end. Each is one statement that names the state it expects, so that of
 * two attempts only one takes it. Leases are about processes that may have died, so they run by the database's clock;
 * case time is for cases.
 */

type Db = Kysely<Database>;

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

/** Takes a planned message, or one whose holder has let its lease run out; undefined when it is not to be had. */
export async function claim(db: Db, key: string, token: string, leaseSeconds: number): Promise<MessageRow | undefined> {
  return db
    .updateTable('messages')
    .set(({ eb }) => ({
      state: 'claimed',
      claim_token: token,
      claim_until: inSeconds(leaseSeconds),
      attempts: eb('attempts', '+', 1),
      changed_at: now,
    }))
    .where('key', '=', key)
    .where((row) => row.or([row('state', '=', 'planned'), row.and([row('state', '=', 'claimed'), expired])]))
    .returningAll()
    .executeTakeFirst();
}

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

/** Whether what a claimed message chases is still owed by the plan that it was written for. */
export async function isStillOwed(db: Db, { case_id, deadline, key }: MessageRow): Promise<boolean> {
  if (deadline === null) return true;
  const row = await db
    .selectFrom('deadlines')
    .select('version')
    .where('case_id', '=', case_id)
    .where('name', '=', deadline)
    .executeTakeFirst();
  return row !== undefined && key.startsWith(`${case_id}/${deadline}/${row.version}/`);
}

/** Keeps the text for all attempts; the first one to store it wins, and only while it holds the claim. */
export async function storeRendering(
  db: Db,
  key: string,
  token: string,
  rendering: Rendering,
): Promise<MessageRow | undefined> {
  const { meant, person, address, language, subject, text, html, calendar, messageId } = rendering;
  return db
    .updateTable('messages')
    .set({
      meant: meant ?? null,
      person: person ?? null,
      address,
      language,
      subject,
      body_text: text,
      body_html: html,
      body_calendar: calendar ?? null,
      message_id: messageId,
    })
    .where('key', '=', key)
    .where('claim_token', '=', token)
    .where('state', '=', 'claimed')
    .where('message_id', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/**
 * From here on the server may have the message. The lease starts anew, so that nobody calls it doubtful while it is
 * being written.
 */
export async function openGate(db: Db, key: string, token: string, leaseSeconds: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({ state: 'inData', claim_until: inSeconds(leaseSeconds), changed_at: now })
    .where('key', '=', key)
    .where('claim_token', '=', token)
    .where('state', '=', 'claimed')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends a message. A holder that was given up may still say what came of it: a certain answer is better than doubt. */
export async function settle(db: Db, key: string, token: string, state: Ending, reply: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({ state, reply, claim_until: null, changed_at: now })
    .where('key', '=', key)
    .where('claim_token', '=', token)
    .where('state', 'in', ['claimed', 'inData', 'inDoubt'])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Gives the message back for a later attempt. Only for a failure after which the server certainly does not have it. */
export async function backToPlanned(db: Db, key: string, token: string, reply: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({ state: 'planned', reply, claim_token: null, claim_until: null, changed_at: now })
    .where('key', '=', key)
    .where('claim_token', '=', token)
    .where('state', 'in', ['claimed', 'inData'])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Declares a message doubtful whose holder went away after the gate. */
export async function markInDoubt(db: Db, key: string, reply: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({ state: 'inDoubt', reply, claim_until: null, changed_at: now })
    .where('key', '=', key)
    .where('state', '=', 'inData')
    .where(expired)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Gives a message up. Taking the token away shuts the gate to an attempt that is still under way. */
export async function markExpired(db: Db, key: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({
      state: 'expired',
      reply: sql<string>`coalesce(reply, ${'It was never tried: no worker for mail was up in time.'}::text)`,
      claim_token: null,
      claim_until: null,
      changed_at: now,
    })
    .where('key', '=', key)
    .where('state', 'in', ['planned', 'claimed'])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** A person says that a message in doubt has arrived; false when it was not in doubt. Safe to repeat. */
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
    .where('key', '=', key)
    .where('state', '=', 'inDoubt')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The messages that say the same to others because of the same event, and come before this one by their keys. */
export const sameLetterBefore = (db: Kysely<Database>, message: MessageRow): Promise<{ recipient: string }[]> =>
  db
    .selectFrom('messages')
    .select('recipient')
    .where('case_id', '=', message.case_id)
    .where('event_number', '=', message.event_number)
    .where('text', '=', message.text)
    .where((eb) => eb('tone', 'is not distinct from', message.tone))
    .where('key', '<', message.key)
    .where(sql<boolean>`facts = ${JSON.stringify(message.facts)}::jsonb`)
    .orderBy('key')
    .execute();

/** A person wants a message sent again. What was never accepted is written anew, since an address may have been put right; what is in doubt keeps its text. */
export async function reopen(db: Db, key: string): Promise<void> {
  await sql`
    update messages set state = 'planned', claim_token = null, changed_at = clock_timestamp(),
      message_id = case when state = 'inDoubt' then message_id end
    where key = ${key} and state in ('refused', 'expired', 'inDoubt', 'nobody')`.execute(db);
}
