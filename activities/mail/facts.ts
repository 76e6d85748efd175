import type { Fact, Facts } from '../../domain/lifecycle.ts';
import type { Names } from '../../database/names.ts';

export type Value = string | number;

/** How facts are shown: whose language and zone, and who is called what. */
export interface Showing {
  /** A language code of a message file, such as `en`. */
  readonly language: string;
  readonly zone: string;
  readonly names: Names;
  /** "the superior of KLID", in the reader's language. */
  readonly superiorOf: (name: string) => string;
}

/** British dates: day before month, which readers from every state of the region read alike. */
const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language);

/** People write these themselves: what looks like a country code in them is none. */
const words = new Set(['title', 'topic', 'subject']);

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);
const isInstant = (value: string): boolean => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value);

const inUtc = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** "Friday 14 December 2018" */
export const longDay = (day: string, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(inUtc(day));

/** "14 December 2018": for subjects, where room is scarce. */
export const shortDay = (day: string, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'UTC' }).format(inUtc(day));

const moment = (instant: string, { language, zone }: Showing): string => {
  const shown = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'full', timeStyle: 'short', timeZone: zone });
  return `${shown.format(new Date(instant))} (${zone})`;
};

function shownText(name: string, value: string, showing: Showing): string {
  if (words.has(name)) return value;
  const { names, language, superiorOf } = showing;
  if (isDay(value)) return longDay(value, language);
  if (isInstant(value)) return moment(value, showing);
  const [, superior = '', reference = value] = /^(superior-of\/)?(.*)$/s.exec(value) ?? [];
  const called = names.get(reference)?.name;
  if (!called) return value;
  return superior ? superiorOf(called) : called;
}

const isPresent = (fact: Fact | undefined): boolean =>
  fact !== undefined && fact !== '' && fact !== false && !(Array.isArray(fact) && fact.length === 0);

const companion = /^has(.)(.*)$/s;

/** A fact's companion says whether it is there: `hasmeeting` or `hasMeeting` is `yes` or `no`. */
function companionOf(facts: Facts, name: string): Value | undefined {
  const [, first, rest] = companion.exec(name) ?? [];
  if (first === undefined || rest === undefined) return undefined;
  const asked = [`${first}${rest}`, `${first.toLowerCase()}${rest}`];
  return asked.some((each) => isPresent(facts[each])) ? 'yes' : 'no';
}

/** A fact for a sentence; one that is absent is empty, never "undefined". */
export function shownFact(facts: Facts, name: string, showing: Showing): Value {
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (fact === undefined || fact === null) return companionOf(facts, name) ?? '';
  if (typeof fact === 'number') return fact;
  if (typeof fact === 'boolean') return String(fact);
  if (typeof fact === 'string') return shownText(name, fact, showing);
  const items = fact.map((item) => shownText(name, item, showing));
  return new Intl.ListFormat(localeOf(showing.language), { type: 'conjunction' }).format(items);
}

const isPlainWord = (value: string): boolean => /^[A-Za-z0-9/_.:@+-]+$/.test(value);

/** A fact for a command line: as commands take it, and quoted, since people copy these lines into a shell. */
export function typedFact(facts: Facts, name: string): Value {
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (fact === undefined || fact === null) return companionOf(facts, name) ?? '';
  if (typeof fact === 'number') return fact;
  const value = Array.isArray(fact) ? fact.join(',') : String(fact);
  return value === '' || isPlainWord(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
