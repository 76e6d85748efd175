import { type Insertable, type Kysely, sql } from 'kysely';
import type { CalendarChange } from '../domain/case/calendar-entries.ts';
import type { Database, MessageRow } from './schema.ts';

type Db = Kysely<Database>;

/** Who has an entry in their calendar because they read somebody's mail when it was sent. */
export interface Holder {
  readonly person: string | null;
  readonly address: string;
  readonly language: string;
}

/** A message that was sent and did something to its reader's calendar; undefined for every other. */
export async function sentCalendarMessage(
  db: Db,
  key: string,
): Promise<{ readonly message: MessageRow; readonly change: CalendarChange } | undefined> {
  const message = await db
    .selectFrom('messages')
    .selectAll()
    .where('key', '=', key)
    .where('state', '=', 'sent')
    .where('calendar', 'is not', null)
    .executeTakeFirst();
  return message && { message, change: message.calendar as CalendarChange };
}

/** The earlier readers whose calendars hold the entry, and who are not invited themselves. */
export async function holdersOf(
  db: Db,
  { key, case_id, recipient, address }: MessageRow,
  { uid }: CalendarChange,
): Promise<readonly Holder[]> {
  const { rows } = await sql<Holder>`
    with versions as (
      select distinct on (m.address) m.person, m.address, m.language, m.calendar->>'method' as method
      from messages m
      where m.case_id = ${case_id} and m.recipient = ${recipient} and m.key <> ${key}
        and m.calendar->>'uid' = ${uid} and m.state in ('sent', 'inDoubt')
      order by m.address, (m.calendar->>'sequence')::integer desc
    )
    select person, address, language from versions v
    where v.method = 'REQUEST' and v.address <> ${address}
      and not exists (select from messages own where own.case_id = ${case_id} and own.calendar->>'uid' = ${uid}
        and own.calendar->>'method' = 'REQUEST' and own.recipient <> ${recipient} and own.state <> 'withdrawn'
        and (own.address = v.address or own.recipient = 'person/' || v.person))`.execute(db);
  return rows;
}

/** Puts a message on record that is written already. Safe to repeat: by its key it is there once. */
export const putWritten = async (db: Db, message: Insertable<Database['messages']>): Promise<void> => {
  await db
    .insertInto('messages')
    .values(message)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
};
