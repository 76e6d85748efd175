import type { Kysely, Transaction } from 'kysely';
import type { Message } from '../domain/case/effects.ts';
import { type CivilDate, dayIn, type Instant, later } from '../domain/dates.ts';
import { firstWorkingMoment, isGathered, nextMorning } from '../domain/send-times.ts';
import { sendingAt } from './addressee.ts';
import { type Office, officeOf, readerOffice } from './office.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;

/** When a message goes, and with which gathered mail, if with one. */
export interface SendTime {
  readonly sendAt: Instant;
  /** Whose working hours it keeps to; absent when nobody is there to read it. */
  readonly zone?: string;
  readonly digest?: string;
}

/**
 * When a message may reach its reader, by the directory and the calendars of today: in working hours, at once if it is
 * within them. The answer is put on record and does not move by itself.
 *
 * @param now case time
 */
export async function sendTimeOf(trx: Transaction<Database>, message: Message, now: Instant): Promise<SendTime> {
  const earliest = later(message.at, now);
  const office = await officeOf(trx, message.to, sendingAt(earliest, message.facts));
  if (!office) return { sendAt: earliest };
  const { calendar, hours } = office;
  const sendAt = firstWorkingMoment(calendar, hours, earliest);
  // By then somebody else may stand in, or no longer.
  const then = sendAt > earliest ? await officeOf(trx, message.to, sendingAt(sendAt, message.facts)) : office;
  const reader = then ?? office;
  const goesAt = firstWorkingMoment(reader.calendar, reader.hours, sendAt);
  return isGathered(message, now) ? gatheredAt(trx, reader, goesAt) : { sendAt: goesAt, zone: reader.calendar.zone };
}

/** A day whose gathered mail is gone has no other one: the next working day has. */
async function gatheredAt(trx: Transaction<Database>, office: Office, from: Instant): Promise<Required<SendTime>> {
  const { reader, calendar, hours } = office;
  const { zone } = calendar;
  let sendAt = from;
  while (await isGone(trx, reader, dayIn(sendAt, zone))) sendAt = nextMorning(calendar, hours, dayIn(sendAt, zone));
  return { sendAt, zone, digest: await openDigest(trx, reader, dayIn(sendAt, zone), zone) };
}

const isGone = async (db: Db, reader: string, day: CivilDate): Promise<boolean> => {
  const query = db.selectFrom('digests').select('gone').where('reader', '=', reader).where('day', '=', day);
  return (await query.executeTakeFirst())?.gone ?? false;
};

/** The gathered mail of a reader on a day, by its key; made when there is none yet. Safe to repeat. */
export async function openDigest(db: Db, reader: string, day: CivilDate, zone: string): Promise<string> {
  const key = `${reader}/${day}`;
  await db
    .insertInto('digests')
    .values({ key, reader, day, zone })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return key;
}

/** The gathered mail that this one came too late for is gone: it waits for the reader's next working day. */
export const postpone = (db: Db, key: string): Promise<Instant | undefined> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('messages')
      .innerJoin('digests', 'digests.key', 'messages.digest')
      .select(['digests.reader', 'digests.gone', 'messages.send_at'])
      .where('messages.key', '=', key)
      .where('messages.state', '=', 'planned')
      .forUpdate()
      .executeTakeFirst();
    if (!row?.gone) return undefined;
    const { sendAt, zone, digest } = await gatheredAt(trx, await readerOffice(trx, row.reader), row.send_at);
    await trx
      .updateTable('messages')
      .set({ send_at: sendAt, send_zone: zone, digest })
      .where('key', '=', key)
      .execute();
    return sendAt;
  });
