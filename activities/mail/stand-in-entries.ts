import { type Kysely, sql } from 'kysely';
import { namesIn } from '../../database/names.ts';
import type { Database, MessageRow } from '../../database/schema.ts';
import type { CalendarChange } from '../../domain/case/calendar-entries.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import { type Mailbox, messageIdOf } from './identity.ts';
import { invitationFor } from './invitation.ts';
import { render } from './render.ts';

interface Post {
  readonly db: Kysely<Database>;
  readonly from: Mailbox;
}

/** Who has an entry in their calendar because they read somebody's mail when it was sent. */
interface Holder {
  readonly person: string | null;
  readonly address: string;
  readonly language: string;
}

/**
 * An entry goes to whoever reads the mail of the invited on that day. When somebody else reads the next version, it has to
 * be taken out of the earlier reader's calendar, or it stays there for ever. Puts a message to each of those on record,
 * ready to be sent, and gives the keys of those that wait. Safe to repeat: the keys are derived.
 */
export async function takenFromStandIns({ db, from }: Post, key: string): Promise<readonly string[]> {
  const message = await db.selectFrom('messages').selectAll().where('key', '=', key).executeTakeFirst();
  const change = message?.calendar as CalendarChange | null | undefined;
  if (!message || !change || message.state !== 'sent') return [];
  const holders = await holdersOf(db, message, change);
  return Promise.all(holders.map((holder) => onRecord({ db, from }, message, change, holder)));
}

/** The earlier readers whose calendars hold the entry, and who are not invited themselves. */
async function holdersOf(
  db: Kysely<Database>,
  { key, case_id, recipient, address }: MessageRow,
  { uid }: CalendarChange,
) {
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
  await db
    .insertInto('messages')
    .values({
      ...row,
      ...(person ? { person } : {}),
      address,
      language,
      subject,
      body_text: text,
      body_html: html,
      body_calendar: await invitationFor(db, { ...message, calendar }, reader),
      message_id: messageIdOf(row.key, from),
      facts: JSON.stringify(row.facts),
      calendar: JSON.stringify(calendar),
      state: 'planned',
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return row.key;
}

/** The appointment itself may stand: then it is only theirs no longer. */
function rowFor(message: MessageRow, { entry, method }: CalendarChange, { person }: Holder) {
  const { key, case_id, event_number, recipient, at, send_at, send_zone } = message;
  const facts: Facts = {
    ...(message.facts as Facts),
    entry: entry.summary,
    from: entry.from,
    until: entry.to,
    days: entry.from === entry.to ? 1 : 2,
    where: entry.place,
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
