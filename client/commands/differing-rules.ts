import { dayOf, type Instant } from '../../domain/dates.ts';
import { counted } from '../../domain/derived.ts';
import type { Differing, OneSided } from '../../domain/forecast/course-difference.ts';
import type { Entente } from '../client.ts';
import { UsageError } from '../errors.ts';
import { type Column, print, printList, say } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';

interface Asked {
  readonly until: Instant;
  readonly output: string;
}

/** `./entente forecast --rules DIR`: which open cases would go otherwise by other rules, and how. */
export async function showDiffering(entente: Entente, rules: string, { until, output }: Asked): Promise<void> {
  if (output !== 'table' && output !== 'json' && output !== 'csv')
    throw new UsageError(`--output ${output}: of --rules there are table, json and csv.`);
  const differing = await entente.forecasts.differingBy(rules, until);
  if (output === 'json') return print(jsonOf(differing));
  const rows = differing.flatMap((each) => each.first.map((one, index) => ({ ...each, one, index })));
  if (output === 'csv') return printList(rows, csvColumns, 'csv', '');
  if (rows.length === 0) return say(`By those rules every open case goes as by these until ${dayOf(until)}.`);
  printList(rows, columns, 'table', '');
  say(
    `${counted(differing.length, 'case')} would go otherwise until ${dayOf(until)}; the first differences of each are shown.`,
  );
}

interface Row extends Differing {
  readonly one: OneSided;
  readonly index: number;
}

const only: Record<OneSided['by'], string> = { today: 'no more', other: 'new' };

/** Where another case is meant that this one opens, it is named. */
const saysOf = ({ case: id, one }: Row): string => (one.case === id ? one.says : `${one.case}: ${one.says}`);

const columns: readonly Column<Row>[] = [
  { title: 'case', value: ({ case: id, index }) => (index === 0 ? id : '') },
  { title: 'differ', value: ({ count, index }) => (index === 0 ? count : '') },
  { title: 'on', value: ({ one }) => dayOf(one.at) },
  { title: 'is', value: ({ one }) => only[one.by] },
  { title: 'what', value: saysOf },
];

const csvColumns: readonly Column<Row>[] = [
  { title: 'case', value: ({ case: id }) => id },
  { title: 'differences', value: ({ count }) => count },
  { title: 'at', value: ({ one }) => one.at },
  { title: 'is', value: ({ one }) => only[one.by] },
  { title: 'what', value: saysOf },
];
