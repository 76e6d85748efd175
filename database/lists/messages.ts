import { type Kysely, type RawBuilder, sql } from 'kysely';
import { summaryInWords } from '../../domain/case/label.ts';
import { type Instant, instantOf, millisecondsOf } from '../../domain/dates.ts';
import type { Database, MessageRow, MessageState } from '../schema.ts';
import type { MessageStanding } from './message-standings.ts';
import { coordinatedBy } from './placed.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, type Page, paged } from './page.ts';

export interface MessageFilter {
  readonly case?: string | undefined;
  readonly standing?: MessageStanding | undefined;
  /** Only those of the cases that one of these coordinates. */
  readonly coordinators?: readonly string[] | undefined;
}

export interface ListedMessage {
  readonly key: string;
  readonly caseId: string;
  readonly recipient: string;
  readonly address: string | null;
  /** When what it tells of happened, and when it goes. */
  readonly at: string;
  readonly sendAt: string;
  readonly zone: string | null;
  /** The gathered mail that it waits for or went with. */
  readonly digest: string | null;
  readonly state: MessageState;
  readonly standing: MessageStanding;
  readonly summary: string;
  readonly subject: string | null;
  readonly attempts: number;
  readonly messageId: string | null;
  readonly reply: string | null;
  readonly changedAt: string;
}

export function messagesQuery(db: Kysely<Database>, filter: MessageFilter, page: Page) {
  let query = db
    .selectFrom('messages')
    .select(['key', 'case_id as caseId', 'recipient', 'address', 'at', 'state', 'summary', 'subject', 'attempts'])
    .select(['message_id as messageId', 'reply', 'changed_at as changedAt'])
    .select(['send_at as sendAt', 'send_zone as zone', 'digest', 'standing'])
    .orderBy('at', 'desc')
    .orderBy('key', 'desc')
    .limit(limitOf(page) + 1);
  if (filter.case) query = query.where('case_id', '=', filter.case);
  if (filter.standing) query = query.where('standing', '=', filter.standing);
  if (filter.coordinators)
    query = query.where(
      sql<boolean>`exists (select from cases where id = messages.case_id and ${coordinatedBy(filter.coordinators)})`,
    );
  if (page.after === undefined) return query;
  const [at, key] = keyParts(page.after, [forms.instant, forms.anything]);
  return query.where(sql<boolean>`(at, key) < (${at}::timestamptz, ${key})`);
}

/** Messages, newest first. */
export const listMessages = async (
  db: Kysely<Database>,
  filter: MessageFilter = {},
  page: Page = {},
): Promise<Listed<ListedMessage>> =>
  paged(described(await messagesQuery(db, filter, page).execute()), page, ({ at, key }) => keyOf(at, key));

const described = <Row extends { readonly summary: string }>(rows: readonly Row[]): readonly Row[] =>
  rows.map((row) => ({ ...row, summary: summaryInWords(row.summary) }));

/** What a letter is made of. */
export type LetterMade = Pick<MessageRow, 'case_id' | 'text' | 'at' | 'facts'>;

/** Of these messages, what they are made of, by their keys. */
export async function lettersMade(
  db: Kysely<Database>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, LetterMade>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('messages')
    .select(['key', 'case_id', 'text', 'at', 'facts'])
    .where('key', 'in', keys)
    .execute();
  return new Map(rows.map(({ key, ...letter }) => [key, letter]));
}

/** Who coordinates the case of a message. */
export const coordinatorOf = async (db: Kysely<Database>, key: string): Promise<string | undefined> =>
  (
    await db
      .selectFrom('messages')
      .innerJoin('cases', 'cases.id', 'messages.case_id')
      .select('cases.coordinator')
      .where('messages.key', '=', key)
      .executeTakeFirst()
  )?.coordinator;

/** One message with its text, and that of the mail which it was gathered in; nothing if there is none of this key. */
export const findMessage = (
  db: Kysely<Database>,
  key: string,
): Promise<(MessageRow & { digest_text: string | null }) | undefined> =>
  db
    .selectFrom('messages')
    .leftJoin('digests', (join) =>
      join.onRef('digests.key', '=', 'messages.digest').onRef('digests.message_id', '=', 'messages.message_id'),
    )
    .selectAll('messages')
    .select('digests.body_text as digest_text')
    .where('messages.key', '=', key)
    .executeTakeFirst();

export type Trouble = 'notSent' | 'notRecorded' | 'inDoubt' | 'refused' | 'expired' | 'nobody';

/** A message that somebody has to look at. */
export interface MailTrouble {
  readonly trouble: Trouble;
  /** The key of the message; of a reminder that is not even on record, its case and deadline. */
  readonly key: string;
  readonly caseId: string;
  readonly recipient: string | null;
  readonly at: string;
  readonly summary: string;
  readonly reply: string | null;
}

/** How long after its send time a message may still be on its way. */
export const graceMinutes = 15;

export function mailTroublesQuery(asOf: Instant, page: Page) {
  const before = sql`${instantOf(millisecondsOf(asOf) - graceMinutes * 60_000)}::timestamptz`;
  const [at, key] =
    page.after === undefined ? ['-infinity', ''] : keyParts(page.after, [forms.instant, forms.anything]);
  const later = sql`(at, key) > (${at}::timestamptz, ${key}) order by at, key limit ${limitOf(page) + 1}`;
  const troubles = [notSentBefore(before), notDelivered, notRecordedBefore(before)];
  // Each lies in its own order: a page of all is made of a page of each.
  const pages = troubles.map((each) => sql`(select * from (${each}) as trouble where ${later})`);
  return sql<MailTrouble>`select * from (${sql.join(pages, sql` union all `)}) as troubles where ${later}`;
}

const ofMessage = sql`m.key, m.case_id as "caseId", m.recipient, m.send_at as at, m.summary, m.reply`;

const notSentBefore = (limit: RawBuilder<unknown>) => sql`
  select 'notSent' as trouble, ${ofMessage} from messages m where m.standing = 'expected' and m.send_at < ${limit}`;

// What a case said before its end is past; its last words still have to arrive. Most of the past is marked as such already.
const notDelivered = sql`
  select m.state as trouble, ${ofMessage} from messages m join cases c on c.id = m.case_id
  where m.standing in ('failed', 'inDoubt') and not m.past
    and (m.standing = 'inDoubt' or c.closed_at is null or m.at >= c.closed_at)`;

const notRecordedBefore = (limit: RawBuilder<unknown>) => sql`
  select 'notRecorded' as trouble, d.case_id || '/' || d.name as key, d.case_id as "caseId", d.owed_by as recipient,
    d.next_rung_at as at, 'Reminder ' || d.next_rung || ' for "' || d.says || '"' as summary, null as reply
  from deadlines d where d.next_rung_at < ${limit}`;

/**
 * Mail that should have gone and did not, oldest first: planned more than 15 minutes before `asOf` and not sent, or not
 * even put on record, besides what is in doubt. What the server refused is shown as long as the case
 * is open; of the words with which it ended, until somebody settles it.
 */
export const listMailTroubles = async (
  db: Kysely<Database>,
  asOf: Instant,
  page: Page = {},
): Promise<Listed<MailTrouble>> => {
  const { rows } = await mailTroublesQuery(asOf, page).execute(db);
  return paged(described(rows), page, ({ at, key }) => keyOf(at, key));
};
