import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { RefersTo } from '../../domain/fields.ts';
import { kinds } from '../../domain/kinds.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { type Nameable, suggestionFor } from '../../domain/suggestion.ts';
import type { Database } from '../schema.ts';

type Known = (db: Kysely<Database>) => Promise<readonly Nameable[]>;

/** Everybody and everything of the directory, by id and name. */
export const inDirectory = {
  country: (db) => db.selectFrom('countries').select(['code as id', 'name']).execute(),
  agency: (db) => db.selectFrom('agencies').select(['id', 'name']).execute(),
  person: (db) => db.selectFrom('people').select(['id', 'name']).execute(),
} as const satisfies Record<string, Known>;

/** What was meant where something else, or a name in place of an id, was typed; as the field that refers to it takes it. */
export async function suggested(db: Kysely<Database>, refersTo: RefersTo, typed: string): Promise<string | undefined> {
  if (refersTo === 'case') return suggestionFor(typed, await speltNearly(db, typed));
  if (refersTo !== 'party') return suggestionFor(typed, await inDirectory[refersTo](db));
  const [agencies, people] = await Promise.all([inDirectory.agency(db), inDirectory.person(db)]);
  return suggestionFor(typed, [...under('agency', agencies), ...under('person', people)]);
}

const under = (kind: string, entries: readonly Nameable[]): readonly Nameable[] =>
  entries.map(({ id, ...names }) => ({ ...names, id: `${kind}/${id}` }));

const looksAt = 200;

/** The refusal of an id that no case has; where one is spelt nearly so, it says which. */
export async function refuseUnknownCase(db: Kysely<Database>, caseId: string): Promise<Refusal> {
  const nearly = await speltNearly(db, caseId);
  // What another case opens may come on record between one question and the next.
  if (nearly.some(({ id }) => id === caseId))
    return refuse('UnknownCase', `${caseId} has come on record only this moment; ask again.`);
  const advice = suggestionFor(caseId, nearly) ?? '`./entente list` shows those there are.';
  return refuse('UnknownCase', `There is no case ${caseId}; ${advice}`);
}

/**
 * The id of the case that is meant by what follows the "/" of it; a whole id is returned as it is. A refusal when several
 * kinds have such a case, or none.
 */
export async function caseNamed(db: Kysely<Database>, given: string): Promise<string | Refusal> {
  if (given.includes('/')) return given;
  const ids = kinds.map((kind) => `${kind}/${given}`);
  const found = await db.selectFrom('cases').select('id').where('id', 'in', ids).orderBy('id').execute();
  const [only] = found;
  if (only && found.length === 1) return only.id;
  if (found.length > 1)
    return refuse('UnknownCase', `${given} can be ${found.map(({ id }) => id).join(', or ')}: say which.`);
  return refuseUnknownCase(db, given);
}

/** One wrong letter stands in one half of an id: the other half is right. */
async function speltNearly(db: Kysely<Database>, given: string): Promise<readonly Nameable[]> {
  const [kind, slug = ''] = given.includes('/') ? given.split('/', 2) : [undefined, given];
  const { length } = Array.from(slug);
  return length === 0 || length > 64 ? [] : speltNearlyQuery(db, kind, slug).execute();
}

export function speltNearlyQuery(db: Kysely<Database>, kind: string | undefined, slug: string) {
  const letters = Array.from(slug);
  const middle = Math.ceil(letters.length / 2);
  const [start, end] = [letters.slice(0, middle).join(''), letters.slice(middle).reverse().join('')];
  const within = (kinds as readonly string[]).filter((each) => !kind || each === kind);
  const of = within.length > 0 ? within : kinds;
  // Spelt as in the indexes, which go by single letters in whatever language the database sorts.
  const own = sql`substr(id, strpos(id, '/') + 1)`;
  const beginningWith = (text: RawBuilder<string>, letters: string) =>
    db
      .selectFrom('cases')
      .select('id')
      .where(sql<boolean>`${text} >= ${letters} and ${text} < ${`${letters}\u{10FFFF}`}`)
      .where('kind', 'in', of)
      .orderBy(text)
      .limit(looksAt);
  const halves = [
    beginningWith(sql<string>`${own} collate "C"`, start),
    ...(end === '' ? [] : [beginningWith(sql<string>`reverse(${own}) collate "C"`, end)]),
  ];
  const ids = of.map((each) => `${each}/${slug}`);
  const whole = db.selectFrom('cases').select('id').where('id', 'in', ids);
  const each = [whole, ...halves].map((part) => sql`(${part})`);
  const all = sql<{ id: string }>`(${sql.join(each, sql` union `)})`.as<'near'>(sql`near`);
  return db.selectFrom(all).select('id').orderBy('id');
}
