import { sql, type Transaction } from 'kysely';
import type { CivilDate } from '../domain/dates.ts';
import { type Claim, claimedBy, type HeldMessage, holding } from './ledger.ts';
import type { Database, DigestRow } from './schema.ts';
import { openDigest } from './send-times.ts';

/**
 * The gathered mail of a reader on a day. Whoever is to send one of its messages claims all of them under one token;
 * from there on they go through the ledger together, as one message does alone.
 */

export type Held =
  | { readonly is: 'held'; readonly rows: readonly HeldMessage[]; readonly digest: DigestRow }
  /** Something was sent for this day already: what is left waits for the next. */
  | { readonly is: 'gone' }
  /** Another attempt has them. */
  | { readonly is: 'busy' }
  /** Further reminders of this morning are not on record yet. */
  | { readonly is: 'gathering'; readonly askAgainMs: number };

/** How long a gathered mail waits for those that are due and do not come: a case may be stuck. */
const longestWaitMs = 600_000;
/** No worker puts reminders on record faster: who asks again before can only be in the way of those that are awaited. */
const msPerReminder = 20;

/**
 * Holds a gathered mail before any of its messages: of several attempts one goes on, the others wait here, and find the
 * messages taken. Whoever held a message first would wait for the one who waits for it.
 */
export const lockDigest = (trx: Transaction<Database>, key: string): Promise<DigestRow> =>
  trx.selectFrom('digests').selectAll().where('key', '=', key).forNoKeyUpdate().executeTakeFirstOrThrow();

/** Holds all messages that wait for this mail, which is held, and those that an earlier day has left behind. */
export async function holdGathered(trx: Transaction<Database>, digest: DigestRow): Promise<Held> {
  const { key } = digest;
  if (digest.gone) return { is: 'gone' };
  if (await isHeld(trx, key)) return { is: 'busy' };
  const askAgainMs = await askAgainAfter(trx, digest);
  if (askAgainMs > 0) return { is: 'gathering', askAgainMs };
  const ofReader = trx
    .selectFrom('digests')
    .select('digests.key')
    .where('reader', '=', digest.reader)
    .where('day', '<=', digest.day);
  const rows = await holding(trx).where('digest', 'in', ofReader).execute();
  const left = rows.filter((row) => row.digest !== key).map((row) => row.key);
  if (left.length > 0) await trx.updateTable('messages').set({ digest: key }).where('key', 'in', left).execute();
  return { is: 'held', rows, digest };
}

const isHeld = async (trx: Transaction<Database>, key: string): Promise<boolean> => {
  const held = trx
    .selectFrom('messages')
    .select('key')
    .where('digest', '=', key)
    .where((row) =>
      row.or([
        row('state', '=', 'inData'),
        row.and([row('state', '=', 'claimed'), sql<boolean>`claim_until >= clock_timestamp()`]),
      ]),
    );
  return (await held.executeTakeFirst()) !== undefined;
};

/**
 * After how many milliseconds to ask again whether the rest of this morning's reminders to this reader has come; 0 when there
 * is nothing to wait for. Each question is at least as far away as the morning was long so far: however slow a morning is, a
 * letter asks some ten times at most. Nobody waits for long: a case may be stuck, and is raised by `mail check`.
 */
async function askAgainAfter(trx: Transaction<Database>, digest: DigestRow): Promise<number> {
  const { rows: more } = await moreToComeQuery(digest).execute(trx);
  if (!more[0]?.more) return 0;
  const waitedMs = await waitedSoFar(trx, digest.key);
  const { rows: due } = await behindQuery(digest).execute(trx);
  const behindMs = (due[0]?.behind ?? 0) * msPerReminder;
  return Math.max(0, Math.min(Math.max(behindMs, waitedMs), longestWaitMs - waitedMs));
}

/** People are joined by their bare ids, which have indexes: this is asked for each gathered mail, however many there are. */
export const moreToComeQuery = ({ key, reader, day }: Pick<DigestRow, 'key' | 'reader' | 'day'>) => sql<{
  more: boolean;
}>`
  with recursive mail as (
    select max(send_at) as send_at from messages where digest = ${key} and state in ('planned', 'claimed')
  ), readers(id) as (
    select substr(party, 8) from (select ${reader}::text) as reader(party) where starts_with(party, 'person/')
    union select others.id from readers r, lateral (
      -- For whom they stand in, and whom they follow.
      select a.person as id from absences a where a.stand_in = r.id
        and (select ${day}::date) between a.from_day and least(a.until_day, coalesce(a.back_on - 1, a.until_day))
      union all select p.id from people p where p.superior = r.id and p.left_on <= (select ${day}::date)
      union all select p.id from agencies a join people p on p.agency = a.id
        where a.contact = r.id and p.left_on <= (select ${day}::date)
    ) as others
  ), owners(party) as (
    select ${reader}::text
    union select 'person/' || id from readers
    union select 'person/' || id from people where superior = any(array(select id from readers))
    union select 'agency/' || id from agencies where contact = any(array(select id from readers))
    union select 'agency/' || a.id from people p join agencies a on a.contact = p.id
      where p.superior = any(array(select id from readers))
  )
  select exists (
    select from deadlines d where d.owed_by = any(array(select party from owners))
      and d.next_rung_at <= (select send_at from mail) and (select closed_at from cases where id = d.case_id) is null
  ) or exists (
    select from cases c where c.coordinator = any(array(select id from readers)) and c.closed_at is null
      and exists (select from deadlines where case_id = c.id and next_rung_at <= (select send_at from mail))
  ) as more`;

/** Cases wake in no order that is known here: those of this reader may be the last of all that are due. */
export const behindQuery = ({ key }: Pick<DigestRow, 'key'>) => sql<{ behind: number }>`
  select count(*)::integer as behind from (
    select from deadlines
    where next_rung_at <= (select max(send_at) from messages where digest = ${key} and state in ('planned', 'claimed'))
    limit ${sql.lit(longestWaitMs / msPerReminder)}
  ) as due`;

/** Milliseconds since it was to go for the first time. */
async function waitedSoFar(trx: Transaction<Database>, key: string): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    update digests set gathering_since = coalesce(gathering_since, clock_timestamp()) where key = ${key}
    returning (extract(epoch from clock_timestamp() - gathering_since) * 1000)::float8 as ms`.execute(trx);
  return rows[0]?.ms ?? 0;
}

/** Keeps what goes with all messages of a gathered mail, before its first byte leaves. */
export interface GatheredRendering {
  readonly person?: string;
  readonly address: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** The quiet cases that it names, by their keys. */
  readonly quiet?: readonly string[];
}

/**
 * Claims the messages of a gathered mail, and stores its text and with each of them what it goes in. Written anew by every attempt until
 * one has passed the gate: up to there certainly nobody has an earlier text, and what was done meanwhile leaves it.
 */
export async function claimGathered(
  trx: Transaction<Database>,
  { key, messages }: { readonly key: string; readonly messages: readonly Carried[] },
  { person, address, language, subject, text, html, messageId, quiet = [] }: GatheredRendering,
  by: Claim,
): Promise<void> {
  const written = { person: person ?? null, address, language, subject, message_id: messageId };
  const meant = Object.fromEntries(messages.map((message) => [message.key, message.meant]));
  await trx
    .updateTable('messages')
    .set({ ...written, ...claimedBy(by), body_text: null, body_html: null })
    .set({ meant: sql<string | null>`${JSON.stringify(meant)}::jsonb->>key` })
    .where('key', 'in', Object.keys(meant))
    .execute();
  await trx
    .updateTable('digests')
    .set({ ...written, body_text: text, body_html: html, quiet: [...quiet] })
    .where('key', '=', key)
    .execute();
}

/** A message in a gathered mail, and the person it was meant for. */
interface Carried {
  readonly key: string;
  readonly meant: string | undefined;
}

/** The reader of a message that is held is another one by now: it waits for that reader's gathered mail of the same day. */
export async function rehome(
  trx: Transaction<Database>,
  { key, reader }: { readonly key: string; readonly reader: string },
  { day, zone }: { readonly day: CivilDate; readonly zone: string },
): Promise<void> {
  const digest = await openDigest(trx, { reader, day }, zone);
  await trx
    .updateTable('messages')
    .set({ state: 'planned', claim_token: null, claim_until: null, digest })
    .where('key', '=', key)
    .execute();
}
