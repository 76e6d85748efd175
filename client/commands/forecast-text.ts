import { nameOf } from '../../domain/case/label.ts';
import { type CivilDate, spanOf } from '../../domain/dates.ts';
import { counted } from '../../domain/derived.ts';
import type { Decision, Meeting, Missing, OpenedEdition, Undated } from '../../domain/forecast/concerns.ts';
import type { ByItself, Load, Loads, OnDayOff, Outlook } from '../../domain/forecast/load.ts';
import type { DayOff } from '../../domain/forecast/places.ts';
import { type Column, print, printList, say, terminalWidth } from '../output/output.ts';
import { wrap } from '../output/width.ts';

/** By what the table adds up. */
export const groups = ['week', 'owner', 'country'] as const;
export type Group = (typeof groups)[number];

const shown = 20;

/** What is to come of all open cases, as tables: the load, and then what somebody should look at. */
export function showOutlook(outlook: Outlook, until: CivilDate, by: Group): void {
  const { total, opened, over } = outlook;
  const loads: Record<Group, Loads> = { week: outlook.weeks, owner: outlook.owners, country: outlook.countries };
  const rows = Object.entries(loads[by]);
  if (rows.length === 0) say(`If nobody does anything, nothing happens until ${until}.`);
  else {
    const sentence = `If nobody does anything until ${until}: ${counted(total.due, 'due day')}, ${counted(total.letters, 'letter')}, ${total.above} of them to superiors, coordinators and co-chairs; ${counted(opened, 'case')} opened, ${over} at an end.`;
    print(`${wrap(sentence, terminalWidth()).join('\n')}\n`);
    printList(rows, loadColumns(by), 'table', '');
  }
  firstOf('Has to be decided', outlook.decisions, decisionColumns);
  firstOf('Takes place', outlook.meetings, meetingColumns);
  firstOf('Committees without a date', outlook.undated, undatedColumns);
  firstOf('Editions that will open', outlook.editions, editionColumns);
  firstOf('Who is not there, and what falls to them', outlook.missing, missingColumns);
  firstOf('What happens by itself', outlook.byItself, byItselfColumns, total.byItself);
  firstOf('Due on a day off of whoever owes it', outlook.onDaysOff, dayOffColumns, outlook.dueOnDaysOff);
}

/** @param inAll where the rows are only the first of them */
function firstOf<Row>(title: string, rows: readonly Row[], of: readonly Column<Row>[], inAll = rows.length): void {
  if (rows.length === 0) return;
  print(`\n${title} (${inAll})\n`);
  printList(rows.slice(0, shown), of, 'table', '');
  if (inAll > rows.length)
    say(`… and ${inAll - shown} more: --output json has the first ${rows.length}, csv each thing that happens`);
  else if (inAll > shown) say(`… and ${inAll - shown} more: --output json has them`);
}

/** "Independence Movement Day (KR)" */
export const dayOffInWords = ({ name, country }: Pick<DayOff, 'name' | 'country'>): string => `${name} (${country})`;

/** Several days off of one span, each with its day. */
export const daysOffInWords = ({ from, to, daysOff }: Pick<Meeting, 'from' | 'to' | 'daysOff'>): string =>
  daysOff.map((each) => (from === to ? dayOffInWords(each) : `${each.on} ${dayOffInWords(each)}`)).join(', ');

/** What falls to somebody who is not there: "3 due days and 4 letters, which park-jisoo will have". */
export const fallsTo = ({ due, letters, readers }: Missing): string =>
  [
    ...(due > 0 ? [counted(due, 'due day')] : []),
    ...(letters > 0 ? [`${counted(letters, 'letter')} to ${readers.map(nameOf).join(', ') || 'nobody'}`] : []),
  ].join(', ');

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

const decisionColumns: readonly Column<Decision>[] = [
  { title: 'by', value: ({ by }) => by },
  { title: 'case', value: (each) => each.case },
  { title: 'what', value: ({ says }) => says },
];

const meetingColumns: readonly Column<Meeting>[] = [
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

const byItselfColumns: readonly Column<ByItself>[] = [
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
