import { html, raw } from 'hono/html';
import { nameOf } from '../../domain/case/label.ts';
import { type CivilDate, dayOf } from '../../domain/dates.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { type Load, type Outlook } from '../../domain/forecast/load.ts';
import { readable } from '../../domain/text.ts';

type Page = ReturnType<typeof html>;

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 1rem auto; padding: 0 1rem; color: #1f2933; background: #fff; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .2rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid #e4e7eb; }
.heat { display: block; overflow-x: auto; }
.heat td { text-align: center; min-width: 1.5rem; }
.heat thead th { writing-mode: vertical-rl; font-weight: normal; }
@media (prefers-color-scheme: dark) { body { color: #e4e7eb; background: #1f2933; } th, td { border-color: #52606d; } }
`;

export const pageOf = (title: string, body: Page | readonly Page[]): Page => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>`;

/** As many as one can compare at a glance. */
const columnsShown = 25;

/** All open cases on one page, which needs no network: where the load is, and what happens by itself. */
export const outlookPage = (outlook: Outlook, from: CivilDate, until: CivilDate): Page => {
  const { total, opened, over, byItself, onDaysOff } = outlook;
  return pageOf(`What is to come, ${from} to ${until}`, [
    html`<p>If nobody does anything and every letter arrives: ${total.due} due days, ${total.letters} letters, ${total.above} of them to
superiors, coordinators and co-chairs; ${opened} cases opened, ${over} at an end.</p>
<h2>What is due, by week and whoever owes it</h2>
${heatMap(outlook)}
<h2>By country</h2>
${loads('country', Object.entries(outlook.countries))}
<h2>What happens by itself</h2>
${table(
  ['day over', 'case', 'title', 'what'],
  byItself.map((each) => [each.on, each.case, each.title, each.says]),
)}
<h2>Due on a day off of whoever owes it</h2>
${table(
  ['day', 'case', 'owed by', 'what'],
  onDaysOff.map((each) => [each.on, each.case, each.owedBy, each.says]),
)}`,
  ]);
};

/** One case, with all that it would open: each thing that happens, and who is written to. */
export const casePage = (id: string, occurrences: readonly Occurrence[], until: CivilDate): Page =>
  pageOf(`What ${id} does by itself until ${until}`, [
    html`<p>If nobody does anything and every letter arrives. Days and times are in UTC.</p>
${table(
  ['when', 'case', 'what', 'letters'],
  occurrences.map(({ at, state, says, letters }) => [
    `${dayOf(at)} ${at.slice(11, 16)}`,
    state.id,
    says.join(' '),
    letters.map(({ to, summary }) => `${nameOf(to)}: ${summary}`).join('; '),
  ]),
)}`,
  ]);

export function table(head: readonly string[], rows: readonly (readonly string[])[]): Page {
  if (rows.length === 0) return html`<p>Nothing.</p>`;
  return html`<table><thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${readable(cell)}</td>`)}</tr>`)}</tbody></table>`;
}

const loads = (of: string, rows: readonly (readonly [string, Load])[]): Page =>
  table(
    [of, 'due', 'letters', 'above', 'by itself'],
    rows.map(([name, { due, letters, above, byItself }]) => [name, ...[due, letters, above, byItself].map(String)]),
  );

/** Weeks as columns would not fit a year; whoever owes most comes first. */
function heatMap({ owners, dueInWeek }: Outlook): Page {
  const busiest = Object.entries(owners)
    .filter(([, { due }]) => due > 0)
    .sort(([, one], [, other]) => other.due - one.due)
    .slice(0, columnsShown)
    .map(([owner]) => owner);
  const weeks = Object.entries(dueInWeek);
  if (weeks.length === 0) return html`<p>Nothing.</p>`;
  const most = Math.max(...weeks.flatMap(([, due]) => Object.values(due)));
  return html`<table class="heat"><thead><tr><th scope="col">week of</th>${busiest.map((owner) => html`<th scope="col">${nameOf(owner)}</th>`)}</tr></thead>
<tbody>${weeks.map(
    ([week, due]) => html`<tr><th scope="row">${week}</th>${busiest.map((owner) => cell(due[owner] ?? 0, most))}</tr>`,
  )}</tbody></table>`;
}

/** The number is there for whoever cannot tell the shades apart. */
const cell = (due: number, most: number): Page =>
  due === 0
    ? html`<td></td>`
    : html`<td style="background: rgba(217, 130, 43, ${(0.15 + (0.85 * due) / most).toFixed(2)}); color: #1f2933">${due}</td>`;
