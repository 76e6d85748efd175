import type { Compilable, Kysely } from 'kysely';
import type { Database } from '../../database/schema.ts';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

const nodesOf = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

const large = ['cases', 'events', 'deadlines', 'messages', 'search_texts', 'country_records'];

/** Runs a query; which large tables it read from end to end, how many pages it looked at, and by which indexes. */
export async function costOf(
  db: Kysely<Database>,
  query: Compilable,
): Promise<{ readFromEndToEnd: (string | undefined)[]; pages: number; indexes: string[] }> {
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
    indexes: nodesOf(plan).flatMap((node) => node['Index Name'] ?? []),
  };
}
