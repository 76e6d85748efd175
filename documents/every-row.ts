import { largestLimit, type Listed, type Page } from '../database/lists.ts';

/** All that a list has, page by page. */
export async function everyRow<Row>(list: (page: Page) => Promise<Listed<Row>>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await list({ after, limit: largestLimit });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}
