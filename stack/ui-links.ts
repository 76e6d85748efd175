import { kinds, lifecycles } from '../domain/kinds.ts';

const WEEK_MS = 7 * 86_400_000;

/** ISO 3166 codes of the countries in the examples; the country in a link can be changed by hand. */
const COUNTRIES = [
  ['GR', 'Greece'],
  ['RO', 'Romania'],
] as const;

const OPEN = 'ExecutionStatus="Running"';

/** Whole seconds: shorter in a link. */
const instant = (at: number): string => `"${new Date(at).toISOString().slice(0, 19)}Z"`;

/** What a query may hold as it is stays as it is, for links that people can read and change. */
const encodeQuery = (query: string): string =>
  encodeURIComponent(query)
    .replaceAll('%20', '+')
    .replaceAll(/%3[AD]/g, decodeURIComponent);

interface List {
  readonly title: string;
  readonly query: string;
}

/** By kind of case, and how they stand; none of them is of one day. */
export const standingLists: readonly List[] = [
  { title: 'Open', query: OPEN },
  { title: 'Late', query: `Late=true AND ${OPEN}` },
  {
    title: 'Ended without a result',
    query: 'Outcome IN ("cancelled","declined","dropped","notConcluded","withdrawn")',
  },
  ...kinds.map((kind) => ({ title: lifecycles[kind].plural, query: `Kind="${kind}"` })),
];

/** Ready-made lists for the Temporal UI: its filters work on the search attributes that every case has. */
export function uiLinks(uiUrl: string, namespace: string, now = new Date()): { title: string; url: string }[] {
  const dueThisWeek = `NextDue>=${instant(now.getTime())} AND NextDue<${instant(now.getTime() + WEEK_MS)} AND ${OPEN}`;
  const { origin, pathname, search } = new URL(uiUrl);
  // The token of our own UI lets in at whichever link is opened first.
  const more = search.replace('?', '&');
  const list = `${origin}${pathname.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows`;
  const lists: List[] = [
    ...standingLists,
    { title: 'Due this week', query: dueThisWeek },
    ...COUNTRIES.map(([code, title]) => ({ title, query: `Country="${code}"` })),
  ];
  return lists.map(({ title, query }) => ({ title, url: `${list}?query=${encodeQuery(query)}${more}` }));
}
