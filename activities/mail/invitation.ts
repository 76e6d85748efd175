import type { Kysely } from 'kysely';
import { invitationOf, organizerIn } from '../../calendars/icalendar.ts';
import { type Addressee, addresseeOf, sendingAt } from '../../database/addressee.ts';
import { attendeesNow, type CalendarLetter, firstVersion, sameEntryInOthers } from '../../database/calendar-letters.ts';
import type { Database, MessageRow } from '../../database/schema.ts';
import type { CalendarChange } from '../../domain/case/calendar-entries.ts';
import { calendarTexts } from '../../domain/case/calendar-mails.ts';
import type { Recipient } from '../../domain/case/recipients.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import type { Mailbox } from './identity.ts';
import type { Mail } from './smtp.ts';
import { entryTitleFor } from './render.ts';

/** What a message is to do to a calendar, none for most. */
const changeIn = ({ calendar }: Pick<MessageRow, 'calendar'>): CalendarChange | undefined =>
  (calendar as CalendarChange | null) ?? undefined;

/**
 * The calendar part of a message as iCalendar (RFC 6047), none for most. The sender invites and the reader attends: whoever
 * invites themselves is told by Outlook that they need not respond, and gets no entry. Who invited at first does so for
 * ever, whoever sends or coordinates by then: calendars refuse the change of an entry by somebody else.
 */
export async function invitationFor(
  { db, from }: { readonly db: Kysely<Database>; readonly from: Mailbox },
  message: MessageRow,
  { name, address, language }: Pick<Addressee, 'name' | 'address' | 'language'>,
): Promise<string | undefined> {
  const change = changeIn(message);
  if (!change) return undefined;
  const first = await firstVersion(db, message.case_id, change.uid);
  return invitationOf({
    ...change,
    entry: { ...change.entry, summary: entryTitleFor(language, message.case_id, change.entry.summary) },
    withdrawn: change.method === 'CANCEL',
    stamp: message.at,
    caseId: message.case_id,
    organizer: organizerIn(first ?? '') ?? from,
    attendee: { name, address },
  });
}

const isForCalendar = ({ text }: Pick<MessageRow, 'text'>): boolean => calendarTexts.includes(text);

/** Of two letters to one person, that with words of its own carries the entry, else the first by its key. */
const comesBefore = (other: CalendarLetter, message: MessageRow): boolean =>
  isForCalendar(other) === isForCalendar(message) ? other.key < message.key : isForCalendar(message);

/**
 * Why nothing is to be done to the calendar of somebody who has the entry in another way: one person may be invited as an
 * agency's contact and by name, and has one entry. `whole`: the letter was for the calendar alone, and does not go.
 */
export async function isDoneOtherwise(
  db: Kysely<Database>,
  message: MessageRow,
  address: string,
): Promise<{ readonly why: string; readonly whole: boolean } | undefined> {
  const change = changeIn(message);
  if (!change) return undefined;
  const whole = isForCalendar(message);
  const reads = async (recipient: string): Promise<boolean> => {
    const found = await addresseeOf(db, recipient as Recipient, sendingAt(message.send_at, message.facts as Facts));
    return 'address' in found && found.address === address;
  };
  for (const other of await sameEntryInOthers(db, message, change))
    if (
      comesBefore(other, message) &&
      (other.address === null ? await reads(other.recipient) : other.address === address)
    )
      return { why: `The same entry goes to ${other.recipient}: they are one person.`, whole };
  if (change.method === 'REQUEST') return undefined;
  for (const party of await attendeesNow(db, message.case_id, change.entry.name))
    if (party !== change.to && (await reads(party)))
      return { why: `They keep the entry, since they are invited as ${party} too.`, whole };
  return undefined;
}

/** What was rendered, for the mail that carries it. */
export function calendarPartOf(message: MessageRow): Mail['calendar'] {
  const change = changeIn(message);
  return change && message.body_calendar ? { method: change.method, content: message.body_calendar } : undefined;
}
