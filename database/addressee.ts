import type { Kysely } from 'kysely';
import type { Recipient } from '../domain/case/recipients.ts';
import { type CivilDate, dayIn, type Instant } from '../domain/dates.ts';
import type { Facts } from '../domain/lifecycle.ts';
import type { Database } from './schema.ts';
import { hasLeft, type Person, type Surroundings, surroundingsOf } from './surroundings.ts';

type Db = Kysely<Database>;

/** Somebody who can be written to. */
export interface Addressee {
  /** Absent: a mailbox that an agency shares. */
  readonly person?: string;
  readonly name: string;
  readonly address: string;
  readonly language: string;
  /** An IANA zone, such as Asia/Seoul. */
  readonly zone: string;
  /** What they are, as the directory has it. */
  readonly office?: string;
  /** Has commands at hand; a shared mailbox has not. */
  readonly terminal?: boolean;
  /** Whom it is really meant for, where somebody else gets it. */
  readonly insteadOf?: InsteadOf;
}

/** Why somebody else is written to than the person meant. */
export interface InsteadOf {
  readonly person: string;
  readonly name: string;
  readonly why: 'away' | 'left';
  /** The last day of being away, or the first of having left, in the zone of the person meant. */
  readonly day: CivilDate;
  /** They were asked to stand in; absent: nobody who was is there, and somebody has to have it. */
  readonly standsIn?: true;
}

/** There is no address, and what to do about it. */
export interface Nobody {
  readonly nobody: string;
}

/** When a message is sent, in case time, and who has it when nobody else is there. */
export interface Sending {
  readonly at: Instant;
  /** The id of a person. */
  readonly coordinator?: string | undefined;
}

/** Of a message with these facts: every one names its coordinator. */
export const sendingAt = (at: Instant, { coordinator }: Facts): Sending => ({
  at,
  coordinator: /^person\/(.+)$/.exec(String(coordinator))?.[1],
});

type Mailbox = Omit<Addressee, 'address' | 'office'> & {
  readonly address: string | null;
  readonly bounces: boolean;
  readonly office?: string | null;
};

/**
 * Who a message goes to, by the directory as it is now. Two questions, one after the other: who is meant, and who is
 * there to read it on the day of sending, which is a day in the zone of the person meant.
 */
export function addresseeIn(directory: Surroundings, recipient: Recipient, sending: Sending): Addressee | Nobody {
  const meant = meantBy(directory, recipient, sending);
  if ('nobody' in meant) return meant;
  if (!('superior' in meant)) return reached(recipient, meant);
  const absent = absenceOf(meant, sending);
  if (!absent) return reached(recipient, meant);
  const instead = somebodyInstead(directory, meant, absent, sending);
  return instead ?? { nobody: nobodyInstead(recipient, absent) };
}

/** The same for whoever asks again and again: of whom no day and no coordinator decides on that, it is worked out once. */
export function addresseesIn(
  directory: Surroundings,
): (letter: { readonly to: Recipient; readonly facts: Facts }, at: Instant) => Addressee | Nobody {
  const known = new Map<Recipient, Addressee | Nobody>();
  return (letter, at) => {
    const recipient = letter.to;
    const found = known.get(recipient);
    if (found) return found;
    let isAlways = true;
    const asked = <T>(what: T): T => {
      isAlways = false;
      return what;
    };
    const sending: Sending = {
      get at() {
        return asked(at);
      },
      get coordinator() {
        return asked(sendingAt(at, letter.facts).coordinator);
      },
    };
    const addressee = addresseeIn(directory, recipient, sending);
    if (isAlways) known.set(recipient, addressee);
    return addressee;
  };
}

/** The same, of somebody who may not have been looked up yet. */
export async function addresseeOf(db: Db, recipient: Recipient, sending: Sending): Promise<Addressee | Nobody> {
  return addresseeIn(await surroundingsOf(db, askedFor(recipient, sending)), recipient, sending);
}

/** Whom to look up for that. */
export const askedFor = (recipient: Recipient, { coordinator }: Sending): readonly string[] => [
  recipient.replace(/^superior-of\//, ''),
  ...(coordinator ? [`person/${coordinator}`] : []),
];

/** For an agency its contact, or the mailbox it shares where there is no contact who could read it. */
function meantBy(directory: Surroundings, recipient: Recipient, sending: Sending): Person | Mailbox | Nobody {
  const [kind = '', id = '', ...rest] = recipient.split('/');
  if (kind === 'superior-of') return superiorOf(directory, id, rest.join('/'));
  if (kind === 'person') return directory.people.get(id) ?? unknown('person', id);
  const agency = agencyOf(directory, id);
  if (!agency) return unknown('agency', id);
  const contact = agency.contact === null ? undefined : directory.people.get(agency.contact);
  if (!contact) return agency;
  const gone = isGone(contact, sending) || !contact.address;
  return gone && agency.address ? agency : contact;
}

function superiorOf(directory: Surroundings, kind: string, id: string): Person | Nobody {
  const owner = kind === 'person' ? id : agencyOf(directory, id)?.contact;
  if (!owner) return { nobody: `agency/${id} has no contact, so nobody stands above it; name its contact.` };
  const below = directory.people.get(owner);
  if (!below) return unknown('person', owner);
  if (!below.superior) return { nobody: `person/${owner} has no superior; name one in the directory.` };
  return directory.people.get(below.superior) ?? unknown('person', below.superior);
}

// When it is sent is asked only where that decides: `addresseesIn` goes by it.
const isGone = (person: Person, sending: Sending): boolean => person.leftOn !== null && hasLeft(person, sending.at);

type Absent =
  | { readonly why: 'left'; readonly day: CivilDate }
  | { readonly why: 'away'; readonly day: CivilDate; readonly standIn: string };

function absenceOf(person: Person, sending: Sending): Absent | undefined {
  if (person.leftOn && isGone(person, sending)) return { why: 'left', day: person.leftOn };
  if (person.absences.length === 0) return undefined;
  const day = dayIn(sending.at, person.zone);
  const absence = person.absences.find(({ from, until }) => from <= day && day <= until);
  return absence && { why: 'away', day: absence.until, standIn: absence.standIn };
}

/**
 * Never silence: the stand-in, or who stands in for them; else, and for who has left, the agency's contact and the
 * superior; else the agency's mailbox, the coordinator, and at last the person meant, who reads it when they are back.
 */
function somebodyInstead(
  directory: Surroundings,
  meant: Person,
  absent: Absent,
  sending: Sending,
): Addressee | undefined {
  const { person, name, agency, superior } = meant;
  const insteadOf: InsteadOf = { person, name, why: absent.why, day: absent.day };
  const seen = new Set([person]);
  const there = (id: string | null | undefined) => (id ? whoIsThere(directory, id, sending, seen) : undefined);
  const office = agencyOf(directory, agency);
  if (absent.why === 'away') {
    const standIn = there(absent.standIn);
    if (standIn) return { ...standIn, insteadOf: { ...insteadOf, standsIn: true } };
  } else {
    const next = there(office?.contact) ?? there(superior);
    if (next) return { ...next, insteadOf };
  }
  if (office?.address) return { ...reachable(office, office.address), insteadOf };
  const coordinator = there(sending.coordinator);
  if (coordinator) return { ...coordinator, insteadOf };
  return absent.why === 'away' && meant.address ? reachable(meant, meant.address) : undefined;
}

/** A person; else who stands in for them, or is above them when they have left, and so on; nobody when the way ends. */
function whoIsThere(directory: Surroundings, id: string, sending: Sending, seen: Set<string>): Addressee | undefined {
  if (seen.has(id)) return undefined;
  seen.add(id);
  const person = directory.people.get(id);
  if (!person) return undefined;
  const absent = absenceOf(person, sending);
  if (absent) {
    const next = absent.why === 'away' ? absent.standIn : person.superior;
    return next === null ? undefined : whoIsThere(directory, next, sending, seen);
  }
  return person.address ? reachable(person, person.address) : undefined;
}

const reachable = (
  { person, name, language, zone, office, terminal }: Omit<Mailbox, 'bounces'>,
  address: string,
): Addressee => ({
  ...(person ? { person } : {}),
  name,
  address,
  language,
  zone,
  ...(office ? { office } : {}),
  ...(terminal ? { terminal } : {}),
});

const reached = (recipient: Recipient, candidate: Mailbox): Addressee | Nobody =>
  candidate.address
    ? reachable(candidate, candidate.address)
    : { nobody: candidate.bounces ? allBounce(recipient, candidate) : noAddress(recipient, candidate) };

const through = (recipient: Recipient, { person }: Mailbox): string =>
  person && recipient !== `person/${person}` ? ` (it would go to person/${person})` : '';

const noAddress = (recipient: Recipient, candidate: Mailbox): string =>
  `${recipient} has no mail address${candidate.person ? through(recipient, candidate) : ' and no contact with one'}; give it one in the directory.`;

const allBounce = (recipient: Recipient, candidate: Mailbox): string =>
  `Mail to ${recipient} comes back from every address on record${through(recipient, candidate)}; give another in the directory, or say \`./entente person reachable ADDRESS\`.`;

const nobodyInstead = (recipient: Recipient, { why, day }: Absent): string =>
  why === 'left'
    ? `${recipient} cannot be reached: the person left the service on ${day}, and nobody above them, no mailbox of the agency and no coordinator is there; name a contact of the agency or a superior.`
    : `${recipient} cannot be reached: the person is away until ${day}, and whoever should have it instead has no address that works.`;

const unknown = (kind: string, id: string): Nobody => ({
  nobody: `${kind}/${id} is not in the directory; import it, or correct the case.`,
});

const agencyOf = ({ agencies }: Surroundings, id: string) => agencies.get(id);
