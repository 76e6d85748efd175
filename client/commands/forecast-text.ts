import { nameOf } from '../../domain/case/label.ts';
import { type CivilDate, spanOf } from '../../domain/dates.ts';
import { counted } from '../../domain/derived.ts';
import type { AskedFor } from '../../domain/forecast/asked-for.ts';
import type { Decision, MeetingAhead, Missing, OpenedEdition, Undated } from '../../domain/forecast/concerns.ts';
import type { BusyWeek, AutomaticStep, Load, Loads, OnDayOff, LoadOutlook } from '../../domain/forecast/load.ts';
import type { DayOff } from '../../domain/forecast/places.ts';
import { Option } from 'commander';
import { type Column, print, printList, say, terminalWidth } from '../output/output.ts';
import { wrap } from '../output/width.ts';
import { UsageError } from '../errors.ts';
import { askedColumns, whoIsAsked } from './asked-for-text.ts';

/** By what the table adds up. */
export const groups = ['week', 'owner', 'country'] as const;
export type Group = (typeof groups)[number];

const shown = 20;

export const byOption = (): Option =>
  new Option('--by <group>', 'what the load adds up').choices(groups).default('week');

export const onlyOption = (): Option =>
  new Option('--only <list>', 'this list alone, whole, as a table or CSV').choices(onlyOne);

export function refuseOnlyAs(output: string): void {
  if (output !== 'table' && output !== 'csv') throw new UsageError('--only: as a table or CSV.');
}

/** One of the lists that an outlook has. */
interface Listed<Row = unknown> {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** Where the rows are only the first of them. */
  readonly inAll?: number;
}

/** Keeps a list's rows and columns together, whatever they are. */
const listed = <Row>(title: string, rows: readonly Row[], columns: readonly Column<Row>[], inAll?: number): Listed =>
  ({ title, rows, columns, ...(inAll === undefined ? {} : { inAll }) }) as unknown as Listed;

/** What is to come of all open cases, list by list: the load, and then what somebody should look at. */
const listsOf = (outlook: LoadOutlook, by: Group) => {
  const loads: Record<Group, Loads> = { week: outlook.weeks, owner: outlook.owners, country: outlook.countries };
  return {
    load: listed('What comes', Object.entries(loads[by]), loadColumns(by)),
    busiest: listed('Weeks with most due days', outlook.busiest, busyColumns),
    decisions: listed('Has to be decided', outlook.decisions, decisionColumns),
    meetings: listed('Takes place', outlook.meetings, meetingColumns),
    committees: listed('Committees without a date', outlook.undated, undatedColumns),
    editions: listed('Editions that will open', outlook.editions, editionColumns),
    missing: listed('Who is not there, and what falls to them', outlook.missing, missingColumns),
    'by-itself': listed('What happens by itself', outlook.byItself, byItselfColumns, outlook.total.byItself),
    'days-off': listed('Due on a day off of whoever owes it', outlook.onDaysOff, dayOffColumns, outlook.dueOnDaysOff),
  } satisfies Record<Exclude<OnlyOne, 'asks'>, Listed>;
};

/** What can be asked for alone. */
export const onlyOne = [
  'load',
  'busiest',
  'asks',
  'decisions',
  'meetings',
  'committees',
  'editions',
  'missing',
  'by-itself',
  'days-off',
] as const;
export type OnlyOne = (typeof onlyOne)[number];

/** What is to come of all open cases, as tables. */
export function showOutlook(outlook: LoadOutlook, until: CivilDate, by: Group, scenario?: string): void {
  const { total, opened, over } = outlook;
  const { load, ...others } = listsOf(outlook, by);
  const unless = unlessAnybody(scenario);
  if (load.rows.length === 0) say(`${unless}, nothing happens until ${until}.`);
  else {
    const sentence = `${unless} until ${until}: ${counted(total.due, 'due day')}, ${counted(total.letters, 'letter')}, ${total.above} of them to superiors, coordinators and co-chairs; ${counted(opened, 'case')} opened, ${over} at an end.`;
    print(`${wrap(sentence, terminalWidth()).join('\n')}\n`);
    printList(load.rows, load.columns, 'table', '');
  }
  for (const each of Object.values(others)) firstOf(each);
}

/** "If nobody does anything but what hoped.yaml says" */
export const unlessAnybody = (scenario: string | undefined): string =>
  `If nobody does anything${scenario === undefined ? '' : ` but what ${scenario} says`}`;

/** One of the lists of what is to come, whole. */
export function showOnly(
  { outlook, asks }: { readonly outlook: LoadOutlook; readonly asks: () => readonly AskedFor[] },
  only: OnlyOne,
  { by, output }: { readonly by: Group; readonly output: string },
): void {
  const {
    rows,
    columns,
    title,
    inAll = rows.length,
  }: Listed = only === 'asks' ? listed(whoIsAsked, asks(), askedColumns) : listsOf(outlook, by)[only];
  printList(rows, columns, output === 'csv' ? 'csv' : 'table', `${title}: nothing.`);
  if (inAll > rows.length)
    say(`… and ${inAll - rows.length} more: --output csv without --only has each thing that happens`);
}

function firstOf({ title, rows, columns, inAll = rows.length }: Listed): void {
  if (rows.length === 0) return;
  print(`\n${title} (${inAll})\n`);
  printList(rows.slice(0, shown), columns, 'table', '');
  if (inAll > rows.length)
    say(`… and ${inAll - shown} more: --output json has the first ${rows.length}, csv each thing that happens`);
  else if (inAll > shown) say(`… and ${inAll - shown} more: --only or --output json has them`);
}

/** "Independence Movement Day (KR)" */
export const dayOffInWords = ({ name, country }: Pick<DayOff, 'name' | 'country'>): string => `${name} (${country})`;

/** Several days off of one span, each with its day. */
export const daysOffInWords = ({ from, to, daysOff }: Pick<MeetingAhead, 'from' | 'to' | 'daysOff'>): string =>
  daysOff.map((each) => (from === to ? dayOffInWords(each) : `${each.on} ${dayOffInWords(each)}`)).join(', ');

/** What falls to somebody who is not there: "3 due days and 4 letters, which park-jisoo will have". */
export const fallsTo = ({ due, letters, readers }: Missing): string =>
  [
    ...(due > 0 ? [counted(due, 'due day')] : []),
    ...(letters > 0 ? [`${counted(letters, 'letter')} to ${readers.map(nameOf).join(', ') || 'nobody'}`] : []),
  ].join(', ') || 'nothing';

/** "leaves on 2027-03-01", "away 2027-03-01 to 2027-03-12" */
export const absenceInWords = ({ why, from, until }: Missing): string =>
  why === 'left' ? `leaves on ${from}` : `away ${spanOf(from, until)}`;

const loadColumns = (by: Group): readonly Column<[string, Load]>[] => [
  { title: by === 'week' ? 'week of' : by, value: ([group]) => group },
  { title: 'due', value: ([, { due }]) => due },
  { title: 'letters', value: ([, { letters }]) => letters },
  ...(by === 'owner'
    ? []
    : ([
        { title: 'above', value: ([, { above }]) => above },
        { title: 'by itself', value: ([, { byItself }]) => byItself },
      ] satisfies Column<[string, Load]>[])),
];

/** "klid 4, mois 2" */
export const owedMostBy = ({ owners }: BusyWeek): string =>
  owners.map(({ owner, due }) => `${nameOf(owner)} ${due}`).join(', ');

const busyColumns: readonly Column<BusyWeek>[] = [
  { title: 'week of', value: ({ week }) => week },
  { title: 'due', value: ({ due }) => due },
  { title: 'most of it owed by', value: owedMostBy },
];

const decisionColumns: readonly Column<Decision>[] = [
  { title: 'by', value: ({ by }) => by },
  { title: 'case', value: (each) => each.case },
  { title: 'what', value: ({ says }) => says },
];

const meetingColumns: readonly Column<MeetingAhead>[] = [
  { title: 'when', value: ({ from, to }) => spanOf(from, to) },
  { title: 'case', value: (each) => each.case },
  { title: 'what', value: ({ name }) => name },
  { title: 'on a day off', value: daysOffInWords },
];

const undatedColumns: readonly Column<Undated>[] = [
  { title: 'to meet by', value: ({ by }) => by },
  { title: 'case', value: (each) => each.case },
  { title: 'title', value: ({ title }) => title },
];

const editionColumns: readonly Column<OpenedEdition>[] = [
  { title: 'opens on', value: ({ on }) => on },
  { title: 'case', value: (each) => each.case },
  { title: 'programme', value: ({ programme }) => programme },
];

const missingColumns: readonly Column<Missing>[] = [
  { title: 'who', value: ({ person }) => person },
  { title: 'when', value: absenceInWords },
  { title: 'what falls to them', value: fallsTo },
  { title: 'cases', value: ({ cases }) => cases.join(', ') },
];

const byItselfColumns: readonly Column<AutomaticStep>[] = [
  { title: 'day over', value: ({ on }) => on },
  { title: 'case', value: (each) => each.case },
  { title: 'what', value: ({ says }) => says },
];

const dayOffColumns: readonly Column<OnDayOff>[] = [
  { title: 'day', value: ({ on }) => on },
  { title: 'which is', value: ({ dayOff }) => dayOff && dayOffInWords(dayOff) },
  { title: 'case', value: (each) => each.case },
  { title: 'owed by', value: ({ owedBy }) => owedBy },
  { title: 'what', value: ({ says }) => says },
];
