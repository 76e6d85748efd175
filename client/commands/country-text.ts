import type { Indicator, Plan, ProfileRecord } from '../../database/country-profiles/record.ts';
import { stageInWords } from '../../domain/case/stage-words.ts';
import type { Listed } from '../../database/lists.ts';
import type { CountryPage } from '../countries.ts';
import { type Column, listText } from '../output/output.ts';
import { plain } from '../output/plain.ts';
import { actionColumns, dueColumns, mouColumns } from './registers.ts';
import { comingColumns } from './visits.ts';
import { labelled } from './case-text.ts';

/** `67th among UN member states`, `0.6671 index`, or both. */
const figureOf = ({ value, unit, rank, among }: Indicator): string =>
  [
    value === undefined ? undefined : [value, unit].filter(Boolean).join(' '),
    rank === undefined ? undefined : `${ordinal(rank)}${among ? ` among ${among}` : ''}`,
  ]
    .filter(Boolean)
    .join(', ');

const ordinal = (rank: number): string => {
  const ending = [11, 12, 13].includes(rank % 100) ? 'th' : (['th', 'st', 'nd', 'rd'][rank % 10] ?? 'th');
  return `${rank}${ending}`;
};

const budgetOf = ({ budget, amount, currency }: Plan): string | undefined =>
  budget ?? (amount === undefined ? undefined : `${amount.toLocaleString('en')} ${currency}`);

const periodOf = ({ from, to }: Plan): string | undefined =>
  from === undefined && to === undefined ? undefined : `${from ? `from ${from}` : ''}${to ? ` to ${to}` : ''}`.trim();

const sentence = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(', ');

/** What was recorded, as one line without its time. */
const textOf = (record: ProfileRecord): string => {
  if ('indicator' in record) return `${record.indicator}: ${figureOf(record)}`;
  if (!('plan' in record)) return record.note;
  const { plan, purpose } = record;
  return `${sentence(plan, periodOf(record), budgetOf(record))}${purpose ? `: ${purpose}` : ''}`;
};

const timeOf = (record: ProfileRecord): string => {
  if ('indicator' in record) return String(record.year);
  return 'plan' in record ? (record.from ?? '') : record.on;
};

const remarkOf = (record: ProfileRecord): string | undefined =>
  'indicator' in record || 'plan' in record ? record.note : undefined;

/** A remark is a sentence of its own. */
function textWithSource(record: ProfileRecord): string {
  const [text, remark] = [textOf(record), remarkOf(record)];
  return `${remark ? `${text.replace(/[.!?…]?$/u, (end) => end || '.')} ${remark}` : text} (${record.source})`;
}

/** What was recorded, as one line. */
export const recordText = (record: ProfileRecord): string =>
  [timeOf(record), textWithSource(record)].filter(Boolean).join(' ');

const timeColumns = 9;

const records = (title: string, list: readonly ProfileRecord[]): string =>
  [
    list.length === 0 ? `${title}: none` : title,
    ...list.map((record) => labelled(timeOf(record), textWithSource(record), timeColumns)),
  ].join('\n');

const caseColumns: readonly Column<CountryPage['openCases']['rows'][number]>[] = [
  { title: 'case', value: ({ id }) => id },
  { title: 'title', value: ({ title }) => title },
  { title: 'stage', value: ({ stage }) => stageInWords(stage) },
  { title: 'late', value: ({ late }) => late },
];

/** Of the columns of a list, those that a page has room for. */
const only = <Row>(columns: readonly Column<Row>[], ...titles: readonly string[]): readonly Column<Row>[] =>
  columns.filter(({ title }) => titles.includes(title));

const listed = <Row>(
  title: string,
  { rows, next }: Listed<Row>,
  columns: readonly Column<Row>[],
  list: string,
): string =>
  rows.length === 0
    ? `${title}: none`
    : [`${title}\n`, listText(rows, columns), ...(next === undefined ? [] : [`  More: ${list}`])].join('\n');

/** A country on a page. */
export function countryText(page: CountryPage): string {
  const { code, name, zone, language } = page.country;
  const here = `--country ${code}`;
  return [
    [
      plain(`${code}  ${name}`),
      labelled('zone', zone),
      labelled('language', language),
      labelled('agencies', page.agencies.map((agency) => `${agency.id}: ${agency.name}`).join('\n') || 'none'),
    ].join('\n'),
    records('Indicators', page.indicators),
    records('National plans', page.plans),
    records('Notes', page.notes),
    listed('Open cases', page.openCases, caseColumns, `./entente list ${here}`),
    listed(
      'Instruments in effect',
      page.instruments,
      only(mouColumns, 'mou', 'title', 'in effect since', 'term ends', 'decide by'),
      `./entente mous --in-effect ${here}`,
    ),
    listed(
      'Action matrix',
      page.actions,
      only(actionColumns, 'action', 'topic', 'owner', 'due', 'late'),
      `./entente matrix ${here}`,
    ),
    listed(
      'Next dates',
      page.comingDates,
      only(comingColumns, 'from', 'until', 'what', 'place'),
      `./entente dates ${here}`,
    ),
    listed('Due next', page.due, only(dueColumns, 'due', 'late', 'owed by', 'what'), `./entente due ${here}`),
  ].join('\n\n');
}
