import { type QueryExecutorProvider, sql } from 'kysely';
import { system } from '../domain/case/due.ts';
import { folded, piecesOf } from '../domain/search.ts';
import type { EventRow, SearchTextRow } from './schema.ts';

/** What of an event is searched. */
export type SearchedEvent = Pick<EventRow, 'case_id' | 'number' | 'type' | 'by' | 'says' | 'data'>;

const idOf = /^(?:agency\/|person\/)?([a-z0-9-]{1,64}|[A-Z]{2})$/;

/**
 * What an event adds to the words by which its case is found: its sentence, every text in it, and the ids of those it
 * names, who are looked up by their names of today. What a case does by itself adds nothing but its opening.
 */
export function searchTextsOf(events: readonly SearchedEvent[]): SearchTextRow[] {
  return events
    .filter(({ type, by }) => type === 'opened' || by !== system)
    .map(({ case_id, number, by, says, data }) => {
      const texts = textsIn(data);
      const ids = [by, ...texts].flatMap((text) => idOf.exec(text)?.[1] ?? []);
      // In one order: JSON that was stored has lost its own.
      const text = folded([says, ...new Set(texts)].sort().join('\n'));
      return { case_id, number, folded: text, pieces: [...piecesOf(text)], ids: [...new Set(ids)].sort() };
    });
}

const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

const atOnce = 1_000;

/**
 * Writes anew what events add to the words of their cases.
 *
 * @param which a condition on `events`; all when absent
 */
export async function rewriteSearchTexts(db: QueryExecutorProvider, which = sql<boolean>`true`): Promise<void> {
  let after: readonly [id: string, number: number] = ['', 0];
  for (;;) {
    const { rows } = await sql<SearchedEvent>`
      select case_id, number, type, by, says, data from events
      where (case_id, number) > (${after[0]}, ${after[1]}::integer) and ${which}
      order by case_id, number limit ${sql.lit(atOnce)}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    after = [last.case_id, last.number];
    await sql`
      insert into search_texts
      select * from jsonb_populate_recordset(null::search_texts, ${JSON.stringify(searchTextsOf(rows))}::jsonb)
      on conflict (case_id, number) do update set folded = excluded.folded, pieces = excluded.pieces, ids = excluded.ids`.execute(
      db,
    );
  }
}
