import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Kysely } from 'kysely';
import * as ledger from '../database/ledger.ts';
import type { Database } from '../database/schema.ts';
import type { Pace } from '../database/pace.ts';
import type { MailHours } from '../database/send-times.ts';
import { firstFailure, isInTheWay, isUnreachable } from '../database/unreachable.ts';
import type { Instant } from '../domain/dates.ts';
import type { CodeAsked } from '../database/answer-codes.ts';
import { mailCode } from './mail/answer-code.ts';
import type { AnswerPages } from './mail/answer-link.ts';
import { type Ended, handedOver, whileHeld } from './mail/attempt.ts';
import { claimedMail } from './mail/claimed.ts';
import { mailboxOf } from './mail/identity.ts';
import type { Relay } from './mail/relay.ts';
import type { Stationery } from './mail/smtp.ts';
import { mailSignIn } from './mail/sign-in.ts';
import { takenFromStandIns } from './mail/stand-in-entries.ts';

export interface MailDependencies extends Stationery {
  readonly db: Kysely<Database>;
  readonly relay: Relay;
  /** The sender of every message: `Entente <entente@example.org>`. */
  readonly mailFrom: string;
  /** How fast mail may leave; absent: as fast as it can. */
  readonly pace?: Pace | undefined;
  /** Where letters are answered; absent: letters name commands. */
  readonly answerPages?: AnswerPages | undefined;
  /** Whether mail waits for its readers' working hours. */
  readonly mailHours?: MailHours;
  /** For how long a message belongs to an attempt that gives no sign of life. */
  readonly leaseSeconds?: number;
  /** Less than an activity may take; a relay that answers at all has done so by then. */
  readonly longestSendingSeconds?: number;
}

/**
 * How a message ended, or that it goes later: its reader is not at work, or has had the gathered mail of the day.
 * `follow` has the keys of what follows from it: an entry that it brings to somebody is taken out of the calendar of who stood in for them.
 */
export type Delivery =
  | (Ended & { readonly follow?: readonly string[] })
  | { readonly state: 'postponed'; readonly until: Instant };
export type MailActivities = ReturnType<typeof mailActivities>;

export const mailActivities = (dependencies: MailDependencies) => {
  const { db, relay, mailFrom, leaseSeconds = 30, longestSendingSeconds = 105, ...others } = dependencies;
  const { mailHours = 'office', bounceAddress, dkim, pace, answerPages } = others;
  const sender = { from: mailboxOf(mailFrom), bounceAddress, dkim, pace, answerPages };
  const post = { db, relay, leaseSeconds, longestSendingSeconds, ...sender };
  const delivered = async (key: string, at: Instant | undefined): Promise<Delivery> => {
    const token = randomUUID();
    const claimed = await db
      .transaction()
      .execute((trx) => claimedMail({ ...post, db: trx }, { key, at, token, mailHours }));
    if (claimed.is === 'postponed') return { state: 'postponed', until: claimed.until };
    if (claimed.is === 'failed') throw claimed.error;
    if (claimed.is === 'gathering')
      throw ApplicationFailure.create({
        type: 'MailGathering',
        message: `Further reminders to the same person are due and not on record yet; ${claimed.digest} waits for them.`,
        nextRetryDelay: Math.max(soon(), claimed.askAgainMs),
      });
    const { going, mail } = claimed.is === 'ready' ? claimed : { going: [], mail: undefined };
    const keys = going.map((row) => row.key);
    const sent = mail && (await whileHeld(post, keys, token, () => handedOver(post, going, token, mail)));
    const own = going.find((row) => row.key === key);
    const ended = sent && own ? sent : await alreadyTaken(db, key);
    const follow = own?.calendar === null ? [] : await takenFromStandIns(post, key);
    return follow.length > 0 ? { ...ended, follow } : ended;
  };
  return {
    /**
     * Sends one message that is on record, alone or with others to the same person, unless what it asks for is no longer
     * owed, and says how that ended. `at` is case time; cases of earlier versions do not say it.
     *
     * May run twice: an attempt claims the message first, and the body leaves only while it holds that claim. A message
     * whose first byte may have left is never sent again; it is in doubt, and a person settles it.
     *
     * @throws ApplicationFailure to be retried: `MailNotAccepted` after a temporary failure, `MailServerRefusesUs`
     * (wrong password or sender), `MailBusy` while another attempt holds it, `MailGathering` while what goes with it is
     * still put on record, `MailPaced` until its turn comes, `RegisterAway` while Postgres is. Not to be retried: `UnknownMessage`.
     */
    deliver: ({ key, at }: { readonly key: string; readonly at?: Instant }): Promise<Delivery> =>
      delivered(key, at).catch(soonAgain),

    /**
     * Gives a message up that could not be sent in time, and says how it ended.
     *
     * May run twice: a message that has ended stays as it is, and one whose fate is unknown becomes doubtful instead.
     *
     * @throws ApplicationFailure `MailBusy`, to be retried, while an attempt is writing it
     */
    expire: async ({ key }: { readonly key: string }): Promise<Ended> => {
      await ledger.markExpired(db, key);
      return alreadyTaken(db, key);
    },

    /**
     * Mails a code that was asked for on an answer page.
     *
     * May run twice: a code of the same number is the same, and its first byte leaves once only, within ten minutes.
     *
     * @throws ApplicationFailure to be retried: `PageMailNotSent`. Not to be retried: `NoLinkKey`.
     */
    mailCode: (asked: CodeAsked): Promise<void> => mailCode(post, asked),

    /**
     * Mails the link by which somebody signs in at the pages.
     *
     * May run twice: the link of one sign-in is the same, and its first byte leaves once only, within a quarter of an hour.
     *
     * @throws ApplicationFailure to be retried: `PageMailNotSent`. Not to be retried: `NoLinkKey`.
     */
    mailSignIn: (id: string): Promise<void> => mailSignIn(post, id),
  };
};

/** Others are at it, and mostly done in a moment; if they are not, there is no point in asking often. */
const soon = (): number => Math.min(200 * Context.current().info.attempt, 5_000);

/** A relay that refuses is asked ever less often; a register that was away has mail to let go as soon as it is back. */
function soonAgain(error: unknown): never {
  if (isInTheWay(error))
    throw ApplicationFailure.create({ type: 'MailBusy', message: firstFailure(error).message, nextRetryDelay: soon() });
  // What the relay says in its own words has been understood by then, time-outs included.
  if (error instanceof ApplicationFailure || !isUnreachable(error)) throw error;
  throw ApplicationFailure.create({
    type: 'RegisterAway',
    message: `The register does not answer: ${firstFailure(error).message}`,
    nextRetryDelay: '10s',
  });
}

/** What to say of a message that this attempt may not send. */
async function alreadyTaken(db: Kysely<Database>, key: string): Promise<Ended> {
  const goneAway = 'The sender went away while the message was being handed over; the server may have it.';
  await ledger.markInDoubt(db, key, goneAway);
  const message = await ledger.findMessage(db, key);
  if (!message) throw ApplicationFailure.nonRetryable(`There is no message ${key} in the ledger.`, 'UnknownMessage');
  const { state, reply, leaseSecondsLeft, digest } = message;
  if (state === 'planned' || state === 'claimed' || state === 'inData')
    throw ApplicationFailure.create({
      type: 'MailBusy',
      message: `Another attempt holds ${key} for ${Math.ceil(leaseSecondsLeft)} s at most.`,
      nextRetryDelay: Math.min(digest ? soon() : Number.MAX_SAFE_INTEGER, Math.ceil(leaseSecondsLeft * 1_000) + 500),
    });
  return { state, why: reply ?? 'No reason is on record.' };
}
