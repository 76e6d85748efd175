import { type Kysely, sql } from 'kysely';
import type { CalendarChange, KeptEntry } from '../domain/case/calendar-entries.ts';
import type { Database, MessageRow } from './schema.ts';

type Db = Kysely<Database>;

/** The first invitation to an entry that was written, as iCalendar. */
export async function firstVersion(db: Db, caseId: string, uid: string): Promise<string | undefined> {
  const first = await db
    .selectFrom('messages')
    .select('body_calendar')
    .where('case_id', '=', caseId)
    .where('body_calendar', 'is not', null)
    .where(sql<boolean>`calendar->>'uid' = ${uid}`)
    .orderBy('event_number')
    .orderBy('key')
    .limit(1)
    .executeTakeFirst();
  return first?.body_calendar ?? undefined;
}

export interface CalendarLetter {
  readonly key: string;
  readonly text: string;
  readonly recipient: string;
  /** Null while it is not written. */
  readonly address: string | null;
}

/** The other messages that do the same to an entry because of the same event, and have arrived or may still. */
export const sameEntryInOthers = async (
  db: Db,
  { case_id, event_number, key }: MessageRow,
  { uid, method }: CalendarChange,
): Promise<readonly CalendarLetter[]> =>
  db
    .selectFrom('messages')
    .select(['key', 'text', 'recipient', 'address'])
    .where('state', 'not in', ['refused', 'expired', 'nobody', 'withdrawn'])
    .where('case_id', '=', case_id)
    .where('event_number', '=', event_number)
    .where('key', '<>', key)
    .where(sql<boolean>`calendar->>'uid' = ${uid} and calendar->>'method' = ${method}`)
    .orderBy('key')
    .execute();

/** Who is invited to an entry by what the case says now; nobody to one that is off. */
export async function attendeesNow(db: Db, caseId: string, entryName: string): Promise<readonly string[]> {
  const found = await db
    .selectFrom('cases')
    .select(sql<KeptEntry | null>`state->'calendarEntries'->${entryName}`.as('kept'))
    .where('id', '=', caseId)
    .executeTakeFirst();
  return found?.kept && !found.kept.withdrawn ? found.kept.entry.attendees : [];
}
