import type { Kysely, Transaction } from 'kysely';
import type { Message } from '../domain/case/effects.ts';
import type { Recipient } from '../domain/case/recipients.ts';
import { type CivilDate, dayIn, type Instant, later } from '../domain/dates.ts';
import type { Facts } from '../domain/lifecycle.ts';
import { firstWorkingMoment, isGathered, nextMorning } from '../domain/send-times.ts';
import { askedFor, sendingAt } from './addressee.ts';
import { type Office, officeIn, officeOf, readerOffice } from './office.ts';
import type { Database, MessageRow } from './schema.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

type Db = Kysely<Database>;

/** When a message goes, and with which gathered mail, if with one. */
export interface SendTime {
  readonly sendAt: Instant;
  /** Whose working hours it keeps to; absent when nobody is there to read it. */
  readonly zone?: string;
  readonly digest?: DigestOf;
}

/** The gathered mail of a reader on a day. */
export interface DigestOf {
  readonly reader: string;
  readonly day: CivilDate;
}

/** Office: in its reader's working hours. */
export type MailHours = 'office' | 'any';

export interface When {
  /** Case time. */
  readonly now: Instant;
  readonly hours: MailHours;
}

/**
 * When a message may reach its reader, by the directory and the calendars of today: in working hours, at once if it is
 * within them. Changes nothing: the answer is put on record with the message, and does not move by itself.
 */
export async function sendTimeOf(trx: Db, message: Message, { now, hours: kept }: When): Promise<SendTime> {
  const { to, facts } = message;
  const around = await surroundingsOf(trx, askedFor(to, sendingAt(now, facts)));
  const { sendAt, office } = readingIn(around, message, { now, hours: kept });
  if (!office) return { sendAt };
  return isGathered(message, now) ? gatheredAt(trx, office, sendAt) : { sendAt, zone: office.calendar.zone };
}

/** When a message reaches whom by this directory, whether or not others go with it; no office: nobody is there to read it. */
export function readingIn(
  around: Surroundings,
  { to, at: written, facts }: Pick<Message, 'to' | 'at' | 'facts'>,
  { now, hours: kept }: When,
): { readonly sendAt: Instant; readonly office?: Office } {
  const earliest = later(written, now);
  const office = officeIn(around, to, sendingAt(earliest, facts));
  if (!office) return { sendAt: earliest };
  if (kept === 'any') return { sendAt: earliest, office };
  const at = firstWorkingMoment(office.calendar, office.hours, earliest);
  // By then somebody else may stand in, or no longer.
  const then = (at > earliest ? officeIn(around, to, sendingAt(at, facts)) : office) ?? office;
  return { sendAt: firstWorkingMoment(then.calendar, then.hours, at), office: then };
}

/** A day whose gathered mail is gone has no other one: the next working day has. */
async function gatheredAt(trx: Db, office: Office, from: Instant): Promise<Required<SendTime>> {
  const { reader, calendar, hours } = office;
  const { zone } = calendar;
  let sendAt = from;
  while (await isGone(trx, reader, dayIn(sendAt, zone))) sendAt = nextMorning(calendar, hours, dayIn(sendAt, zone));
  return { sendAt, zone, digest: { reader, day: dayIn(sendAt, zone) } };
}

const isGone = async (db: Db, reader: string, day: CivilDate): Promise<boolean> => {
  const query = db.selectFrom('digests').select('gone').where('reader', '=', reader).where('day', '=', day);
  return (await query.executeTakeFirst())?.gone ?? false;
};

export const digestKey = ({ reader, day }: DigestOf): string => `${reader}/${day}`;

/** The gathered mail of a reader on a day, by its key; made when there is none yet. Safe to repeat. */
export async function openDigest(db: Db, { reader, day }: DigestOf, zone: string): Promise<string> {
  const key = digestKey({ reader, day });
  await db
    .insertInto('digests')
    .values({ key, reader, day, zone })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return key;
}

/** The gathered mail that this one came too late for is gone: it waits for the reader's next working day. */
export async function postpone(trx: Transaction<Database>, key: string): Promise<Instant | undefined> {
  const row = await trx
    .selectFrom('messages')
    .innerJoin('digests', 'digests.key', 'messages.digest')
    .select(['digests.reader', 'digests.gone', 'messages.send_at'])
    .where('messages.key', '=', key)
    .where('messages.state', '=', 'planned')
    .forUpdate()
    .executeTakeFirst();
  if (!row?.gone) return undefined;
  return movedTo(trx, key, await gatheredAt(trx, await readerOffice(trx, row.reader), row.send_at));
}

/**
 * A message whose moment has come, but is none of its reader's working hours any more by the calendars and the directory
 * of today, waits for the next one: a day off may have been declared since it was put on record. Only before its first
 * attempt: what a relay has refused for a while is tried again at any hour. Safe to repeat; the moment found stands until
 * calendars or directory change again.
 *
 * @param row of the message, which is held
 * @param now case time
 */
export async function postponeToWork(
  trx: Transaction<Database>,
  row: MessageRow,
  now: Instant,
): Promise<Instant | undefined> {
  const { key, recipient, facts, state, attempts } = row;
  if (state !== 'planned' || attempts > 0) return undefined;
  const office = await officeOf(trx, recipient as Recipient, sendingAt(row.send_at, facts as Facts));
  if (!office) return undefined;
  const moment = firstWorkingMoment(office.calendar, office.hours, row.send_at);
  if (moment <= now) return undefined;
  return movedTo(
    trx,
    key,
    row.digest ? await gatheredAt(trx, office, moment) : { sendAt: moment, zone: office.calendar.zone },
  );
}

async function movedTo(trx: Db, key: string, { sendAt, zone, digest }: SendTime & { readonly zone: string }) {
  const waitsFor = digest ? { digest: await openDigest(trx, digest, zone) } : {};
  await trx
    .updateTable('messages')
    .set({ send_at: sendAt, send_zone: zone, ...waitsFor })
    .where('key', '=', key)
    .execute();
  return sendAt;
}
