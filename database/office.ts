import type { Kysely } from 'kysely';
import type { Recipient } from '../domain/case/recipients.ts';
import type { Calendar } from '../domain/planning.ts';
import { usualHours, type WorkingHours } from '../domain/send-times.ts';
import { type Addressee, addresseeIn, askedFor, type Sending } from './addressee.ts';
import { calendarIn, type Place, placeOf } from './calendars.ts';
import type { Database } from './schema.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

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
export function officeIn(around: Surroundings, recipient: Recipient, sending: Sending): Office | undefined {
  const addressee = addresseeIn(around, recipient, sending);
  return 'nobody' in addressee ? undefined : officeTo(around, recipient, addressee);
}

/** @param calendarOf for whoever asks of many readers, and makes each calendar once */
export const officeTo = (
  around: Surroundings,
  recipient: Recipient,
  addressee: Addressee,
  calendarOf?: (place: Place | undefined) => Calendar,
): Office => readerOfficeIn(around, readerIn(around, recipient, addressee), calendarOf);

/** The same, where it may not have been looked up yet. */
export const officeOf = async (db: Db, recipient: Recipient, sending: Sending): Promise<Office | undefined> =>
  officeIn(await surroundingsOf(db, askedFor(recipient, sending)), recipient, sending);

/** Who reads what goes to this address: a person, or whoever looks into the mailbox of an agency. */
function readerIn({ people }: Surroundings, recipient: Recipient, { person, insteadOf }: Addressee): string {
  if (person) return `person/${person}`;
  const agency = insteadOf && people.get(insteadOf.person)?.agency;
  return agency ? `agency/${agency}` : recipient;
}

/** The same, of somebody who may not have been looked up yet. */
export const readerOf = async (db: Db, recipient: Recipient, addressee: Addressee): Promise<string> => {
  const { insteadOf } = addressee;
  return readerIn(await surroundingsOf(db, insteadOf ? [`person/${insteadOf.person}`] : []), recipient, addressee);
};

function readerOfficeIn(
  around: Surroundings,
  reader: string,
  calendarOf = (place: Place | undefined) => calendarIn(around, place),
): Office {
  const person = reader.startsWith('person/') ? around.people.get(reader.slice('person/'.length)) : undefined;
  const place = placeOf(around, reader);
  const [from = usualHours.from, until = usualHours.until] = person?.hours.split('-') ?? [];
  return { reader, country: place?.country, calendar: calendarOf(place), hours: { from, until } };
}

/** The office of a person, or of an agency's own mailbox. */
export const readerOffice = async (db: Db, reader: string): Promise<Office> =>
  readerOfficeIn(await surroundingsOf(db, [reader]), reader);
