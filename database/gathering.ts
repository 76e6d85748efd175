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
  /** Further reminders of this morning are not on record yet; `behind`: how many to anybody, as far as that is counted. */
  | { readonly is: 'gathering'; readonly behind: number };

/** How long a gathered mail waits for those that are due and do not come: a case may be stuck. */
const longestWait = '10 minutes';

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
  if (await areMoreToCome(trx, digest)) return { is: 'gathering', behind: await countBehind(trx, digest) };
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
 * Whether the register knows of rungs that are due to this reader by now and not on record yet: the cases of one morning
 * wake one after the other. Nobody waits for long: a case may be stuck, and is raised by `mail check`.
 */
async function areMoreToCome(trx: Transaction<Database>, digest: DigestRow): Promise<boolean> {
  const { rows } = await moreToComeQuery(digest).execute(trx);
  return (rows[0]?.more ?? false) && (await mayStillWait(trx, digest.key));
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
    select from deadlines d join cases c on c.id = d.case_id, mail
    where d.next_rung_at <= mail.send_at and c.closed_at is null
      and (d.owed_by in (select party from owners) or c.coordinator in (select id from readers))
  ) as more`;

/** More than this makes no difference to anybody who waits. */
const mostCounted = 3_000;

/** Cases wake in no order that is known here: those of this reader may be the last of all that are due. */
export const behindQuery = ({ key }: Pick<DigestRow, 'key'>) => sql<{ behind: number }>`
  select count(*)::integer as behind from (
    select from deadlines
    where next_rung_at <= (select max(send_at) from messages where digest = ${key} and state in ('planned', 'claimed'))
    limit ${sql.lit(mostCounted)}
  ) as due`;

async function countBehind(trx: Transaction<Database>, digest: DigestRow): Promise<number> {
  const { rows } = await behindQuery(digest).execute(trx);
  return rows[0]?.behind ?? 0;
}

/** For ten minutes from the first time that it was to go. */
async function mayStillWait(trx: Transaction<Database>, key: string): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    update digests set gathering_since = coalesce(gathering_since, clock_timestamp()) where key = ${key}
    returning clock_timestamp() < gathering_since + ${longestWait}::interval as may`.execute(trx);
  return rows[0]?.may ?? false;
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
