import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** A message that was sent and came back, as far as its case has to hear of it. */
export interface Returned {
  readonly key: string;
  readonly caseId: string;
  readonly recipient: string;
  readonly text: string;
  readonly attempts: number;
}

/**
 * The messages that came back from an address: those of the key or Message-ID that is known, else the last one that was
 * sent there for a case that is open.
 */
export async function messagesReturned(
  db: Kysely<Database>,
  address: string,
  known: { readonly key?: string | undefined; readonly messageId?: string | undefined } = {},
): Promise<readonly Returned[]> {
  const { key, messageId } = known;
  const query = db
    .selectFrom('messages')
    .innerJoin('cases', 'cases.id', 'messages.case_id')
    .select(['messages.key', 'messages.case_id as caseId', 'messages.recipient', 'messages.text', 'messages.attempts'])
    .where(sql<boolean>`lower(messages.address) = ${address.toLowerCase()}`)
    .where('messages.state', 'in', ['sent', 'inDoubt', 'refused']);
  if (key !== undefined) return query.where('messages.key', '=', key).execute();
  if (messageId !== undefined) return query.where('messages.message_id', '=', messageId).orderBy('key').execute();
  return query
    .where('messages.state', '=', 'sent')
    .where('cases.closed_at', 'is', null)
    .orderBy('messages.changed_at', 'desc')
    .orderBy('messages.key')
    .limit(1)
    .execute();
}

/** The ledger says that a message came back, so that it can be sent again. Safe to repeat. */
export async function markReturned(db: Kysely<Database>, key: string, why: string): Promise<void> {
  await db
    .updateTable('messages')
    .set({
      state: 'refused',
      reply: sql<string>`${`It came back (${why}). Before: `}::text || coalesce(reply, '')`,
      claim_token: null,
      changed_at: sql<string>`clock_timestamp()`,
    })
    .where('key', '=', key)
    .where('state', 'in', ['sent', 'inDoubt'])
    .execute();
}
