import { type Kysely, sql, type Transaction } from 'kysely';
import { addressesOf, type Directory, type FileFault, parseEntries, schemas, type Table } from './directory/entry.ts';
import { type AddressChange, addressChangesIn, recordAddressChanges } from './directory/address-changes.ts';
import { rolesIn } from './directory/roles.ts';
import { crossFaults, type Known, type ParsedDirectory, unknownNames } from './directory/faults.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { system } from '../domain/case/due.ts';
import { freshRoles, putRoles, refuseFirst, refuseBesideCases } from './people/roles.ts';
import { inTransaction } from './transaction.ts';
import type { AgencyRow, CountryRow, Database, PersonRow } from './schema.ts';

export type { Directory, FileFault, Entry } from './directory/entry.ts';

/** Thrown when an import is refused: nothing of it is stored, and every fault is named at once. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  readonly faults: readonly FileFault[];
  constructor(faults: readonly FileFault[]) {
    const sorted = [...faults].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
    super(
      `Nothing was imported: ${sorted.length === 1 ? 'there is 1 fault' : `there are ${sorted.length} faults`}.\n${sorted
        .map(({ file, line, because }) => `${file}, line ${line}: ${because}`)
        .join('\n')}`,
    );
    this.faults = sorted;
  }
}

export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

export type ImportResult = Readonly<Record<Table, Counts>>;

/** One import at a time: two at once could each be right alone and wrong together. */
const importLock = 4_201_947;

/**
 * Imports countries, agencies and people, all or nothing. Safe to repeat: what is on record already is left as it is.
 *
 * Whose mail goes elsewhere since then is put on record; a worker tells the old address.
 *
 * @param found what was wrong with the files already; with any of it nothing is imported
 * @param by who says so; only an import that changes where nobody's mail goes needs nobody
 * @throws {@link DirectoryError} with every fault of every entry
 */
export async function importDirectory(
  db: Kysely<Database>,
  directory: Directory,
  found: readonly FileFault[] = [],
  by?: string,
): Promise<ImportResult | Refusal> {
  const countries = parseEntries(schemas.countries, directory.countries);
  const agencies = parseEntries(schemas.agencies, directory.agencies);
  const people = parseEntries(schemas.people, directory.people);
  const parsed = { countries: countries.parsed, agencies: agencies.parsed, people: people.parsed };
  const inThemselves = [...found, ...countries.faults, ...agencies.faults, ...people.faults];
  return inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(${importLock})`.execute(trx);
    const known = await readDirectory(trx);
    // Who stands on a line that could not be read is not reported missing as well.
    const unknown = found.length > 0 ? [] : unknownNames(directory, known);
    const faults = [...inThemselves, ...unknown, ...crossFaults(parsed, known)];
    if (faults.length > 0) throw new DirectoryError(faults);
    const rows = rowsOf(parsed);
    const changes = addressChangesIn(rows, known);
    const unsigned = by === undefined ? refuseUnsigned(changes, followedIn(rows, known)) : undefined;
    if (unsigned) return unsigned;
    const change = changeOf(rows, known);
    const given = await freshRoles(trx, rolesIn(parsed));
    const isChange = given.length > 0 || Object.values(change).some(({ toWrite }) => toWrite.length > 0);
    const refusal = isChange
      ? ((await refuseBesideCases(trx, 'directory import', by)) ?? (await refuseFirst(trx, given)))
      : undefined;
    if (refusal) return refusal;
    if (by !== undefined && changes.length > 0) await recordAddressChanges(trx, changes, by);
    const counts = await store(trx, change);
    // Unsigned, they are those with which a directory begins.
    await putRoles(trx, given, by ?? system);
    return counts;
  });
}

function refuseUnsigned(changes: readonly AddressChange[], followed: readonly string[]): Refusal | undefined {
  const said = [
    ...(changes.length > 0 ? [`changes where mail to ${changes.map(({ holder }) => holder).join(', ')} goes`] : []),
    ...(followed.length > 0 ? [`names who follows ${followed.join(', ')}`] : []),
  ];
  if (said.length === 0) return undefined;
  return refuse(
    'InvalidInput',
    `by: it ${said.join(' and ')}, which is put on record with who says so. Say who: --as PERSON.`,
  );
}

/** Who has left, and is a contact or a superior no more by these rows: cases that wait for it are told. */
function followedIn(rows: Rows, known: Known): readonly string[] {
  const left = new Set(known.people.filter(({ left_on: on }) => on !== null).map(({ id }) => id));
  const contacts = new Map(rows.agencies.map(({ id, contact }) => [id, contact]));
  const superiors = new Map(rows.people.map(({ id, superior }) => [id, superior]));
  const before = [
    ...known.agencies
      .filter(({ id, contact }) => contacts.has(id) && contacts.get(id) !== contact)
      .map((each) => each.contact),
    ...known.people
      .filter(({ id, superior }) => superiors.has(id) && superiors.get(id) !== superior)
      .map((each) => each.superior),
  ];
  return [...new Set(before)].flatMap((id) => (id !== null && left.has(id) ? id : []));
}

/** Everything in the directory; it is small: a few thousand people at most. */
/** Whose people are asked for; of all, unless said. */
export interface PeopleOf {
  readonly agency?: string | undefined;
  readonly country?: string | undefined;
}

export async function readDirectory(db: Kysely<Database>, { agency, country }: PeopleOf = {}): Promise<Known> {
  let people = db.selectFrom('people').selectAll().orderBy('id');
  if (agency) people = people.where('agency', '=', agency);
  if (country)
    people = people.where('agency', 'in', (from) =>
      from.selectFrom('agencies').select('id').where('country', '=', country),
    );
  return {
    countries: await db.selectFrom('countries').selectAll().orderBy('code').execute(),
    agencies: await db.selectFrom('agencies').selectAll().orderBy('id').execute(),
    people: await people.execute(),
  };
}

/** The languages in which people read their mail. */
export async function languagesRead(db: Kysely<Database>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('people')
    .innerJoin('agencies', 'agencies.id', 'people.agency')
    .innerJoin('countries', 'countries.code', 'agencies.country')
    .select((eb) => eb.fn.coalesce('people.language', 'countries.language').as('language'))
    .distinct()
    .execute();
  return rows.map(({ language }) => language);
}

interface Rows {
  readonly countries: readonly CountryRow[];
  readonly agencies: readonly AgencyRow[];
  /** An import says nothing of who has left: they stay so. */
  readonly people: readonly Omit<PersonRow, 'left_on' | 'left_by'>[];
}

const officeHours = { from: '09:00', until: '18:00' };

/** What is not said of a person (a language, a zone) is not put there: it is the country's of that day. */
function rowsOf({ countries, agencies, people }: ParsedDirectory): Rows {
  const personRows = people.map(({ value }) => {
    const { addresses: _, roles: _roles, hours = officeHours, terminal = false, ...fields } = value;
    const [email = null, ...others] = addressesOf(value);
    const reached = { email, other_addresses: others, working_from: hours.from, working_until: hours.until };
    return { office: null, superior: null, language: null, zone: null, terminal, ...fields, ...reached };
  });
  return {
    countries: countries.map(({ value }) => value),
    agencies: agencies.map(({ value }) => ({ email: null, contact: null, ...value })),
    people: personRows,
  };
}

/** What is new and what is changed among rows of one table. */
function sorted<Row extends object>(rows: readonly Row[], before: readonly Row[], keyOf: (row: Row) => string) {
  const known = new Map(before.map((row) => [keyOf(row), row]));
  const alike = (one: unknown, other: unknown) => one === other || JSON.stringify(one) === JSON.stringify(other);
  const same = (row: Row, old: Row) =>
    Object.entries(row).every(([name, value]) => alike(old[name as keyof Row], value));
  const added = rows.filter((row) => !known.has(keyOf(row)));
  const changed = rows.filter((row) => {
    const old = known.get(keyOf(row));
    return old !== undefined && !same(row, old);
  });
  const counts: Counts = {
    added: added.length,
    changed: changed.length,
    unchanged: rows.length - added.length - changed.length,
  };
  return { toWrite: [...added, ...changed], changed, counts };
}

const changeOf = (rows: Rows, known: Known) => ({
  countries: sorted(rows.countries, known.countries, ({ code }) => code),
  agencies: sorted(rows.agencies, known.agencies, ({ id }) => id),
  people: sorted<Rows['people'][number]>(rows.people, known.people, ({ id }) => id),
});

type Change = ReturnType<typeof changeOf>;

async function store(trx: Transaction<Database>, { countries, agencies, people }: Change): Promise<ImportResult> {
  for (const row of countries.toWrite)
    await trx
      .insertInto('countries')
      .values(row)
      .onConflict((conflict) => conflict.column('code').doUpdateSet(row))
      .execute();
  for (const row of agencies.toWrite)
    await trx
      .insertInto('agencies')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  // Two people may exchange their addresses: both are taken off before they are given out again.
  for (const { id } of people.changed)
    await trx.updateTable('people').set({ email: null, other_addresses: [] }).where('id', '=', id).execute();
  for (const row of people.toWrite)
    await trx
      .insertInto('people')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  return { countries: countries.counts, agencies: agencies.counts, people: people.counts };
}
