import type { Kysely } from 'kysely';
import type { Recipient } from '../domain/case/effects.ts';
import type { Database } from './schema.ts';

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
}

/** There is no address, and what to do about it. */
export interface Nobody {
  readonly nobody: string;
}

type Candidate = Omit<Addressee, 'address'> & { readonly address: string | null; readonly superior: string | null };

/**
 * Who a message goes to, by the directory as it is now. Two questions, one after the other: who is meant, and how they
 * are reached. Whoever stands in for somebody belongs between the two.
 */
export async function addresseeOf(db: Db, recipient: Recipient): Promise<Addressee | Nobody> {
  const meant = await meantBy(db, recipient);
  return 'nobody' in meant ? meant : reached(recipient, meant);
}

async function meantBy(db: Db, recipient: Recipient): Promise<Candidate | Nobody> {
  const [kind = '', id = '', ...rest] = recipient.split('/');
  if (kind === 'superior-of') return superiorOf(db, id, rest.join('/'));
  if (kind === 'person') return (await person(db, id)) ?? unknown('person', id);
  const agency = await agencyOf(db, id);
  if (!agency) return unknown('agency', id);
  const contact = agency.contact === null ? undefined : await person(db, agency.contact);
  return contact?.address ? contact : { ...agency, superior: null };
}

async function superiorOf(db: Db, kind: string, id: string): Promise<Candidate | Nobody> {
  const owner = kind === 'person' ? id : (await agencyOf(db, id))?.contact;
  if (!owner) return { nobody: `agency/${id} has no contact, so nobody stands above it; name its contact.` };
  const below = await person(db, owner);
  if (!below) return unknown('person', owner);
  if (!below.superior) return { nobody: `person/${owner} has no superior; name one in the directory.` };
  return (await person(db, below.superior)) ?? unknown('person', below.superior);
}

const reached = (recipient: Recipient, { superior: _, address, ...candidate }: Candidate): Addressee | Nobody =>
  address
    ? { ...candidate, address }
    : {
        nobody: `${recipient} has no mail address${candidate.person ? ` (it would go to person/${candidate.person})` : ' and no contact with one'}; give it one in the directory.`,
      };

const unknown = (kind: string, id: string): Nobody => ({
  nobody: `${kind}/${id} is not in the directory; import it, or correct the case.`,
});

const person = (db: Db, id: string): Promise<Candidate | undefined> =>
  db
    .selectFrom('people')
    .select(['id as person', 'name', 'email as address', 'language', 'zone', 'superior'])
    .where('id', '=', id)
    .executeTakeFirst();

const agencyOf = (db: Db, id: string) =>
  db
    .selectFrom('agencies')
    .innerJoin('countries', 'countries.code', 'agencies.country')
    .select(['agencies.name', 'agencies.email as address', 'agencies.contact', 'countries.language', 'countries.zone'])
    .where('agencies.id', '=', id)
    .executeTakeFirst();
