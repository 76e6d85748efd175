import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Kysely } from 'kysely';
import * as ledger from '../database/ledger.ts';
import type { Database } from '../database/schema.ts';
import type { Pace } from '../database/pace.ts';
import { attempt, type Delivery } from './mail/attempt.ts';
import { mailboxOf } from './mail/identity.ts';
import type { Stationery } from './mail/smtp.ts';

export interface MailDependencies extends Stationery {
  readonly db: Kysely<Database>;
  /** `smtp://` or `smtps://`, with user and password if the server asks for them. */
  readonly smtpUrl: string;
  /** The sender of every message: `Entente <entente@example.org>`. */
  readonly mailFrom: string;
  /** How fast mail may leave; absent: as fast as it can. */
  readonly pace?: Pace | undefined;
  /** For how long a message belongs to one attempt; longer than an activity may take. */
  readonly leaseSeconds?: number;
}

export type { Delivery } from './mail/attempt.ts';
export type MailActivities = ReturnType<typeof mailActivities>;

export const mailActivities = (dependencies: MailDependencies) => {
  const { db, smtpUrl, mailFrom, leaseSeconds = 150, bounceAddress, dkim, pace } = dependencies;
  const post = { db, smtpUrl, from: mailboxOf(mailFrom), leaseSeconds, bounceAddress, dkim, pace };
  return {
    /**
     * Sends one message that is on record, unless what it asks for is no longer owed, and says how that ended.
     *
     * May run twice: an attempt claims the message first, and the body leaves only while it holds that claim. A message
     * whose first byte may have left is never sent again; it is in doubt, and a person settles it.
     *
     * @throws ApplicationFailure to be retried: `MailNotAccepted` after a temporary failure, `MailServerRefusesUs`
     * (wrong password or sender), `MailBusy` while another attempt holds it, `MailPaced` until its turn comes. Not to be
     * retried: `UnknownMessage`.
     */
    deliver: async ({ key }: { readonly key: string }): Promise<Delivery> => {
      const token = randomUUID();
      const message = await ledger.claim(db, key, token, leaseSeconds);
      return message ? attempt(post, message, token) : alreadyTaken(db, key);
    },

    /**
     * Gives a message up that could not be sent in time, and says how it ended.
     *
     * May run twice: a message that has ended stays as it is, and one whose fate is unknown becomes doubtful instead.
     *
     * @throws ApplicationFailure `MailBusy`, to be retried, while an attempt is writing it
     */
    expire: async ({ key }: { readonly key: string }): Promise<Delivery> => {
      await ledger.markExpired(db, key);
      return alreadyTaken(db, key);
    },
  };
};

/** What to say of a message that this attempt may not send. */
async function alreadyTaken(db: Kysely<Database>, key: string): Promise<Delivery> {
  const goneAway = 'The sender went away while the message was being handed over; the server may have it.';
  await ledger.markInDoubt(db, key, goneAway);
  const message = await ledger.findMessage(db, key);
  if (!message) throw ApplicationFailure.nonRetryable(`There is no message ${key} in the ledger.`, 'UnknownMessage');
  const { state, reply, leaseSecondsLeft } = message;
  if (state === 'planned' || state === 'claimed' || state === 'inData')
    throw ApplicationFailure.create({
      type: 'MailBusy',
      message: `Another attempt holds ${key} for ${Math.ceil(leaseSecondsLeft)} s at most.`,
      nextRetryDelay: Math.ceil(leaseSecondsLeft * 1_000) + 500,
    });
  return { state, why: reply ?? 'No reason is on record.' };
}
