import { addresseeOf, type Addressee } from '../../database/addressee.ts';
import { rehome, storeGathered } from '../../database/gathering.ts';
import * as ledger from '../../database/ledger.ts';
import { namesIn } from '../../database/names.ts';
import { readerOf, readerOffice } from '../../database/office.ts';
import type { DigestRow, MessageRow } from '../../database/schema.ts';
import type { Recipient } from '../../domain/case/effects.ts';
import { dayIn } from '../../domain/dates.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import { answersTo, attempt, handedOver, type Post, sendingOf, settled } from './attempt.ts';
import { answeringFor, withTokens } from './answer-link.ts';
import { renderDigest } from './digest.ts';
import { messageIdOf } from './identity.ts';
import { composed, type Envelope } from './smtp.ts';

interface Gathered {
  readonly rows: readonly MessageRow[];
  readonly digest: DigestRow;
}

/**
 * Sends messages to one person that this attempt has claimed under `token`, as one mail, and writes down what came of
 * each: those that are no longer owed are withdrawn first, and one that is left alone goes as a letter of its own.
 *
 * @throws as `attempt` does
 */
export async function attemptGathered(post: Post, { rows, digest }: Gathered, token: string): Promise<void> {
  const keys = rows.map(({ key }) => key);
  const givingBack = async (error: Error): Promise<never> => {
    // Should this fail too, the lease runs out by itself.
    await ledger.backToPlanned(post.db, keys, token, `Not sent: ${error.message}`).catch(() => undefined);
    throw error;
  };
  const letters = await lettersIn(post, { rows, digest }, token).catch(givingBack);
  const [first, ...others] = letters;
  if (!first) return;
  if (others.length === 0) {
    await attempt(post, first.row, token);
    return;
  }
  const mail = await written(post, letters, digest, token).catch(givingBack);
  const going = letters.map(({ row }) => row);
  await handedOver(post, going, token, mail);
}

interface ToSend {
  readonly row: MessageRow;
  readonly addressee: Addressee;
}

/** What is still to be said to this reader; everything else ends here, or waits for its own reader. */
async function lettersIn(post: Post, { rows, digest }: Gathered, token: string): Promise<ToSend[]> {
  const letters: ToSend[] = [];
  for (const row of latestFirst(rows)) {
    const twin = letters.find((other) => isSameReminder(other.row, row));
    const addressee = (await ledger.isStillOwed(post.db, row))
      ? await addresseeOf(post.db, row.recipient as Recipient, sendingOf(row))
      : undefined;
    if (!addressee) await settled(post, row.key, token, { state: 'withdrawn', why: noLongerOwed });
    else if ('nobody' in addressee) await settled(post, row.key, token, { state: 'nobody', why: addressee.nobody });
    else if (await belongsElsewhere(post, row, addressee, digest, token)) continue;
    else if (twin) await settled(post, row.key, token, { state: 'withdrawn', why: sameMail(twin.row.key) });
    else letters.push({ row, addressee });
  }
  return letters;
}

const noLongerOwed = 'What it asks for is no longer owed, or is due on another day.';
const sameMail = (key: string): string => `The same mail chases the same thing already: ${key}.`;

const latestFirst = (rows: readonly MessageRow[]): MessageRow[] =>
  rows.toSorted((a, b) => b.event_number - a.event_number || a.key.localeCompare(b.key));

const isSameReminder = (a: MessageRow, b: MessageRow): boolean => a.case_id === b.case_id && a.deadline === b.deadline;

/** Since it was planned, somebody else has become its reader: it goes with what that person gets. */
async function belongsElsewhere(
  { db }: Post,
  { key, recipient, send_at }: MessageRow,
  addressee: Addressee,
  digest: DigestRow,
  token: string,
): Promise<boolean> {
  const reader = await readerOf(db, recipient as Recipient, addressee);
  if (reader === digest.reader) return false;
  const { calendar } = await readerOffice(db, reader);
  await rehome(db, { key, token, reader }, { day: dayIn(send_at, calendar.zone), zone: calendar.zone });
  return true;
}

/** Renders the mail, keeps it, and makes it ready to go. */
async function written(post: Post, letters: readonly ToSend[], digest: DigestRow, token: string): Promise<Envelope> {
  const { db, from, answerPages } = post;
  const rows = [];
  for (const { row, addressee } of letters) {
    const { insteadOf } = addressee;
    const answering = await answeringFor(db, answerPages, row, addressee);
    rows.push({ ...row, insteadOf, answering, at: row.send_at, facts: row.facts as Facts });
  }
  const [{ row: urgent, addressee } = { row: undefined, addressee: undefined }] = letters.toSorted(byDueDay);
  if (!urgent || !addressee) throw new Error(`${digest.key} holds no message.`);
  const names = await namesIn(db, together(rows.map(({ facts }) => facts)));
  const { country } = await readerOffice(db, digest.reader);
  const rendered = renderDigest(rows, { ...addressee, country, day: digest.day }, names);
  const messageId = messageIdOf(`digest/${digest.key}`, from);
  const { person, address } = addressee;
  const to = { ...(person ? { person } : {}), address, messageId };
  const meant = letters.map(({ row: { key }, addressee: { insteadOf } }) => ({
    key,
    meant: insteadOf?.person ?? person,
  }));
  await storeGathered(db, { key: digest.key, messages: meant, token }, { ...to, ...rendered });
  const replyTo = await answersTo(db, urgent);
  const unsubscribe = encodeURIComponent(`No gathered reminders: ${digest.reader}`);
  const whole = { messages: letters.map(({ row }) => row.key), person };
  const mail = {
    ...rendered,
    ...(await withTokens(db, answerPages, whole, rendered)),
    from,
    to: { name: addressee.name, address },
    ...(replyTo ? { replyTo } : {}),
    date: urgent.send_at,
    messageId,
    thread: messageIdOf(`digest/${digest.reader}`, from),
    headers: {
      'X-Entente-Digest': digest.key,
      // Nobody is taken off a list by a machine: what is owed stays owed, and a person finds out how to say it.
      'List-Unsubscribe': `<mailto:${(replyTo ?? from).address}?subject=${unsubscribe}>`,
    },
  };
  return composed(mail, post);
}

const byDueDay = (a: ToSend, b: ToSend): number =>
  String((a.row.facts as Facts).due).localeCompare(String((b.row.facts as Facts).due));

/** All values of several records in one, so that their names are looked up at once. */
const together = (records: readonly Facts[]): Facts =>
  Object.fromEntries(
    records.flatMap((facts, index) => Object.entries(facts).map(([name, fact]) => [`${index}.${name}`, fact])),
  );
