import { addresseeOf, type Addressee } from '../../database/addressee.ts';
import { claimGathered, rehome } from '../../database/gathering.ts';
import * as ledger from '../../database/ledger.ts';
import type { HeldMessage } from '../../database/ledger.ts';
import { namesIn } from '../../database/names.ts';
import { readerOf, readerOffice } from '../../database/office.ts';
import { type QuietCaseNamed, quietCasesFor } from '../../database/quiet-cases.ts';
import type { DigestRow, MessageRow } from '../../database/schema.ts';
import type { Recipient } from '../../domain/case/recipients.ts';
import { dayIn, type Instant } from '../../domain/dates.ts';
import { idOrder } from '../../domain/id-order.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import { answeringFor, withTokens } from './answer-link.ts';
import { attachmentsOf, eachOnce, fitting } from './attached.ts';
import { answersTo, letterOf, noLongerOwed, sendingOf, type WritingPost } from './attempt.ts';
import { renderDigest } from './digest.ts';
import { messageIdOf } from './identity.ts';
import { composed, type Envelope } from './smtp.ts';

interface Gathered {
  readonly rows: readonly HeldMessage[];
  readonly digest: DigestRow;
}

/** A mail that may go, and the messages that go with it. */
export interface Ready {
  readonly going: readonly MessageRow[];
  readonly mail: Envelope;
}

/**
 * Makes one mail of messages to one person that are held in the same transaction, and claims them: those that are no longer
 * owed are withdrawn first, and one that is left alone goes as a letter of its own, unless quiet cases go with it. Undefined when nothing is left.
 */
export async function gatheredMail(post: WritingPost, gathered: Gathered, token: string): Promise<Ready | undefined> {
  const letters = await lettersIn(post, gathered);
  const [first, ...others] = letters;
  if (!first) return undefined;
  const going = letters.map(({ row }) => row);
  const quiet = await quietCasesFor(post.db, gathered.digest, latestOf(going));
  const mail =
    others.length === 0 && quiet.length === 0
      ? await letterOf(post, first.row, token)
      : await written(post, letters, { ...gathered.digest, named: quiet }, token);
  return mail && { going, mail };
}

const latestOf = (rows: readonly MessageRow[]): Instant =>
  rows.map((row) => row.send_at).reduce((one, other) => (one > other ? one : other));

interface ToSend {
  readonly row: HeldMessage;
  readonly addressee: Addressee;
}

/** What is still to be said to this reader; everything else ends here, or waits for its own reader. */
async function lettersIn(post: WritingPost, { rows, digest }: Gathered): Promise<ToSend[]> {
  const { db } = post;
  const letters: ToSend[] = [];
  for (const row of latestFirst(rows)) {
    const twin = letters.find((other) => isSameReminder(other.row, row));
    const addressee = row.owed ? await addresseeOf(db, row.recipient as Recipient, sendingOf(row)) : undefined;
    if (!addressee) await ledger.endHeld(db, row.key, 'withdrawn', noLongerOwed);
    else if ('nobody' in addressee) await ledger.endHeld(db, row.key, 'nobody', addressee.nobody);
    else if (await belongsElsewhere(post, row, addressee, digest)) continue;
    else if (twin) {
      letters[letters.indexOf(twin)] = { ...twin, row: standingFor(twin.row, row) };
      await ledger.endHeld(db, row.key, 'withdrawn', sameMail(twin.row.key));
    } else letters.push({ row, addressee });
  }
  return letters;
}

/** What goes says what the one that does not would have said: how many reminders it stands for. */
function standingFor(kept: HeldMessage, gone: MessageRow): HeldMessage {
  const missedOf = ({ facts }: MessageRow): number => Number((facts as Facts).missed ?? 0);
  return { ...kept, facts: { ...(kept.facts as Facts), missed: missedOf(kept) + missedOf(gone) + 1 } };
}

const sameMail = (key: string): string => `The same mail chases the same thing already: ${key}.`;

const latestFirst = (rows: readonly HeldMessage[]): HeldMessage[] =>
  rows.toSorted((a, b) => b.event_number - a.event_number || idOrder(a.key, b.key));

const isSameReminder = (a: MessageRow, b: MessageRow): boolean => a.case_id === b.case_id && a.deadline === b.deadline;

/** Since it was planned, somebody else has become its reader: it goes with what that person gets. */
async function belongsElsewhere(
  { db }: WritingPost,
  { key, recipient, send_at }: MessageRow,
  addressee: Addressee,
  digest: DigestRow,
): Promise<boolean> {
  const reader = await readerOf(db, recipient as Recipient, addressee);
  if (reader === digest.reader) return false;
  const { calendar } = await readerOffice(db, reader);
  await rehome(db, { key, reader }, { day: dayIn(send_at, calendar.zone), zone: calendar.zone });
  return true;
}

/** Renders the mail, claims its messages, and makes it ready to go. */
async function written(
  post: WritingPost,
  letters: readonly ToSend[],
  digest: DigestRow & { readonly named: readonly QuietCaseNamed[] },
  token: string,
): Promise<Envelope> {
  const { db, from, answerPages, leaseSeconds } = post;
  const inOrder = letters.toSorted(byDueDay);
  const rows = await remindersOf(post, inOrder);
  const [{ row: urgent, addressee } = { row: undefined, addressee: undefined }] = inOrder;
  if (!urgent || !addressee) throw new Error(`${digest.key} holds no message.`);
  const names = await namesIn(db, together(rows.map(({ facts }) => facts)));
  const { country } = await readerOffice(db, digest.reader);
  const rendered = renderDigest(rows, { ...addressee, country, day: digest.day }, names, digest.named);
  const messageId = messageIdOf(`digest/${digest.key}`, from);
  const { person, address } = addressee;
  const to = { ...(person ? { person } : {}), address, messageId };
  const meant = letters.map(({ row, addressee: { insteadOf } }) => ({
    key: row.key,
    meant: insteadOf?.person ?? person,
  }));
  await claimGathered(
    db,
    { key: digest.key, messages: meant },
    { ...to, ...rendered, quiet: digest.named.map((each) => each.key) },
    { token, leaseSeconds },
  );
  const replyTo = await answersTo(db, urgent);
  const whole = { messages: letters.map(({ row }) => row.key), person };
  const mail = {
    ...rendered,
    ...(await withTokens(db, answerPages, whole, rendered)),
    from,
    to: { name: addressee.name, address },
    ...(replyTo ? { replyTo } : {}),
    date: urgent.send_at,
    attachments: await attachmentsOf(db, eachOnce(rows.flatMap(({ attached }) => attached))),
    messageId,
    thread: messageIdOf(`digest/${digest.reader}`, from),
    headers: headersOf(digest, (replyTo ?? from).address),
  };
  return composed(mail, post);
}

/** Nobody is taken off a list by a machine: what is owed stays owed, and a person finds out how to say it. */
const headersOf = ({ key, reader }: DigestRow, answersTo: string) => ({
  'X-Entente-Digest': key,
  'List-Unsubscribe': `<mailto:${answersTo}?subject=${encodeURIComponent(`No gathered reminders: ${reader}`)}>`,
});

/** As they are written, each with the texts that it can carry. */
async function remindersOf({ db, answerPages }: WritingPost, letters: readonly ToSend[]) {
  const files = fitting(letters.map(({ row }) => row));
  const rows = [];
  for (const [index, { row, addressee }] of letters.entries()) {
    const { insteadOf } = addressee;
    const answering = await answeringFor(db, answerPages, row, addressee);
    const attached = files[index] ?? [];
    rows.push({ ...row, insteadOf, answering, at: row.send_at, facts: row.facts as Facts, attached });
  }
  return rows;
}

const byDueDay = (a: ToSend, b: ToSend): number =>
  String((a.row.facts as Facts).due).localeCompare(String((b.row.facts as Facts).due));

/** All values of several records in one, so that their names are looked up at once. */
const together = (records: readonly Facts[]): Facts =>
  Object.fromEntries(
    records.flatMap((facts, index) => Object.entries(facts).map(([name, fact]) => [`${index}.${name}`, fact])),
  );
