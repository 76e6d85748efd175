import { type Kysely, sql, type Transaction } from 'kysely';
import { type Refusal, refuse } from '../domain/refusal.ts';
import {
  type Indicator,
  keyFields,
  nounOf,
  type Note,
  type Plan,
  type ProfileRecord,
  type Profiles,
  type RecordKind,
  recordKinds,
  schemas,
} from './country-profiles/record.ts';
import { digestOf } from './digest.ts';
import { type FileFault, faultIn, type Parsed, parseEntries } from './directory/entry.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;

/** Who recorded something of a country, and when, by the database's clock. */
export interface Recorded {
  readonly number: number;
  readonly recordedBy: string;
  readonly recordedAt: string;
}

/** What is known of a country, as it stands: indicators newest first, plans and notes from the latest back. */
export interface CountryProfile {
  readonly indicators: readonly (Indicator & Recorded)[];
  readonly plans: readonly (Plan & Recorded)[];
  readonly notes: readonly (Note & Recorded)[];
}

export interface ProfileCounts {
  readonly added: number;
  readonly replaced: number;
  readonly unchanged: number;
}

export type ProfileImport = Readonly<Record<RecordKind, ProfileCounts>>;

interface Row {
  readonly kind: RecordKind;
  readonly country: string;
  readonly key: string;
  readonly data: ProfileRecord;
}

/** One import at a time: of two at once, each would take the place of what the other had just recorded. */
const importLock = 4_201_948;

/**
 * Records indicators, plans and notes, all or nothing. What is on record already is left as it is; what differs takes its
 * place, and the former stays in the history.
 *
 * @param found what was wrong with the files already; with any of it nothing is recorded
 * @returns every fault of every entry if there is one
 */
export async function importCountryProfiles(
  db: Db,
  profiles: Profiles,
  by: string,
  found: readonly FileFault[] = [],
): Promise<ProfileImport | Refusal | { readonly faults: readonly FileFault[] }> {
  const parsed = recordKinds.map((kind) => parsedRows(kind, profiles));
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${importLock})`.execute(trx);
    const unknown = await refuseUnknownPerson(trx, by);
    if (unknown) return unknown;
    const faults = [...found, ...parsed.flatMap((each) => each.faults), ...(await unknownCountries(trx, profiles))];
    if (faults.length > 0) return { faults: faults.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line) };
    const counts = await store(
      trx,
      parsed.flatMap(({ rows }) => rows),
      by,
    );
    return Object.fromEntries(recordKinds.map((kind) => [kind, counts(kind)])) as ProfileImport;
  });
}

function parsedRows(kind: RecordKind, profiles: Profiles): { rows: readonly Row[]; faults: readonly FileFault[] } {
  const { parsed, faults } = parseEntries<ProfileRecord>(schemas[kind], profiles[kind]);
  const known = new Map<string, Parsed<ProfileRecord>>();
  const twice = parsed.flatMap((each) => {
    const key = keyOf(kind, each.value);
    const earlier = known.get(key);
    if (!earlier) known.set(key, each);
    const because = earlier && `is the same ${nounOf[kind]} as in ${earlier.entry.file}, line ${earlier.entry.line}`;
    return because ? [faultIn(each.entry, undefined, because)] : [];
  });
  const rows = [...known].map(([key, { value }]) => ({ kind, country: value.country, key, data: value }));
  return { rows, faults: [...faults, ...twice] };
}

function keyOf(kind: RecordKind, record: ProfileRecord): string {
  const fields = new Map(Object.entries(record));
  return digestOf(
    kind,
    keyFields[kind].map((field) => fields.get(field)),
  );
}

async function unknownCountries(trx: Transaction<Database>, profiles: Profiles): Promise<FileFault[]> {
  const countries = await trx.selectFrom('countries').select('code').execute();
  const known = new Set(countries.map(({ code }) => code));
  return recordKinds
    .flatMap((kind) => profiles[kind])
    .flatMap((entry) => {
      const code = entry.fields['country'];
      return typeof code === 'string' && /^[A-Z]{2}$/.test(code) && !known.has(code)
        ? [faultIn(entry, 'country', `there is no country "${code}" in the directory; import it there first`)]
        : [];
    });
}

async function refuseUnknownPerson(db: Db, id: string): Promise<Refusal | undefined> {
  const found = await db.selectFrom('people').select('id').where('id', '=', id).executeTakeFirst();
  return found
    ? undefined
    : refuse('UnknownPerson', `There is no person "${id}"; see \`./entente directory list --table people\`.`);
}

const now = sql<string>`clock_timestamp()`;
const data = sql<ProfileRecord>`data`.as('data');

async function store(trx: Transaction<Database>, rows: readonly Row[], by: string) {
  const standing = await trx
    .selectFrom('country_records')
    .select(['number', 'key', data])
    .where('superseded_at', 'is', null)
    .where('key', '=', sql<string>`any(${rows.map(({ key }) => key)}::text[])`)
    .execute();
  const before = new Map(standing.map((each) => [each.key, each]));
  const isSame = (row: Row) => {
    const old = before.get(row.key);
    return old !== undefined && digestOf('', old.data) === digestOf('', asStored(row.data));
  };
  const fresh = rows.filter((row) => !isSame(row));
  const replaced = fresh.flatMap(({ key }) => before.get(key)?.number ?? []);
  if (replaced.length > 0)
    await trx
      .updateTable('country_records')
      .set({ superseded_at: now, superseded_by: by })
      .where('number', 'in', replaced)
      .execute();
  for (const { kind, country, key, data: record } of fresh)
    await trx
      .insertInto('country_records')
      .values({ kind, country, key, data: JSON.stringify(record), recorded_by: by })
      .execute();
  return (kind: RecordKind): ProfileCounts => {
    const written = fresh.filter((row) => row.kind === kind);
    const instead = written.filter(({ key }) => before.has(key)).length;
    const all = rows.filter((row) => row.kind === kind).length;
    return { added: written.length - instead, replaced: instead, unchanged: all - written.length };
  };
}

/** Fields without a value are not stored. */
const asStored = (record: ProfileRecord): unknown => JSON.parse(JSON.stringify(record));

/** What is known of one country, as it stands. */
export async function readProfile(db: Db, country: string): Promise<CountryProfile> {
  const standing = async <T extends ProfileRecord>(kind: RecordKind, order: string) => {
    const rows = await db
      .selectFrom('country_records')
      .select(['number', 'recorded_by as recordedBy', 'recorded_at as recordedAt', sql<T>`data`.as('data')])
      .where('country', '=', country)
      .where('kind', '=', kind)
      .where('superseded_at', 'is', null)
      .orderBy(sql`data->>${sql.lit(order)}`, (by) => by.desc().nullsLast())
      .orderBy('number')
      .execute();
    return rows.map(({ data: record, ...recorded }) => ({ ...record, ...recorded }));
  };
  return {
    indicators: await standing<Indicator>('indicators', 'year'),
    plans: await standing<Plan>('plans', 'to'),
    notes: await standing<Note>('notes', 'on'),
  };
}

/** Takes back what was recorded by mistake; it stays in the history, with who did that and why. */
export async function withdrawRecord(
  db: Db,
  country: string,
  number: number,
  { by, because }: { readonly by: string; readonly because: string },
): Promise<Refusal | undefined> {
  const unknown = await refuseUnknownPerson(db, by);
  if (unknown) return unknown;
  const { numUpdatedRows } = await db
    .updateTable('country_records')
    .set({ superseded_at: now, superseded_by: by, superseded_because: because })
    .where('number', '=', number)
    .where('country', '=', country)
    .where('superseded_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n
    ? undefined
    : refuse(
        'UnknownItem',
        `Of ${country} nothing stands under number ${number}; see \`./entente country history ${country}\`.`,
      );
}
