import { type Kysely, sql, type Transaction } from 'kysely';
import type { CaseState } from '../../domain/case/state.ts';
import { transition } from '../../domain/case/transition.ts';
import { type Kind, lifecycles } from '../../domain/kinds.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { rulesOfToday } from '../../domain/rules-version.ts';
import { tablesOf } from '../backup/tables.ts';
import { concernsOf } from '../people/concerns.ts';
import { refuseUnknownPerson } from '../people/person.ts';
import { refuseBesideCases, refuseLastAdministrator } from '../people/roles.ts';
import { contentsOf } from '../documents.ts';
import { wordsIn } from '../documents/content.ts';
import { writeEntry } from '../entry.ts';
import { rewriteSearchTexts } from '../search-texts.ts';
import type { CaseDocumentRow, Database } from '../schema.ts';
import { inTransaction } from '../transaction.ts';
import { erasedCalendar, erasedJson, eraserOf, type Marks } from './eraser.ts';

export interface Erasure {
  readonly person: string;
  readonly by: string;
  readonly reason: string;
  /** Other spellings of the name. */
  readonly also?: readonly string[] | undefined;
  /** Today, where the operator is. */
  readonly on: string;
}

export interface Erased {
  readonly pseudonym: string;
  /** How many rows were changed, by table. */
  readonly changed: Readonly<Record<string, number>>;
  /** Open cases in which they stood. */
  readonly reread: readonly string[];
  /** Texts that cases have circulated and that name them: they stay as they are. */
  readonly namedIn: readonly CirculatedText[];
  /** The same of texts that cannot be looked into. */
  readonly unread: readonly CirculatedText[];
}

export type CirculatedText = Pick<CaseDocumentRow, 'name' | 'sha256'> & { readonly case: string };

/** What takes the place of the texts of letters to somebody. */
const erasedText = '[erased]';

/**
 * Puts a pseudonym in the place of a person everywhere on record; events keep their numbers, types and dates.
 *
 * The one exception from "events are append-only": only the owner of the tables can make it, within this transaction,
 * and it is on record itself.
 *
 * @param db of the owner of the tables
 * @param putStatement puts the proof of who does this into the transaction
 */
export async function erasePerson(
  db: Kysely<Database>,
  erasure: Erasure,
  putStatement?: (trx: Transaction<Database>) => Promise<void>,
): Promise<Erased | Refusal> {
  const erased = await inTransaction(db, async (trx) => {
    await putStatement?.(trx);
    const tables = await tablesOf(trx);
    await sql`lock table ${sql.join(tables.map((table) => sql.id(table)))} in share row exclusive mode`.execute(trx);
    const refusal = await refuseErasure(trx, erasure);
    return refusal ?? erase(trx, tables, erasure);
  });
  // What was replaced lies in the files of the tables until somebody sweeps them.
  if ('changed' in erased)
    for (const table of Object.keys(erased.changed)) await sql`vacuum ${sql.id(table)}`.execute(db);
  return erased;
}

async function refuseErasure(trx: Transaction<Database>, { person, by, on }: Erasure): Promise<Refusal | undefined> {
  const refusal =
    (await refuseUnknownPerson(trx, person, by)) ??
    (await refuseBesideCases(trx, 'person erase', by)) ??
    (await refuseLastAdministrator(trx, person, on));
  if (refusal) return refusal;
  const concerns = await concernsOf(trx, person, on);
  if (concerns.length > 0) {
    const which = concerns.map((each) => (each.case ? `${each.case}: ${each.what}` : each.what));
    return refuse(
      'NotReady',
      `${person} is still needed: ${which.join('; ')}. Pass that on first; see \`./entente person show ${person}\`.`,
    );
  }
  const fixed = await openUnderThatName(trx, person);
  if (fixed.length === 0) return undefined;
  return refuse('NotReady', `${person} is in what is under way: ${fixed.join(', ')}. Erase them when that is over.`);
}

/** What workflows are at under an id that has the name in it: open cases, and letters that are still to go. */
async function openUnderThatName(trx: Transaction<Database>, person: string): Promise<readonly string[]> {
  const pattern = `(^|[^a-z0-9-])${person}($|[^a-z0-9-])`;
  const { rows } = await sql<{ id: string }>`
    select id from cases where closed_at is null and id ~ ${pattern}
    union select 'a letter of ' || case_id from messages
      where state in ('planned', 'claimed', 'inData')
        and (recipient = ${`person/${person}`} or person = ${person} or key ~ ${pattern})
    order by 1`.execute(trx);
  return rows.map(({ id }) => id);
}

async function erase(trx: Transaction<Database>, tables: readonly string[], erasure: Erasure): Promise<Erased> {
  const marks = await marksOf(trx, erasure);
  const pseudonym = await putOnRecord(trx, erasure, marks);
  const eraser = eraserOf(marks, pseudonym);
  await sql`set constraints all deferred`.execute(trx);
  await forgetLetters(trx, erasure.person);
  await tellNoMore(trx, erasure.person);
  const changed: Record<string, number> = {};
  for (const guard of guards) await sql.raw(`alter table ${guard} disable trigger user`).execute(trx);
  for (const table of tables) {
    const count = await eraseIn(trx, table, eraser);
    if (count > 0) changed[table] = count;
  }
  // Looked at before the guard is up again: what changes a table may not leave a check of it waiting.
  await sql`set constraints all immediate`.execute(trx);
  for (const guard of guards) await sql.raw(`alter table ${guard} enable trigger user`).execute(trx);
  await trx
    .updateTable('people')
    .set({
      name: pseudonym,
      email: null,
      other_addresses: [],
      office: null,
      left_on: sql`coalesce(left_on, ${erasure.on}::date)`,
    })
    .where('id', '=', pseudonym)
    .execute();
  // Their names stand in these without accents.
  await rewriteSearchTexts(trx, sql`xmin = pg_current_xact_id()::xid`);
  const reread = await tellOpenCases(trx, pseudonym, {
    ...erasure,
    by: eraser(erasure.by),
    reason: eraser(erasure.reason),
  });
  return { pseudonym, changed, reread, ...(await lookedInto(trx, eraser)) };
}

/** What was circulated is known by its hash, and nobody may change it: it is said where the name is left. */
async function lookedInto(
  trx: Transaction<Database>,
  erase: (text: string) => string,
): Promise<Pick<Erased, 'namedIn' | 'unread'>> {
  const found: { named: CirculatedText[]; unread: CirculatedText[] } = { named: [], unread: [] };
  const documents = await trx.selectFrom('documents').select(['sha256', 'type']).orderBy('sha256').execute();
  for (const { sha256, type } of documents) {
    const content = (await contentsOf(trx, [sha256])).get(sha256);
    const words = content && wordsIn(type, content);
    if (words !== undefined && erase(words) === words) continue;
    const cases = await trx
      .selectFrom('case_documents')
      .select(['case_id as case', 'name', 'sha256'])
      .distinct()
      .where('sha256', '=', sha256)
      .orderBy('case_id')
      .execute();
    (words === undefined ? found.unread : found.named).push(...cases);
  }
  return { namedIn: found.named, unread: found.unread };
}

/**
 * Running cases write what they know, and would bring back what was erased: each gets an event at which it reads all of its
 * events again before it writes another one.
 */
async function tellOpenCases(
  trx: Transaction<Database>,
  pseudonym: string,
  { by, reason }: Erasure,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string; kind: Kind; state: CaseState }>`
    with me as (select pg_current_xact_id()::xid as id)
    select cases.id, kind, state from cases, me where closed_at is null and (cases.xmin = me.id
      or exists (select from events where case_id = cases.id and events.xmin = me.id)) order by cases.id`.execute(trx);
  for (const { kind, state } of rows) {
    const erased = { type: 'personErased', pseudonym, number: state.number + 1, at: state.lastAt, by, reason };
    await writeEntry(trx, {
      lifecycle: lifecycles[kind],
      ...transition(lifecycles[kind], state, [erased]),
      messages: [],
      rules: rulesOfToday,
    });
  }
  return rows.map(({ id }) => id);
}

/** What refuses changes, whoever makes them. */
const guards = ['events', 'country_records', 'address_changes'];

async function marksOf(trx: Transaction<Database>, { person, also = [] }: Erasure): Promise<Marks> {
  const { name, email, other_addresses } = await trx
    .selectFrom('people')
    .select(['name', 'email', 'other_addresses'])
    .where('id', '=', person)
    .executeTakeFirstOrThrow();
  const addresses = [...(email ? [email] : []), ...other_addresses, ...(await formerAddresses(trx, person))];
  return { id: person, names: [name, ...also], addresses: [...new Set(addresses.map((each) => each.toLowerCase()))] };
}

/** Those at which they were written to before, as far as it is known. */
async function formerAddresses(trx: Transaction<Database>, person: string): Promise<readonly string[]> {
  const { rows } = await sql<{ address: string }>`
    select unnest(array[was, became]) as address from address_changes where holder = ${`person/${person}`}
    union select address from messages where person = ${person}
    union select address from digests where person = ${person}`.execute(trx);
  return rows.map(({ address }) => address).filter(Boolean);
}

async function putOnRecord(trx: Transaction<Database>, { by, reason }: Erasure, marks: Marks): Promise<string> {
  const { number } = await trx
    .insertInto('erasures')
    .values({ pseudonym: '', by, reason })
    .returning('number')
    .executeTakeFirstOrThrow();
  const pseudonym = `erased-${number}`;
  await trx
    .updateTable('erasures')
    .set({ pseudonym, reason: eraserOf(marks, pseudonym)(reason) })
    .where('number', '=', number)
    .execute();
  return pseudonym;
}

/** What was written to somebody says more of them than their name. */
async function forgetLetters(trx: Transaction<Database>, person: string): Promise<void> {
  const text = sql`case when body_text is not null then ${erasedText} end`;
  const html = sql`case when body_html is not null then ${erasedText} end`;
  const subject = sql`case when subject is not null then ${erasedText} end`;
  await sql`update messages set subject = ${subject}, body_text = ${text}, body_html = ${html},
      body_calendar = case when body_calendar is not null then ${erasedText} end
    where person = ${person} or meant = ${person} or recipient = ${`person/${person}`}`.execute(trx);
  await sql`update digests set subject = ${subject}, body_text = ${text}, body_html = ${html}
    where person = ${person} or reader = ${`person/${person}`}`.execute(trx);
}

/** The old address is about to be none. */
const tellNoMore = (trx: Transaction<Database>, person: string): Promise<unknown> =>
  sql`update address_changes set told_at = clock_timestamp(), reply = 'Erased before it was told.'
    where holder = ${`person/${person}`} and told_at is null`.execute(trx);

interface Column {
  readonly name: string;
  readonly type: string;
}

const rowsAtOnce = 500;

/** In every column that holds words. Every row is looked at: a name can be hidden by how a text is written. */
async function eraseIn(trx: Transaction<Database>, table: string, erase: (text: string) => string): Promise<number> {
  const { rows: columns } = await sql<Column>`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = current_schema() and table_name = ${table}
      and data_type in ('text', 'character varying', 'jsonb', 'ARRAY') and is_generated = 'NEVER'`.execute(trx);
  if (columns.length === 0) return 0;
  const names = sql.join(columns.map(({ name }) => sql.id(name)));
  await sql`declare erasing no scroll cursor for select ctid::text as "ctid", ${names} from ${sql.id(table)}`.execute(
    trx,
  );
  let count = 0;
  for (;;) {
    const { rows } = await sql<
      Record<string, unknown> & { ctid: string }
    >`fetch ${sql.lit(rowsAtOnce)} from erasing`.execute(trx);
    for (const row of rows) if (await eraseRow(trx, table, columns, row, erase)) count++;
    if (rows.length < rowsAtOnce) break;
  }
  await sql`close erasing`.execute(trx);
  return count;
}

async function eraseRow(
  trx: Transaction<Database>,
  table: string,
  columns: readonly Column[],
  row: Record<string, unknown> & { readonly ctid: string },
  erase: (text: string) => string,
): Promise<boolean> {
  const changes = columns.flatMap(({ name, type }) => {
    const before = row[name];
    const after =
      name === 'body_calendar' && typeof before === 'string'
        ? erasedCalendar(before, erase)
        : erasedJson(before, erase);
    if (JSON.stringify(after) === JSON.stringify(before)) return [];
    return [sql`${sql.id(name)} = ${type === 'jsonb' ? sql`${JSON.stringify(after)}::text::jsonb` : after}`];
  });
  if (changes.length === 0) return false;
  await sql`update ${sql.id(table)} set ${sql.join(changes)} where ctid = ${row.ctid}::tid`.execute(trx);
  return true;
}
