import { tableOf } from '../../client/output/table.ts';
import type { Figures, Latency } from '../compare.ts';
import type { Limits } from '../limits.ts';
import type { Spread } from '../measure/statistics.ts';
import { type Mark, verdictOf } from './marks.ts';

const width = 80;

const number = (value: number): string =>
  Number.isNaN(value) ? '-' : value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });
const spread = ({ median, least, most }: Spread): string => `${number(median)} (${number(least)}-${number(most)})`;
const latency = ({ p50, p99 }: Latency): string => `${number(p50)} / ${number(p99)}`;
const whole = (value: number | undefined): string => (value === undefined ? '-' : number(value));

const lines: readonly (readonly [string, (figures: Figures) => string])[] = [
  ['cases a second', ({ casesPerSecond }) => spread(casesPerSecond)],
  ['CPU s for 1,000 cases', ({ cpu }) => spread(cpu.all)],
  ['  client and relay', ({ cpu }) => number(cpu.client.median)],
  ['  worker', ({ cpu }) => number(cpu.worker.median)],
  ['  Temporal', ({ cpu }) => number(cpu.temporal.median)],
  ['  Postgres', ({ cpu }) => number(cpu.postgres.median)],
  ['transactions a case', ({ transactions }) => number(transactions)],
  ['rows written a case', ({ rowsWritten }) => number(rowsWritten)],
  ['WAL a case, KB', ({ walKilobytes }) => spread(walKilobytes)],
  ['command p50 / p99, busy, ms', ({ busy }) => latency(busy)],
  ['  4 at a time, ms', ({ calm }) => latency(calm)],
  ['reminder late p50 / p99, ms', ({ lateness }) => latency(lateness)],
  ['memory of a cached case, MB', ({ cached }) => cached?.megabytesPerCase?.toFixed(2) ?? '-'],
  ['CPU to wake a case, ms', ({ cached }) => whole(cached?.wakeUpMs)],
  ['history: events', ({ history }) => whole(history?.events)],
  ['  workflow tasks', ({ history }) => whole(history?.tasks)],
  ['  activities, markers', ({ history }) => (history ? `${history.activities}, ${history.markers}` : '-')],
  ['  timers, upserts', ({ history }) => (history ? `${history.timers}, ${history.upserts}` : '-')],
  ['  KB', ({ history }) => whole(history && history.bytes / 1_024)],
];

/** A column for each contender. */
export const figuresTable = (figures: readonly Figures[]): string =>
  tableOf(
    ['', ...figures.map(({ name }) => name)],
    lines.map(([label, cell]) => [label.replaceAll('  ', '\u00a0\u00a0'), ...figures.map(cell)]),
    width,
  );

const comparison = { atLeast: 'at least', atMost: 'at most' } as const;

export const marksTable = (marks: readonly Mark[]): string =>
  tableOf(
    ['figure', 'measured', 'mark', ''],
    marks.map((each) => [
      each.figure,
      Number.isNaN(each.measured) ? '-' : each.measured.toFixed(each.measured < 10 ? 2 : 0),
      `${comparison[each.wants]} ${each.mark}`,
      verdictOf(each),
    ]),
    width,
  );

export const limitsText = ({ transactions, mails, starts, updates }: Limits): string =>
  `What the parts can do by themselves, a second: ${number(transactions)} transactions, ${number(mails)} mails,
${number(starts)} starts of a workflow, ${number(updates)} updates of one that only answers.`;
