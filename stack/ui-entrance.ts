import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Eta } from 'eta';
import { standingLists } from './ui-links.ts';

/** The title stands last: it can be long, and would push the others out of sight. */
const columns = ['Status', 'Workflow ID', 'Stage', 'OwedBy', 'NextDue', 'Late', 'Outcome', 'Title'];

const script = readFileSync(new URL('./ui-entrance.js', import.meta.url), 'utf8');
const hash = createHash('sha256').update(script).digest('base64');

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Temporal UI</title></head>
<body data-entrance="<%= it.data %>">
<noscript>The Temporal UI needs scripts. <a href="<%= it.target %>">Go on</a></noscript>
<script><%~ it.script %></script>
</body>
</html>
`;

/** What a browser is furnished with: the ready-made lists as saved views, and the columns that cases have. */
export const furnitureOf = (namespace: string) => ({
  namespace,
  views: standingLists.map(({ title, query }) => ({
    id: `entente-${title.toLowerCase().replaceAll(' ', '-')}`,
    name: title,
    query,
    type: 'user',
  })),
  columns: columns.map((label) => ({ label })),
});

/** The page by which a browser comes in: it furnishes the UI in this browser, and goes on to where it was wanted. */
export const entrance = (namespace: string, target: string): { html: string; policy: string } => ({
  html: new Eta().renderString(page, {
    target,
    script,
    data: JSON.stringify({ furniture: furnitureOf(namespace), target }),
  }),
  policy: `default-src 'none'; script-src 'sha256-${hash}'; base-uri 'none'; frame-ancestors 'none'`,
});
