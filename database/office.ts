import type { Kysely } from 'kysely';
import type { Recipient } from '../domain/case/effects.ts';
import type { Calendar } from '../domain/planning.ts';
import { usualHours, type WorkingHours } from '../domain/send-times.ts';
import { type Addressee, addresseeOf, type Sending } from './addressee.ts';
import { calendarAt, type Place, placeOfAgency } from './calendars.ts';
import { findPerson } from './people/person.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;

/** Where and when a message is read. */
export interface Office {
  /** `person/kim-minji`, or `agency/klid` for a mailbox that is shared: one of them gets one gathered mail a day. */
  readonly reader: string;
  /** The reader's country, by its code. */
  readonly country: string | undefined;
  readonly calendar: Calendar;
  readonly hours: WorkingHours;
}

/** The office in which a message to this recipient would be read; undefined when there is nobody to read it. */
export async function officeOf(db: Db, recipient: Recipient, sending: Sending): Promise<Office | undefined> {
  const addressee = await addresseeOf(db, recipient, sending);
  return 'nobody' in addressee ? undefined : readerOffice(db, await readerOf(db, recipient, addressee));
}

/** Who reads what goes to this address: a person, or whoever looks into the mailbox of an agency. */
export async function readerOf(db: Db, recipient: Recipient, { person, insteadOf }: Addressee): Promise<string> {
  if (person) return `person/${person}`;
  const agency = insteadOf && (await findPerson(db, insteadOf.person))?.agency;
  return agency ? `agency/${agency}` : recipient;
}

/** The office of a person, or of an agency's own mailbox. */
export async function readerOffice(db: Db, reader: string): Promise<Office> {
  const [kind, id = ''] = reader.split('/');
  const person = kind === 'person' ? await findPerson(db, id) : undefined;
  const place: Place | undefined = person ?? (await placeOfAgency(db, id));
  const [from = usualHours.from, until = usualHours.until] = person?.hours.split('-') ?? [];
  return { reader, country: place?.country, calendar: await calendarAt(db, place), hours: { from, until } };
}
