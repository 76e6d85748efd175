import type { Kysely } from 'kysely';
import { invitationOf } from '../../calendars/icalendar.ts';
import type { Addressee } from '../../database/addressee.ts';
import { namesIn } from '../../database/names.ts';
import type { Database, MessageRow } from '../../database/schema.ts';
import type { CalendarChange } from '../../domain/case/calendar-entries.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import type { Mail } from './smtp.ts';

/** The calendar part of a message as iCalendar, none for most; whoever coordinates the case invites. */
export async function invitationFor(
  db: Kysely<Database>,
  { calendar, case_id, at, facts }: MessageRow,
  { name, address }: Addressee,
): Promise<string | undefined> {
  const change = calendar as CalendarChange | null;
  if (!change) return undefined;
  const { coordinator = '' } = facts as Facts;
  const organizer = (await namesIn(db, { coordinator })).get(String(coordinator));
  return invitationOf({
    ...change,
    withdrawn: change.method === 'CANCEL',
    stamp: at,
    caseId: case_id,
    ...(organizer?.address ? { organizer: { name: organizer.name, address: organizer.address } } : {}),
    attendee: { name, address },
  });
}

/** What was rendered, for the mail that carries it. */
export function calendarPartOf({ calendar, body_calendar }: MessageRow): Mail['calendar'] {
  const change = calendar as CalendarChange | null;
  return change && body_calendar ? { method: change.method, content: body_calendar } : undefined;
}
