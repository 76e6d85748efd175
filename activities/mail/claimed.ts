import { claimGathered, lockDigest } from '../../database/gathering.ts';
import * as ledger from '../../database/ledger.ts';
import type { DigestRow, MessageRow } from '../../database/schema.ts';
import { type MailHours, postpone, postponeToWork } from '../../database/send-times.ts';
import { lookAround, referencesAmong } from '../../database/surroundings.ts';
import type { Instant } from '../../domain/dates.ts';
import { letterOf } from './attempt.ts';
import { gatheredMail, type GatheringPost, type Ready } from './gathered.ts';

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
  | { readonly is: 'gathering'; readonly digest: string }
  /** It could not be written, and is back where it was. */
  | { readonly is: 'failed'; readonly error: unknown };

/**
 * Claims a message, with those that go in the same mail, and writes it, in one transaction: who dies before its end has
 * claimed nothing, and what is claimed has its text.
 */
export async function claimedMail(post: GatheringPost, asked: ToDeliver): Promise<Claimed> {
  const { db, leaseSeconds } = post;
  const { key, at, token, mailHours } = asked;
  const waiting = await ledger.findWaiting(db, key);
  if (!waiting) return { is: 'taken' };
  if (at && waiting.send_at > at) return { is: 'postponed', until: waiting.send_at };
  const digest = waiting.digest === null ? undefined : await lockDigest(db, waiting.digest);
  if (at && mailHours === 'office') {
    await lookAround(db, namedIn(waiting), waiting.send_at);
    const until = await postponeToWork(db, key, at);
    if (until) return { is: 'postponed', until };
  }
  if (digest) return claimedGathered(post, digest, asked);
  const message = await ledger.claim(db, key, token, leaseSeconds);
  if (!message) return { is: 'taken' };
  return unlessFailing(post, [message], token, async () => {
    const mail = await letterOf(post, message, token);
    return mail && { going: [message], mail };
  });
}

async function claimedGathered(post: GatheringPost, digest: DigestRow, { key, token }: ToDeliver): Promise<Claimed> {
  const claimed = await claimGathered(post.db, digest, token, post.leaseSeconds);
  switch (claimed.is) {
    case 'gone': {
      const until = await postpone(post.db, key);
      return until ? { is: 'postponed', until } : { is: 'taken' };
    }
    case 'gathering':
      return { is: 'gathering', digest: digest.key };
    case 'busy':
      return { is: 'taken' };
    case 'claimed':
      return unlessFailing(post, claimed.rows, token, () => gatheredMail(post, claimed, token));
  }
}

const namedIn = ({ recipient, facts }: Pick<MessageRow, 'recipient' | 'facts'>): string[] =>
  referencesAmong([recipient, facts]);

const earliest = (messages: readonly MessageRow[]): Instant =>
  messages.map((message) => message.send_at).reduce((one, other) => (one < other ? one : other));

/** What cannot be written is given back, with the reason; where Postgres itself fails, nothing of all this has happened. */
async function unlessFailing(
  { db }: GatheringPost,
  messages: readonly MessageRow[],
  token: string,
  write: () => Promise<Ready | undefined>,
): Promise<Claimed> {
  try {
    await lookAround(db, messages.flatMap(namedIn), earliest(messages));
    const ready = await write();
    return ready ? { is: 'ready', ...ready } : { is: 'taken' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const keys = messages.map(({ key }) => key);
    await ledger.backToPlanned(db, keys, token, `Not sent: ${reason}`).catch(() => {
      throw error;
    });
    return { is: 'failed', error };
  }
}
