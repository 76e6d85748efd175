import { setTimeout as delay } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Kysely, Transaction } from 'kysely';
import * as ledger from '../../database/ledger.ts';
import type { Claim, HeldMessage, Keys, Rendering } from '../../database/ledger.ts';
import type { Database, MessageRow, MessageState } from '../../database/schema.ts';
import type { Recipient } from '../../domain/case/recipients.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import { faultPoint } from '../../database/fault-points.ts';
import { namesIn } from '../../database/names.ts';
import { type Pace, turnOf } from '../../database/pace.ts';
import { markBounced } from '../../database/people/bounces.ts';
import { system } from '../../domain/case/due.ts';
import { attachmentsOf } from './attached.ts';
import { type AnswerPages, answeringFor, withTokens } from './answer-link.ts';
import { type Mailbox, messageIdOf } from './identity.ts';
import { addresseeOf, type Nobody, type Sending, sendingAt } from '../../database/addressee.ts';
import { calendarPartOf, invitationFor, isDoneOtherwise } from './invitation.ts';
import type { Relay } from './relay.ts';
import { render } from './render.ts';
import { composed, type Envelope, type Mail, type Outcome, sendMail, type Stationery } from './smtp.ts';

/** How a message ended. */
export interface Ended {
  readonly state: Exclude<MessageState, 'planned' | 'claimed' | 'inData'>;
  /** What the mail server said, or why it was not sent. */
  readonly why: string;
}

/** What every attempt works with. */
export interface Post extends Stationery {
  readonly db: Kysely<Database>;
  readonly relay: Relay;
  readonly from: Mailbox;
  readonly leaseSeconds: number;
  readonly longestSendingSeconds: number;
  /** How fast mail may leave; absent: as fast as it can. */
  readonly pace?: Pace | undefined;
  /** Where letters are answered; absent: nowhere, and letters name commands. */
  readonly answerPages?: AnswerPages | undefined;
}

/** While it claims and writes. */
export type WritingPost = Post & { readonly db: Transaction<Database> };

const doubt =
  'The connection ended after the message was handed over and before the mail server answered; it may have it.';

const heartbeatMs = 5_000;

/** A wrong password does not mend itself in seconds, and relays lock those out who keep trying. */
const ourFaultRetry = '10 minutes';

/**
 * How long an attempt that was given up still waits for what the server says to a mail that it may have: an answer saves
 * a person from settling a doubt. It is within the lease, which is kept until then.
 */
const lateAnswerMs = 10_000;

/** How long a result is offered to a database that does not answer: a lost "sent" would become a doubt. */
const settlingMs = 30_000;

/**
 * Claims a message that is held in the same transaction and writes its letter, or ends it there: nothing has left yet.
 * Undefined when it has ended.
 */
export async function letterOf(post: WritingPost, message: HeldMessage, token: string): Promise<Envelope | undefined> {
  const ready = await prepared(post, message, token);
  if (!('state' in ready)) return ready;
  await ledger.endHeld(post.db, message.key, ready.state, ready.why);
  return undefined;
}

/**
 * Hands one mail to the server, and writes down what came of it for every message that goes with it; undefined when
 * they were not sent, and are not this attempt's any more.
 */
export async function handedOver(
  post: Post,
  messages: readonly MessageRow[],
  token: string,
  mail: Envelope,
): Promise<Ended | undefined> {
  const keys = messages.map(({ key }) => key).sort();
  await inTurn(post, keys, token, mail.to);
  const alone = messages.find(({ digest }) => digest === null);
  return concluded(post, messages, token, await sending(post, mail, alone?.key ?? keys, token), mail.to);
}

/** Waits until the mail may go at the pace that is set; a turn far off is kept for it, and it comes back then. */
async function inTurn({ db, pace }: Post, keys: readonly string[], token: string, address: string): Promise<void> {
  const [key] = keys;
  if (!pace || !key) return;
  const { inSeconds, taken } = await turnOf(db, { key, address }, pace);
  if (taken) return delay(inSeconds * 1_000);
  const message = `Not sent yet: at the pace that is set, its turn comes in ${Math.ceil(inSeconds)} s.`;
  await patiently(() => ledger.backToPlanned(db, keys, token, message));
  throw ApplicationFailure.create({ type: 'MailPaced', message, nextRetryDelay: inSeconds * 1_000 });
}

export const noLongerOwed = 'What it asks for is no longer owed, or is due on another day.';

async function prepared(post: Post, message: HeldMessage, token: string): Promise<Envelope | Unsent> {
  if (!message.owed) return { state: 'withdrawn', why: noLongerOwed };
  const by = { token, leaseSeconds: post.leaseSeconds };
  const written = message.body_text === null ? await write(post, message, by) : await taken(post, message, by);
  if ('needless' in written) return { state: 'withdrawn', why: written.needless };
  return 'nobody' in written ? { state: 'nobody', why: written.nobody } : composed(await mailOf(post, written), post);
}

type Unsent = { readonly state: ledger.Ending; readonly why: string };

/** Takes a message that is held, which nobody else can have taken. */
async function taken({ db }: Post, { key }: MessageRow, by: Claim, rendering?: Rendering): Promise<MessageRow> {
  const row = await ledger.claim(db, key, by, rendering);
  if (!row) throw new Error(`${key} was held, and is not to be had.`);
  return row;
}

/** Takes a message and renders it once; every later attempt sends what is stored here. */
async function write(post: Post, message: MessageRow, by: Claim): Promise<MessageRow | Nobody | Needless> {
  const { db, from, answerPages } = post;
  const addressee = await addresseeOf(db, message.recipient as Recipient, sendingOf(message));
  if ('nobody' in addressee) return addressee;
  const twin = await twinOf(db, message, addressee.address);
  if (twin !== undefined) return { needless: `The same letter goes to ${twin}: they are one person.` };
  const otherwise = await isDoneOtherwise(db, message, addressee.address);
  if (otherwise?.whole) return { needless: otherwise.why };
  const facts = message.facts as Facts;
  const names = await namesIn(db, facts);
  const { person, address, insteadOf } = addressee;
  const meant = insteadOf?.person ?? person;
  const answering = await answeringFor(db, answerPages, message, addressee);
  const rendered = render({ ...message, at: message.send_at, facts }, { ...addressee, answering }, names);
  const messageId = messageIdOf(message.key, from);
  return taken(post, message, by, {
    ...(meant ? { meant } : {}),
    ...(person ? { person } : {}),
    address,
    ...rendered,
    calendar: otherwise ? undefined : await invitationFor({ db, from }, message, addressee),
    messageId,
  });
}

/** Whoever is away is so on a day of case time; whoever coordinates has what nobody else is there to read. */
export const sendingOf = ({ send_at, facts }: MessageRow): Sending => sendingAt(send_at, facts as Facts);

/** Why its reader does not need it. */
interface Needless {
  readonly needless: string;
}

/** Who is written to as an agency's contact and in person gets one letter; by the order of keys, so that of two at once one goes. */
async function twinOf(db: Kysely<Database>, message: MessageRow, address: string): Promise<string | undefined> {
  for (const { recipient, address: written } of await ledger.sameLetterBefore(db, message)) {
    const other = written ? undefined : await addresseeOf(db, recipient as Recipient, sendingOf(message));
    if ((written ?? (other && 'address' in other && other.address)) === address) return recipient;
  }
  return undefined;
}

async function mailOf({ db, from, answerPages }: Post, message: MessageRow): Promise<Mail> {
  const { key, case_id, address, subject, body_text, body_html, message_id, send_at } = message;
  const calendar = calendarPartOf(message);
  const to = message.person ? `person/${message.person}` : message.recipient;
  const names = await namesIn(db, { to });
  const replyTo = await answersTo(db, message);
  const stored = { text: body_text ?? '', html: body_html ?? '' };
  return {
    ...(await withTokens(db, answerPages, { messages: [key], person: message.person }, stored)),
    from,
    to: { name: names.get(to)?.name ?? '', address: address ?? '' },
    ...(replyTo ? { replyTo } : {}),
    // Case time: what a case of 2018 asked for in March 2018 stands there in everybody's mailbox.
    date: send_at,
    subject: subject ?? '',
    ...(calendar ? { calendar } : {}),
    attachments: await attachmentsOf(db, message.attached ?? []),
    messageId: message_id ?? messageIdOf(key, from),
    thread: messageIdOf(case_id, from),
    headers: { 'X-Entente-Case': case_id, 'X-Entente-Key': key },
  };
}

/** Whoever reads what the coordinator is answered on the day of sending. */
export async function answersTo(db: Kysely<Database>, message: MessageRow): Promise<Mailbox | undefined> {
  const sending = sendingOf(message);
  if (!sending.coordinator) return undefined;
  const found = await addresseeOf(db, `person/${sending.coordinator}`, sending);
  return 'address' in found ? { name: found.name, address: found.address } : undefined;
}

async function sending(post: Post, mail: Envelope, keys: Keys, token: string): Promise<Outcome> {
  const { db, relay, leaseSeconds, longestSendingSeconds } = post;
  const tooLong = AbortSignal.timeout(longestSendingSeconds * 1_000);
  const givenUp = givingUp(Context.current().cancellationSignal);
  const what = () => String(keys);
  await faultPoint('betweenClaimAndGate', what);
  const outcome = await sendMail(mail, {
    relay,
    openGate: async () => {
      givenUp.waitForAnswer();
      const isOpen = await ledger.openGate(db, keys, token, leaseSeconds);
      await faultPoint('after354', what);
      return isOpen;
    },
    signal: AbortSignal.any([givenUp.signal, tooLong]),
  });
  if (outcome.is === 'sent') await faultPoint('after250', what);
  return outcome;
}

/** Closes the connection when Temporal has given this attempt up, or is about to: at once as long as nothing has left. */
function givingUp(cancellation: AbortSignal): { readonly signal: AbortSignal; waitForAnswer(): void } {
  const closing = new AbortController();
  let mayHaveLeft = false;
  const close = () => closing.abort(cancellation.reason);
  const giveUp = () => {
    if (mayHaveLeft) setTimeout(close, lateAnswerMs).unref();
    else close();
  };
  if (cancellation.aborted) giveUp();
  cancellation.addEventListener('abort', giveUp, { once: true });
  return { signal: closing.signal, waitForAnswer: () => void (mayHaveLeft = true) };
}

/** Keeps what this attempt has claimed, and Temporal informed, for as long as `work` lasts and its process lives. */
export async function whileHeld<T>(post: Post, keys: Keys, token: string, work: () => Promise<T>): Promise<T> {
  const { db, leaseSeconds } = post;
  const context = Context.current();
  const beat = () => {
    context.heartbeat();
    // Should this fail, the lease runs out by itself, as that of a process that has died.
    if (!context.cancellationSignal.aborted) void ledger.renew(db, keys, token, leaseSeconds).catch(() => undefined);
  };
  // The first sign of life is the attempt itself: most are over before another is due.
  const beating = setInterval(beat, Math.min(heartbeatMs, leaseSeconds * 300));
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}

async function concluded(
  post: Post,
  messages: readonly MessageRow[],
  token: string,
  outcome: Outcome,
  address: string,
): Promise<Ended | undefined> {
  const keys = messages.map(({ key }) => key);
  if (outcome.is === 'sent') await faultPoint('beforeSettle', () => String(keys));
  if (outcome.is === 'inDoubt')
    return settled(post, keys, token, { state: 'inDoubt', why: `${doubt} What was seen: ${outcome.reply}` });
  if (outcome.is === 'refused' && outcome.address)
    return settled(post, keys, token, { state: 'refused', why: await givenUp(post, messages, address, outcome.reply) });
  if (outcome.is !== 'notSent') return settled(post, keys, token, { state: outcome.is, why: outcome.reply });
  const { reply, ours } = outcome;
  // Withdrawn meanwhile, which shuts the gate: there is nothing to try again.
  if (!(await patiently(() => ledger.backToPlanned(post.db, keys, token, reply)))) return undefined;
  throw ours
    ? ApplicationFailure.create({
        type: 'MailServerRefusesUs',
        message: `The mail server refuses this sender, which is no fault of the recipient; check SMTP_URL and the sender's address. It said: ${reply}`,
        nextRetryDelay: ourFaultRetry,
      })
    : ApplicationFailure.create({
        type: 'MailNotAccepted',
        message: `Not accepted for now, to be tried again: ${reply}`,
      });
}

/** Marks an address that the server does not know, and says where mail goes from now on. */
async function givenUp(
  { db }: Post,
  [message]: readonly MessageRow[],
  address: string,
  reply: string,
): Promise<string> {
  await patiently(() => markBounced(db, { address, by: system, why: reply }));
  const next = message && (await addresseeOf(db, message.recipient as Recipient, sendingOf(message)));
  const follows =
    next && 'address' in next
      ? `What is sent from now on goes to ${next.name} <${next.address}> instead.`
      : next?.nobody;
  return `${reply} The address ${address} is no longer written to. ${follows ?? ''}`;
}

async function settled({ db }: Post, keys: Keys, token: string, { state, why }: Unsent): Promise<Ended> {
  await patiently(() => ledger.settle(db, keys, token, state, why));
  return { state, why };
}

/** Tries again while the database is away; every step of the ledger may be repeated under the same token. */
async function patiently<T>(step: () => Promise<T>): Promise<T> {
  const until = performance.now() + settlingMs;
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (performance.now() > until) throw error;
      await delay(500);
    }
  }
}
