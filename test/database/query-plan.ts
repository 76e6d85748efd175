import type { Compilable, Kysely } from 'kysely';
import type { Listed, Page } from '../../database/lists.ts';
import type { Database } from '../../database/schema.ts';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

const nodesOf = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

const large = ['cases', 'events', 'deadlines', 'messages', 'country_records'];

/** Runs a query; which large tables it read from end to end, and how many pages it looked at. */
export async function costOf(
  db: Kysely<Database>,
  query: Compilable,
): Promise<{ readFromEndToEnd: (string | undefined)[]; pages: number }> {
  const { sql: text, parameters } = query.compile();
  const explained = { sql: `explain (analyze, buffers, format json) ${text}`, parameters: [...parameters] };
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': { Plan: PlanNode }[] }>({
    ...explained,
    query: { kind: 'RawNode', sqlFragments: [explained.sql], parameters: [] },
    queryId: { queryId: explained.sql },
  });
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  if (!plan) throw new Error('The database gave no plan.');
  return {
    readFromEndToEnd: nodesOf(plan)
      .filter((node) => node['Node Type'] === 'Seq Scan' && large.includes(node['Relation Name'] ?? ''))
      .map((node) => node['Relation Name']),
    pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
  };
}

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
