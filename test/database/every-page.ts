import type { Listed, Page } from '../../database/lists.ts';

/** Every row of a list, page by page. */
export async function everything<Row>(list: (page: Page) => Promise<Listed<Row>>, limit = 1000): Promise<Row[]> {
  const rows: Row[] = [];
  let page: Listed<Row> | undefined;
  do {
    page = await list({ limit, after: page?.next });
    rows.push(...page.rows);
  } while (page.next !== undefined);
  return rows;
}
