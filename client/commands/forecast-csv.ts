import type { PostedOccurrence } from '../forecast/forecasts.ts';
import type { Column } from '../output/output.ts';

/** Each thing that happens, for spreadsheets. */
export const csvColumns: readonly Column<PostedOccurrence>[] = [
  { title: 'at', value: ({ at }) => at },
  { title: 'case', value: ({ state }) => state.id },
  { title: 'title', value: ({ state }) => state.title },
  { title: 'what', value: ({ says }) => says.join(' ') },
  { title: 'due', value: ({ about }) => about?.standing.plan.due },
  { title: 'owed by', value: ({ about }) => about?.owedBy },
  { title: 'letters to', value: ({ letters }) => letters.map(({ to }) => to).join(' ') },
  { title: 'letters go at', value: ({ posted }) => posted.map(({ at }) => at).join(' ') },
  { title: 'readers', value: ({ posted }) => posted.map(({ reader }) => reader ?? '-').join(' ') },
];
