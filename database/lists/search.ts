import { type Kysely, type RawBuilder, sql } from 'kysely';
import { folded, pairsOf, searchedWords } from '../../domain/search.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Database } from '../schema.ts';

/** One searched word, and the people, agencies and countries whose names have it. */
export interface SearchedWord {
  readonly word: string;
  readonly ids: readonly string[];
}

export interface SearchFilter {
  /** Only cases that have each of these words: in what they are about, who stands in them, or what has happened. */
  readonly search?: string | undefined;
  /** What `search` comes to; a list works that out by itself. */
  readonly words?: readonly SearchedWord[] | undefined;
}

export async function withWords<F extends SearchFilter>(db: Kysely<Database>, filter: F): Promise<F> {
  const words = filter.search === undefined ? [] : searchedWords(filter.search);
  return isRefusal(words) || words.length === 0 ? filter : { ...filter, words: await namedBy(db, words) };
}

async function namedBy(db: Kysely<Database>, words: readonly string[]): Promise<readonly SearchedWord[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from people union all select id, name from agencies union all select code, name from countries`.execute(
    db,
  );
  const named = rows.map(({ id, name }) => ({ id, name: folded(name) }));
  return words.map((word) => ({ word, ids: named.filter(({ name }) => name.includes(word)).map(({ id }) => id) }));
}

/**
 * Whether a case has every word somewhere in its story.
 *
 * @param caseId a column with its id
 */
export const holdsWords = (caseId: string, words: readonly SearchedWord[]): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(
    words.map(
      ({ word, ids }) => sql`exists (select from search_texts story where story.case_id = ${sql.ref(caseId)} and (
        (story.pairs @> ${[...pairsOf(word)]}::smallint[] and strpos(story.folded, ${word}) > 0)
        or story.ids && ${ids}::text[]))`,
    ),
    sql` and `,
  )})`;
