import { html, raw } from 'hono/html';
import { readable } from '../../domain/text.ts';

type Page = ReturnType<typeof html>;

/** One look for all pages: readable in light and dark, on a phone, on a wide screen and on paper. */
const style = `
:root { color-scheme: light dark; --text: #1f2933; --back: #fff; --line: #cbd2d9; --heat: 217 130 43; --on-heat: #1f2933; --link: #1d4f91; --shade: #52606d; --decide: #b44d12; --meet: #2f6f9f; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e7eb; --back: #1f2933; --line: #52606d; --heat: 168 70 16; --on-heat: #fff; --link: #9ec5fe; --shade: #cbd2d9; --decide: #f0a35e; --meet: #7fb8e0; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 1rem auto; padding: 0 1rem; color: var(--text); background: var(--back); overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.2; text-wrap: balance; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
a { color: var(--link); } nav ul { padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; }
.wide { overflow-x: auto; margin: 1rem 0; } .wide:focus-visible { outline: 3px solid var(--link); }
.wide svg { min-width: 46rem; display: block; }
table { border-collapse: collapse; } .days tr :first-child { min-width: 6.2rem; }
th, td { padding: .2rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
.heat th, .heat td { padding: .15rem .1rem; font-size: .75rem; text-align: center; min-width: 1.05rem; font-variant-numeric: tabular-nums; }
.heat tbody th, .heat thead th:first-child { text-align: left; white-space: nowrap; padding-right: .6rem; position: sticky; left: 0; background: var(--back); }
.heat thead th { font-weight: normal; } .heat th[scope=colgroup] { text-align: left; border-left: 1px solid var(--line); }
.some { background: rgb(var(--heat) / var(--n)); color: var(--on-heat); }
.legend { font-size: .9rem; }
@media print {
  :root { color-scheme: light; --text: #000; --back: #fff; --line: #999; --heat: 217 130 43; --on-heat: #000; --shade: #52606d; --decide: #b44d12; --meet: #2f6f9f; }
  @page { size: A4 landscape; margin: 1cm; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 9pt; max-width: none; margin: 0; padding: 0; } nav { display: none; }
  .wide { overflow: visible; } .heat th, .heat td { font-size: 6.5pt; min-width: 0; } .heat tbody th { position: static; }
  tr, svg { break-inside: avoid; } h2 { break-after: avoid; }
}
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
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>`;

/** What is wider than a phone: it can be moved by the keyboard as well. */
export const wide = (label: string, body: Page): Page =>
  html`<div class="wide" role="region" aria-label="${label}" tabindex="0">${body}</div>`;

interface TableLook {
  /** What it is a table of, for whoever does not see it; a page has each once. */
  readonly label?: string;
  /** The first column is wide enough for a moment, however narrow the page. */
  readonly momentFits?: boolean;
}

export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { label = 'What happens', momentFits = false }: TableLook = {},
): Page {
  if (rows.length === 0) return html`<p>Nothing.</p>`;
  return wide(
    label,
    html`<table class="${momentFits ? 'days' : ''}"><thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${readable(cell)}</td>`)}</tr>`)}</tbody></table>`,
  );
}
