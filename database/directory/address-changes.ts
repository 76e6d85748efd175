import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { Party } from '../../domain/fields.ts';
import type { Database } from '../schema.ts';
import type { AddressChangeTable } from './tables.ts';

/** Somebody whose mail goes to another address from now on, or to none. */
export interface AddressChange {
  readonly holder: Party;
  readonly name: string;
  readonly was: string;
  readonly became: string | null;
}

export type AddressChangeRow = Selectable<AddressChangeTable>;

interface Agency {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly contact: string | null;
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly other_addresses: readonly string[];
}

interface Addressed {
  readonly agencies: readonly Agency[];
  readonly people: readonly Person[];
}

/** Whose mail goes elsewhere by `rows` than it went `before`; spelling an address with other capitals changes nothing. */
export function addressChangesIn(rows: Addressed, before: Addressed): AddressChange[] {
  const people = new Map(before.people.map((each) => [each.id, each]));
  const agencies = new Map(before.agencies.map((each) => [each.id, each]));
  const now = new Map([...before.people, ...rows.people].map(({ id, email }) => [id, email]));
  return [
    ...rows.people.flatMap((person) => ofPerson(person, people.get(person.id))),
    ...rows.agencies.flatMap((agency) => ofAgency(agency, agencies.get(agency.id), people, now)),
  ];
}

/** Every address that is theirs no longer, and the one that is not tried first any more. */
function ofPerson(person: Person, before: Person | undefined): AddressChange[] {
  const lists = [before, person].map((each) => (each?.email ? [each.email, ...each.other_addresses] : []));
  const [were = [], are = []] = lists;
  const kept = new Set(are.map((each) => each.toLowerCase()));
  const first = are[0]?.toLowerCase();
  return were
    .filter((was, index) => !kept.has(was.toLowerCase()) || (index === 0 && was.toLowerCase() !== first))
    .map((was) => ({ holder: `person/${person.id}`, name: person.name, was, became: person.email }));
}

/** Its mailbox, and whoever read what came for it. */
function ofAgency(
  { id, name, email, contact }: Agency,
  before: Agency | undefined,
  people: ReadonlyMap<string, Person>,
  now: ReadonlyMap<string, string | null>,
): AddressChange[] {
  if (!before) return [];
  const became = (contact && now.get(contact)) || email;
  const wasRead = before.contact && before.contact !== contact ? people.get(before.contact)?.email : undefined;
  const wasMailbox = before.email?.toLowerCase() === email?.toLowerCase() ? undefined : before.email;
  return [...new Set([wasRead, wasMailbox])].flatMap((was) =>
    was && was.toLowerCase() !== became?.toLowerCase() ? [{ holder: `agency/${id}` as const, name, was, became }] : [],
  );
}

/** @param by who says so */
export async function recordAddressChanges(
  trx: Transaction<Database>,
  changes: readonly AddressChange[],
  by: string,
): Promise<void> {
  await trx
    .insertInto('address_changes')
    .values(changes.map((change) => ({ ...change, by })))
    .execute();
}

/** All of them, the latest first. */
export const listAddressChanges = (db: Kysely<Database>): Promise<AddressChangeRow[]> =>
  db.selectFrom('address_changes').selectAll().orderBy('number', 'desc').execute();

/** A change that the old address has to be told, and the language and the zone of its holder. */
export type UntoldChange = AddressChangeRow & { readonly language: string; readonly zone: string };

/** The oldest first. */
export async function untoldAddressChanges(db: Kysely<Database>): Promise<readonly UntoldChange[]> {
  const { rows } = await sql<UntoldChange>`
    select c.*, coalesce(people.language, countries.language, 'en') as language,
      coalesce(people.zone, countries.zone, 'UTC') as zone
    from address_changes c
    left join people on c.holder = 'person/' || people.id
    left join agencies on c.holder = 'agency/' || agencies.id or agencies.id = people.agency
    left join countries on countries.code = agencies.country
    where told_at is null order by number`.execute(db);
  return rows;
}

/** Whether it is for whoever asks to tell; once only, for all who ask. */
export async function takeTelling(db: Kysely<Database>, number: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('address_changes')
    .set({ told_at: sql<string>`clock_timestamp()` })
    .where('number', '=', number)
    .where('told_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What became of telling it, in the mail server's words. */
export async function keepReply(db: Kysely<Database>, number: number, reply: string): Promise<void> {
  await db.updateTable('address_changes').set({ reply }).where('number', '=', number).execute();
}
