import { Liquid } from 'liquidjs';
import { Gap } from '../gap.ts';
import { asParagraphs, asWords, Markdown } from '../markdown.ts';
import {
  dayInFull,
  daysInFull,
  dayWithWeekday,
  hourInWords,
  hoursInWords,
  listInWords,
  monthInFull,
  numberInWords,
  ordinalInWords,
  rankInFigures,
  withArticle,
  withCapital,
} from '../words.ts';

type Filter = (value: unknown, ...given: readonly unknown[]) => unknown;

const words = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};
const listed = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(words) : [words(value)]);
const howMany = (value: unknown): number => (Array.isArray(value) ? value.length : Number(value));

/** What a template may ask for besides Liquid's own filters, in the language of the document. */
const ownFilters = (language: string): Readonly<Record<string, Filter>> => ({
  day: (day) => dayInFull(words(day), language),
  weekday: (day) => dayWithWeekday(words(day), language),
  month: (day) => monthInFull(words(day), language),
  until: (from, to) => daysInFull(words(from), words(to), language),
  hour: (at, on, zone) => hourInWords(words(at), words(on), words(zone), language),
  hours: (at, on, zone, endsAt, endsOn) =>
    hoursInWords({ on: words(on), at: words(at) }, { on: words(endsOn), at: words(endsAt) }, words(zone), language),
  sentence: (items) => listInWords(listed(items), language),
  words: (number) => numberInWords(howMany(number), language),
  ordinal: (number) => ordinalInWords(Number(number), language),
  rank: (number) => rankInFigures(Number(number)),
  plural: (number, one, many) => (howMany(number) === 1 ? one : many),
  article: (name) => withArticle(words(name), language),
  articles: (names) => listed(names).map((name) => withArticle(name, language)),
  capital: (text) => withCapital(words(text)),
  stop: (text) => words(text).replace(/(?<![.!?…])$/u, '.'),
  unstopped: (text) => words(text).replace(/\.+$/u, ''),
  paragraphs: (text) => asParagraphs(words(text)),
});

/** Those of Liquid that make no HTML, ask no clock and show nothing unescaped. */
// biome-ignore format: words, texts, lists, numbers, one kind a line
const liquidFilters = [
  'append', 'prepend', 'capitalize', 'downcase', 'upcase', 'remove', 'replace', 'slice', 'split', 'strip', 'truncate',
  'compact', 'concat', 'first', 'join', 'last', 'map', 'reverse', 'size', 'sort', 'uniq', 'where', 'find',
  'abs', 'at_least', 'at_most', 'divided_by', 'minus', 'modulo', 'plus', 'round', 'times', 'default',
];

/** No tags that read other files or show something unescaped. */
const liquidTags = ['assign', 'break', 'case', 'comment', 'continue', 'cycle', 'for', 'if', 'raw', 'unless', '#'];

/** A filter that is given a gap, or needs one, makes a gap; only `default` puts something in its place. */
const passingGaps = (filter: Filter): Filter =>
  function (this: unknown, value, ...given) {
    return [value, ...given].find((each) => each instanceof Gap) ?? filter.call(this, value, ...given);
  };

const only = <T>(all: Record<string, T>, names: readonly string[]): void => {
  for (const name of Object.keys(all)) if (!names.includes(name)) delete all[name];
};

/** A Liquid that holds no code, and shows every value as words or as a marked gap. */
export function liquidIn(language: string, onGap: (gap: Gap) => void): Liquid {
  const shown = (value: unknown): string => {
    if (value instanceof Gap) {
      onGap(value);
      return `[missing: ${Gap.says(value)}]`;
    }
    return value instanceof Markdown
      ? value.text
      : asWords(Array.isArray(value) ? value.map(words).join(', ') : words(value));
  };
  const liquid = new Liquid({
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    templates: {},
    outputEscape: shown,
    catchAllErrors: true,
  });
  only(liquid.filters, liquidFilters);
  only(liquid.tags, liquidTags);
  for (const [name, filter] of Object.entries({ ...liquid.filters, ...ownFilters(language) }))
    if (name !== 'default' && typeof filter === 'function') liquid.registerFilter(name, passingGaps(filter as Filter));
  return liquid;
}
