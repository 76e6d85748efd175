import { type Kysely, type RawBuilder, sql } from 'kysely';
import { folded, piecesNeededFor, searchedWords } from '../../domain/search.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Database } from '../schema.ts';
import { defaultLimit } from './page.ts';

/** One searched word, and the people, agencies and countries whose names have it. */
export interface SearchedWord {
  readonly word: string;
  readonly ids: readonly string[];
  /** How many events may have it, as Postgres estimates; they have to be looked at to know. */
  readonly about: number;
  /** Whether it is so rare that all of these are looked at, and no case is asked for it. */
  readonly isGathered: boolean;
}

export interface SearchFilter {
  /** Only cases that have each of these words: in what they are about, who stands in them, or what has happened. */
  readonly search?: string | undefined;
  /** What `search` comes to; a list works that out by itself. */
  readonly words?: readonly SearchedWord[] | undefined;
}

/** @param most how many events may be looked at for a rare word, where a list goes on to other cases for so long only */
export async function withWords<F extends SearchFilter>(db: Kysely<Database>, filter: F, most?: number): Promise<F> {
  const words = filter.search === undefined ? [] : searchedWords(filter.search);
  if (isRefusal(words) || words.length === 0) return filter;
  const named = await namedBy(db, words);
  const events = await estimated(db, sql`true`);
  const counted = await Promise.all(
    named.map(async (word) => ({ ...word, about: await estimated(db, mayHave(word)) })),
  );
  // The rarest first.
  const rarestFirst = counted.sort((one, other) => one.about - other.about);
  return { ...filter, words: gathered(rarestFirst, events, most) };
}

/** So many events of a case are looked at until one has a word, or none does. */
const eventsOfCase = 3;
/** What a word is found in lies far apart, and each leads to its case: as much work as so many read in a list's order. */
const dearer = 5;

/**
 * Which words are so rare that all that may have them are looked at. Else a list is read in its order until a page is full:
 * the rarer its words are, and the more of them have to be in one case, the more of it. Once one is gathered, what is left to
 * look at are the cases that have it.
 */
function gathered(
  rarestFirst: readonly Omit<SearchedWord, 'isGathered'>[],
  events: number,
  most: number | undefined,
): readonly SearchedWord[] {
  const shareOf = (about: number): number => Math.min(1, (eventsOfCase * about) / Math.max(1, events));
  const share = rarestFirst.reduce((all, { about }) => all * shareOf(about), 1);
  let left = most ?? Math.min(events, (eventsOfCase * defaultLimit) / share) / dearer;
  let cases: number | undefined;
  return rarestFirst.map((word) => {
    const isGathered = word.about < left;
    if (isGathered) {
      cases = cases === undefined ? word.about : cases * shareOf(word.about);
      left = Math.min(most ?? Infinity, eventsOfCase * cases);
    }
    return { ...word, isGathered };
  });
}

type Named = Pick<SearchedWord, 'word' | 'ids'>;

async function namedBy(db: Kysely<Database>, words: readonly string[]): Promise<readonly Named[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from people union all select id, name from agencies union all select code, name from countries`.execute(
    db,
  );
  const named = rows.map(({ id, name }) => ({ id, name: foldedName(name) }));
  return words.map((word) => ({ word, ids: named.filter(({ name }) => name.includes(word)).map(({ id }) => id) }));
}

/** Of all names, each search asks for those of today; to fold thousands takes longer than to read them. */
const foldedNames = new Map<string, string>();
const mostNames = 20_000;

function foldedName(name: string): string {
  const known = foldedNames.get(name);
  if (known !== undefined) return known;
  if (foldedNames.size >= mostNames) foldedNames.clear();
  const made = folded(name);
  foldedNames.set(name, made);
  return made;
}

/** As indexes answer it. */
const mayHave = ({ word, ids }: Named): RawBuilder<boolean> => {
  const inText = sql<boolean>`pieces @> ${[...piecesNeededFor(word)]}::smallint[]`;
  return ids.length === 0 ? inText : sql<boolean>`(${inText} or ids && ${ids}::text[])`;
};

/** By what Postgres knows of the table; nothing is read. */
async function estimated(db: Kysely<Database>, which: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }] }>`
    explain (format json) select from search_texts where ${which}`.execute(db);
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

/** Whether the cases that have some words are gathered first; else a list is read in its order. */
export const areGathered = (words: readonly SearchedWord[]): boolean => words.some(({ isGathered }) => isGathered);

/** Whether a case is among those that have the rare words, which are found by their index. */
export const holdsGathered = (caseId: string, words: readonly SearchedWord[]): RawBuilder<boolean> =>
  all(
    words
      .filter(({ isGathered }) => isGathered)
      .map(
        (word) => sql<boolean>`${sql.ref(caseId)} = any(array(
      select distinct case_id from search_texts where ${mayHave(word)} and ${has(word)}))`,
      ),
  );

/** Whether a case has each of the frequent words somewhere in its story, which is looked through. */
export const holdsFrequent = (caseId: string, words: readonly SearchedWord[]): RawBuilder<boolean> =>
  all(
    words
      .filter(({ isGathered }) => !isGathered)
      .map(
        // Without the offset Postgres may gather all that have a frequent word.
        (word) => sql<boolean>`exists (
      select from search_texts where case_id = ${sql.ref(caseId)} and ${has(word)} offset 0)`,
      ),
  );

/** A word may be in thousands of names. */
const has = ({ word, ids }: Named): RawBuilder<boolean> => {
  const inText = sql<boolean>`strpos(folded, ${word}) > 0`;
  return ids.length === 0
    ? inText
    : sql<boolean>`(${inText} or exists (select from unnest(ids) as named where named = any(${ids}::text[])))`;
};

const all = (conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join([sql<boolean>`true`, ...conditions], sql` and `)})`;

/** Whether a case has every word somewhere in its story. */
export const holdsWords = (caseId: string, words: readonly SearchedWord[]): RawBuilder<boolean> =>
  all([holdsGathered(caseId, words), holdsFrequent(caseId, words)]);
