import type { Kysely } from 'kysely';
import { namesIn } from '../../database/names.ts';
import type { Database, MessageRow } from '../../database/schema.ts';
import { type Holder, holdersOf, putWritten, sentCalendarMessage } from '../../database/stand-in-entries.ts';
import type { CalendarChange } from '../../domain/case/calendar-entries.ts';
import { entryFacts } from '../../domain/case/calendar-mails.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import { type Mailbox, messageIdOf } from './identity.ts';
import { invitationFor } from './invitation.ts';
import { render } from './render.ts';

interface Post {
  readonly db: Kysely<Database>;
  readonly from: Mailbox;
}

/**
 * An entry goes to whoever reads the mail of the invited on that day. When somebody else reads the next version, it has to
 * be taken out of the earlier reader's calendar, or it stays there for ever. Puts a message to each of those on record,
 * ready to be sent, and gives the keys of those that wait. Safe to repeat: the keys are derived.
 */
export async function takenFromStandIns({ db, from }: Post, key: string): Promise<readonly string[]> {
  const sent = await sentCalendarMessage(db, key);
  if (!sent) return [];
  const { message, change } = sent;
  const holders = await holdersOf(db, message, change);
  return Promise.all(holders.map((holder) => onRecord({ db, from }, message, change, holder)));
}

async function onRecord(
  { db, from }: Post,
  message: MessageRow,
  change: CalendarChange,
  holder: Holder,
): Promise<string> {
  const { person, address, language } = holder;
  const row = rowFor(message, change, holder);
  const reference = person ? `person/${person}` : message.recipient;
  const names = await namesIn(db, { ...row.facts, holder: reference });
  const reader = { name: names.get(reference)?.name ?? '', address, language, zone: message.send_zone ?? 'UTC' };
  const { subject, text, html } = render({ ...row, tone: null, level: null }, reader, names);
  const calendar = { ...change, method: 'CANCEL' };
  await putWritten(db, {
    ...row,
    ...(person ? { person } : {}),
    address,
    language,
    subject,
    body_text: text,
    body_html: html,
    body_calendar: await invitationFor({ db, from }, { ...message, calendar }, reader),
    message_id: messageIdOf(row.key, from),
    facts: JSON.stringify(row.facts),
    calendar: JSON.stringify(calendar),
    state: 'planned',
  });
  return row.key;
}

/** The appointment itself may stand: then it is only theirs no longer. */
function rowFor(message: MessageRow, { entry, method }: CalendarChange, { person }: Holder) {
  const { key, case_id, event_number, recipient, at, send_at, send_zone } = message;
  const facts: Facts = {
    ...(message.facts as Facts),
    ...entryFacts(entry),
    invited: recipient,
  };
  return {
    key: `${key}/instead/${person ?? 'office'}`,
    case_id,
    event_number,
    text: method === 'CANCEL' ? 'case.calendarCancellation' : 'case.calendarHandedBack',
    recipient,
    summary: `Mail to ${person ?? recipient}: out of the calendar`,
    at,
    send_at,
    send_zone,
    facts,
  };
}
