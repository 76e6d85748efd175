import { holdGathered, lockDigest } from '../../database/gathering.ts';
import * as ledger from '../../database/ledger.ts';
import type { DigestRow, MessageRow } from '../../database/schema.ts';
import { type MailHours, postpone, postponeToWork } from '../../database/send-times.ts';
import { lookAround, referencesAmong } from '../../database/surroundings.ts';
import type { Instant } from '../../domain/dates.ts';
import { letterOf, type WritingPost } from './attempt.ts';
import { gatheredMail, type Ready } from './gathered.ts';

export interface ToDeliver {
  readonly key: string;
  /** Case time. */
  readonly at: Instant | undefined;
  readonly token: string;
  readonly mailHours: MailHours;
}

/** What an attempt has of a message before the mail server is asked. */
export type Claimed =
  | ({ readonly is: 'ready' } & Ready)
  /** It has ended, another attempt has it, or it waits for another reader: its row says so. */
  | { readonly is: 'taken' }
  | { readonly is: 'postponed'; readonly until: Instant }
  /** Further reminders to the same reader are not on record yet. */
  | { readonly is: 'gathering'; readonly digest: string; readonly askAgainMs: number }
  /** It could not be written, and is back where it was. */
  | { readonly is: 'failed'; readonly error: unknown };

/**
 * Claims a message, with those that go in the same mail, and writes it, in one transaction: who dies before its end has
 * claimed nothing, and what is claimed has its text.
 */
export async function claimedMail(post: WritingPost, asked: ToDeliver): Promise<Claimed> {
  const { db } = post;
  const { key, at, token, mailHours } = asked;
  const alone = await ledger.holdAlone(db, key, at);
  const waiting = alone ?? (await ledger.findWaiting(db, key));
  if (!waiting) return { is: 'taken' };
  if (at && waiting.send_at > at) return { is: 'postponed', until: waiting.send_at };
  const digest = waiting.digest === null ? undefined : await lockDigest(db, waiting.digest);
  const message = alone ?? (await ledger.hold(db, key));
  if (!message) return { is: 'taken' };
  if (at && mailHours === 'office') {
    await lookAround(db, namedIn(message), message.send_at);
    const until = await postponeToWork(db, message, at);
    if (until) return { is: 'postponed', until };
  }
  if (digest) return claimedGathered(post, digest, asked);
  return unlessFailing(post, [message], async () => {
    const mail = await letterOf(post, message, token);
    return mail && { going: [message], mail };
  });
}

async function claimedGathered(post: WritingPost, digest: DigestRow, { key, token }: ToDeliver): Promise<Claimed> {
  const held = await holdGathered(post.db, digest);
  switch (held.is) {
    case 'gone': {
      const until = await postpone(post.db, key);
      return until ? { is: 'postponed', until } : { is: 'taken' };
    }
    case 'gathering':
      return { is: 'gathering', digest: digest.key, askAgainMs: held.askAgainMs };
    case 'busy':
      return { is: 'taken' };
    case 'held':
      return unlessFailing(post, held.rows, () => gatheredMail(post, held, token));
  }
}

const namedIn = ({ recipient, facts }: Pick<MessageRow, 'recipient' | 'facts'>): string[] =>
  referencesAmong([recipient, facts]);

const earliest = (messages: readonly MessageRow[]): Instant =>
  messages.map((message) => message.send_at).reduce((one, other) => (one < other ? one : other));

/** What cannot be written is given back, with the reason; where Postgres itself fails, nothing of all this has happened. */
async function unlessFailing(
  { db }: WritingPost,
  messages: readonly MessageRow[],
  write: () => Promise<Ready | undefined>,
): Promise<Claimed> {
  try {
    await lookAround(db, messages.flatMap(namedIn), earliest(messages));
    const ready = await write();
    return ready ? { is: 'ready', ...ready } : { is: 'taken' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const keys = messages.map(({ key }) => key);
    await ledger.leaveHeld(db, keys, `Not sent: ${reason}`).catch(() => {
      throw error;
    });
    return { is: 'failed', error };
  }
}
