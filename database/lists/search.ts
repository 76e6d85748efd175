import { type Kysely, type RawBuilder, sql } from 'kysely';
import { folded, pairsOf, searchedWords } from '../../domain/search.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Database } from '../schema.ts';

/** One searched word, and the people, agencies and countries whose names have it. */
export interface SearchedWord {
  readonly word: string;
  readonly ids: readonly string[];
  /** How many events may have it, as Postgres estimates; they have to be looked at to know. */
  readonly about: number;
}

export interface SearchFilter {
  /** Only cases that have each of these words: in what they are about, who stands in them, or what has happened. */
  readonly search?: string | undefined;
  /** What `search` comes to; a list works that out by itself. */
  readonly words?: readonly SearchedWord[] | undefined;
}

export async function withWords<F extends SearchFilter>(db: Kysely<Database>, filter: F): Promise<F> {
  const words = filter.search === undefined ? [] : searchedWords(filter.search);
  if (isRefusal(words) || words.length === 0) return filter;
  const named = await namedBy(db, words);
  const counted = await Promise.all(named.map(async (word) => ({ ...word, about: await estimated(db, word) })));
  // The rarest first.
  return { ...filter, words: counted.sort((one, other) => one.about - other.about) };
}

type Named = Omit<SearchedWord, 'about'>;

async function namedBy(db: Kysely<Database>, words: readonly string[]): Promise<readonly Named[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from people union all select id, name from agencies union all select code, name from countries`.execute(
    db,
  );
  const named = rows.map(({ id, name }) => ({ id, name: folded(name) }));
  return words.map((word) => ({ word, ids: named.filter(({ name }) => name.includes(word)).map(({ id }) => id) }));
}

const inText = ({ word }: Named): RawBuilder<boolean> =>
  sql<boolean>`pairs @> ${[...pairsOf(word)]}::smallint[] and strpos(folded, ${word}) > 0`;

/** As indexes answer it. */
const hasWord = (word: Named): RawBuilder<boolean> => sql<boolean>`(${inText(word)} or ids && ${word.ids}::text[])`;

/** By what Postgres knows of the table; nothing is read. */
async function estimated(db: Kysely<Database>, word: Named): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }] }>`
    explain (format json) select from search_texts where ${hasWord(word)}`.execute(db);
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

/** A word in more events than this is looked for in the story of one case after the other, as the list goes. */
const mostGathered = 20_000;

const isGathered = ({ about }: SearchedWord): boolean => about < mostGathered;

/** Whether the cases that have all words are gathered first; else a list is read in its order. */
export const areGathered = (words: readonly SearchedWord[]): boolean => words.some(isGathered);

/**
 * Whether a case has every word somewhere in its story. Which cases have the rarest is found by its index, and no case is
 * asked for it, unless it is so frequent that a page is full after some of them.
 *
 * @param caseId a column with its id
 */
export function holdsWords(caseId: string, words: readonly SearchedWord[]): RawBuilder<boolean> {
  const id = sql.ref(caseId);
  // Without the offset Postgres may gather all that have a frequent word. A word may be in thousands of names.
  const inStory = (word: SearchedWord): RawBuilder<boolean> => sql<boolean>`exists (
    select from search_texts where case_id = ${id} and ((${inText(word)})
      or exists (select from unnest(ids) as named where named = any(${word.ids}::text[]))) offset 0)`;
  const gathered = (word: SearchedWord): RawBuilder<boolean> =>
    sql<boolean>`${id} = any(array(select distinct case_id from search_texts where ${hasWord(word)}))`;
  const [rarest, ...others] = words;
  const first = rarest ? [isGathered(rarest) ? gathered(rarest) : inStory(rarest)] : [];
  return sql<boolean>`(${sql.join([...first, ...others.map(inStory)], sql` and `)})`;
}
