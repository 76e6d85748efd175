import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  type ICalEventData,
  ICalEventStatus,
} from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { CalendarEntry } from '../domain/lifecycle.ts';
import { plus, type Instant } from '../domain/dates.ts';
import { readable } from '../domain/text.ts';
import { zoneRules } from './vtimezone.ts';
import { zoneSpelled } from './zones.ts';

/** An entry for a calendar program, as RFC 5545 and 5546 (iTIP) have it. */
export interface ICalendarEntry {
  readonly uid: string;
  readonly sequence: number;
  readonly withdrawn: boolean;
  readonly entry: CalendarEntry;
  /** IANA; without one an entry takes whole days. */
  readonly zone?: string | undefined;
  /** When this version was made: case time, so that the same version is the same bytes. */
  readonly stamp: Instant;
  readonly caseId: string;
  /** What its description says besides the case. */
  readonly more?: string | undefined;
  readonly organizer?: Mailbox | undefined;
  readonly attendee?: Mailbox | undefined;
}

interface Mailbox {
  readonly name: string;
  readonly address: string;
}

const prodId = { company: 'Entente', product: 'Entente', language: 'EN' };

/** The calendar part of a mail (RFC 6047, iMIP): an invitation, its change, or its cancellation. */
export function invitationOf(entry: ICalendarEntry): string {
  const method = entry.withdrawn ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST;
  const calendar = new ICalCalendar({ prodId, method, timezone: zones });
  calendar.createEvent(eventOf(entry));
  return linesOf(calendar);
}

/** A feed that others subscribe to; what was cancelled stays in it, so that it is taken out of their calendars. */
export function feedOf(name: string, entries: readonly ICalendarEntry[]): string {
  const calendar = new ICalCalendar({ prodId, name, method: ICalCalendarMethod.PUBLISH, timezone: zones });
  for (const entry of entries) calendar.createEvent(eventOf(entry));
  return linesOf(calendar);
}

/** A feed of whole days in parts, as they come: however many there are, one is in memory. */
export async function* feedParts(
  name: string,
  days: AsyncIterable<Omit<ICalendarEntry, 'zone'>>,
): AsyncGenerator<string> {
  const [head = '', end = ''] = feedOf(name, []).split(/(?=END:VCALENDAR)/);
  yield head;
  for await (const each of days) yield /BEGIN:VEVENT[^]*END:VEVENT\r\n/.exec(feedOf(name, [each]))?.[0] ?? '';
  yield end;
}

/** The last line ends like all others (RFC 5545, 3.1); strict readers leave out one that does not. */
const linesOf = (calendar: ICalCalendar): string => `${calendar.toString().trimEnd()}\r\n`;

/** Times keep their zone's name and its rules: in UTC they would be wrong as soon as a country changes its clocks. */
const zones = { name: null, generator: zoneRules };

function eventOf({
  uid,
  sequence,
  withdrawn,
  entry,
  zone,
  stamp,
  caseId,
  more,
  organizer,
  attendee,
}: ICalendarEntry): ICalEventData {
  return {
    id: uid,
    sequence,
    status: withdrawn ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    stamp: Temporal.Instant.from(stamp),
    ...timesOf(entry, zone),
    summary: readable(entry.summary),
    ...(entry.place ? { location: readable(entry.place) } : {}),
    description: more === undefined ? caseId : `${caseId}\n${readable(more)}`,
    ...(organizer ? { organizer: { name: plainName(organizer), email: organizer.address } } : {}),
    ...(attendee ? { attendees: [invited(attendee, withdrawn)] } : {}),
  };
}

/** Whoever is invited has not answered yet and is asked to; of what is off nobody is asked anything (RFC 5546, 3.2.2 and 3.2.5). */
const invited = (attendee: Mailbox, withdrawn: boolean) => ({
  name: plainName(attendee),
  email: attendee.address,
  role: ICalAttendeeRole.REQ,
  ...(withdrawn ? {} : { status: ICalAttendeeStatus.NEEDSACTION, rsvp: true }),
});

/** Who organises the entry in an iCalendar text that was written here. */
export function organizerIn(text: string): Mailbox | undefined {
  const unfolded = text.replaceAll(/\r?\n[ \t]/g, '');
  const [, name = '', address] = /^ORGANIZER(?:;CN="([^"]*)")?.*?:mailto:(\S+)$/im.exec(unfolded) ?? [];
  return address === undefined ? undefined : { name, address };
}

/** A quotation mark cannot stand in a parameter (RFC 5545, 3.2). */
const plainName = ({ name, address }: Mailbox): string => readable(name).replaceAll('"', '') || address;

/**
 * For what has no end on record: without one an entry ends as it begins (RFC 5545, 3.6.1), and calendars show a line that
 * nobody sees and that keeps no time free.
 */
const anHour = { hours: 1 };

function timesOf(
  { from, to, starts, ends }: CalendarEntry,
  zone: string | undefined,
): Partial<ICalEventData> & Pick<ICalEventData, 'start'> {
  // A register of earlier versions may hold a zone in other letters.
  const timezone = zone === undefined ? undefined : zoneSpelled(zone);
  if (!starts || !timezone)
    return {
      allDay: true,
      start: Temporal.PlainDate.from(from),
      // The end of whole days is the day after (RFC 5545, 3.6.1).
      end: Temporal.PlainDate.from(plus(to, 'P1D')),
      busystatus: ICalEventBusyStatus.BUSY,
    };
  return { start: at(from, starts), end: ends ? at(to, ends) : at(to, starts).add(anHour), timezone };
}

const at = (day: string, time: string): Temporal.PlainDateTime => Temporal.PlainDateTime.from(`${day}T${time}`);
