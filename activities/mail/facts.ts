import { ascribed, ascribedIn } from '../../domain/ascribed.ts';
import { wholeDays } from '../../domain/dates.ts';
import type { CodedType } from '../../domain/fact-types.ts';
import { typeOfFact } from '../../domain/kinds.ts';
import type { Fact, Facts } from '../../domain/lifecycle.ts';
import type { Names } from '../../database/names.ts';
import { isDay, listFormat, localeOf, longDay, shortDay } from './days.ts';
import { kindOfTitle } from './titles.ts';
import { shownHours, shownTime, timesOfDay, withHours } from './hours.ts';

export type Value = string | number;

/** How facts are shown: whose language and zone, and who is called what. */
export interface Showing extends Wording {
  /** Of what kind the case is whose facts they are; `case` where they are said of cases of all kinds. */
  readonly kind: string;
  /** A language code of a message file, such as `en`. */
  readonly language: string;
  readonly zone: string;
  /** The day on which it goes, where its reader is. */
  readonly today: string;
  /** Days without their weekday: for subjects, where room is scarce. */
  readonly brief?: true;
  readonly names: Names;
}

/** How a language puts them into words. */
export interface Wording {
  /** Somebody as this language names people in a letter. */
  readonly person: (name: string) => string;
  /** "Thursday, 10 May 2018, 10:00 (Korean Standard Time)" */
  readonly dayAndHours: (day: string, hours: string) => string;
  /** A title that rules have made, as this language makes it. */
  readonly titleOf: (kind: string, title: string) => string;
  /** An agenda, with what the committee puts on it by itself. */
  readonly agenda: (agenda: string) => string;
  /** Lines with questions of an evaluation, of which the usual ones are ours. */
  readonly questions: (lines: string) => string;
  /** "the superior of KLID", in the reader's language. */
  readonly superiorOf: (name: string) => string;
  /** What facts are called, by their names. */
  readonly facts: Readonly<Record<string, string>>;
  /** What people are called by what they are. */
  readonly roles: Readonly<Record<string, string>>;
  /** What countries are called where the language's usual name will not do, by code. */
  readonly countries: Readonly<Record<string, string>>;
}

const units = ['year', 'month', 'week', 'day'] as const;

/** "1 year" for `P1Y`, "1 year, 6 months" for `P1Y6M`. */
function periodIn(period: string, language: string): string {
  const amounts = wholeDays.exec(period)?.slice(1) ?? [];
  const parts = amounts.flatMap((amount, index) =>
    amount === undefined
      ? []
      : new Intl.NumberFormat(localeOf(language), {
          style: 'unit',
          unit: units[index] ?? 'day',
          unitDisplay: 'long',
        }).format(Number(amount)),
  );
  return new Intl.ListFormat(localeOf(language), { type: 'unit' }).format(parts);
}

/** A country as the language calls it; English goes by the directory, and so does a code that is nobody's. */
const countryIn = (code: string, name: string, { language, countries }: Showing): string =>
  countries[code] ??
  (language === 'en' ? name : new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }).of(code)) ??
  name;

/** A language as it is called within a sentence: Greek has a list's capital in its name. */
function languageIn(code: string, language: string): string {
  const name = new Intl.DisplayNames(localeOf(language), { type: 'language' }).of(code) ?? code;
  return language === 'el' ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** Days in a line that says more, such as one of a plan; one that is part of a name, as of a file, is left alone. */
const withDays = (line: string, language: string): string =>
  line.replace(/(?<![^\s(])\d{4}-\d{2}-\d{2}(?![^\s,;:.)]|[.:]\S)/g, (day) => shortDay(day, language));

/** A case is called by its title and its id, `Committee, meeting 2 (meeting/kr-gr-2)`. */
function withTitle(reference: string, known: string, { titleOf }: Showing): string {
  const id = ` (${reference})`;
  const [kind = ''] = reference.split('/');
  return known.endsWith(id) ? `${titleOf(kind, known.slice(0, -id.length))}${id}` : known;
}

/** Somebody as letters name them; whom the directory does not know, as they stand in it. */
function partyIn(party: string, { names, person, superiorOf }: Showing): string {
  const [, superior = '', reference = party] = /^(superior-of\/)?(.*)$/s.exec(party) ?? [];
  const known = names.get(reference)?.name;
  if (!known) return party;
  const called = reference.startsWith('person/') ? person(known) : known;
  return superior ? superiorOf(called) : called;
}

const shownAs: Readonly<Record<CodedType, (value: string, showing: Showing) => string>> = {
  day: (day, { language, brief }) => (brief ? shortDay(day, language) : longDay(day, language)),
  period: (period, { language }) => periodIn(period, language),
  country: (code, showing) => countryIn(code, showing.names.get(code)?.name ?? code, showing),
  language: (code, { language }) => languageIn(code, language),
  party: partyIn,
  case: (id, showing) => withTitle(id, showing.names.get(id)?.name ?? id, showing),
  agenda: (agenda, showing) => showing.agenda(agenda),
  questions: (lines, showing) => showing.questions(lines),
  line: (line, { language }) => withDays(line, language),
  // Texts of mail choose by it.
  choice: (word) => word,
};

function shownText(name: string, value: string, showing: Showing): string {
  const type = typeOfFact(showing.kind, name, value);
  return type ? shownAs[type](value, showing) : value;
}

const isPresent = (fact: Fact | undefined): boolean =>
  fact !== undefined && fact !== '' && fact !== false && !(Array.isArray(fact) && fact.length === 0);

/** Last days, each with its first. */
const firstDays: Readonly<Record<string, string>> = { to: 'from', legTo: 'legFrom' };

/** What takes one day ends on its first: a text that asks for a last day says that day once. */
const isSaidAlready = (facts: Facts, name: string): boolean => {
  const first = firstDays[name];
  return first !== undefined && facts[name] === facts[first];
};

const companion = /^has(.)(.*)$/s;

/** A fact's companion says whether it is there to be said: `hasmeeting` or `hasMeeting` is `yes` or `no`. */
function companionOf(facts: Facts, name: string): Value | undefined {
  const [, first, rest] = companion.exec(name) ?? [];
  if (first === undefined || rest === undefined) return undefined;
  const asked = [`${first}${rest}`, `${first.toLowerCase()}${rest}`];
  return asked.some((each) => isPresent(facts[each]) && !isSaidAlready(facts, each)) ? 'yes' : 'no';
}

/** Whether a day is over when the letter goes: `pastDue` is `yes` or `no`. */
const pastDay = /^past([A-Z])(.*)$/s;

function pastOf(facts: Facts, name: string, today: string): Value | undefined {
  const [, first, rest] = pastDay.exec(name) ?? [];
  if (first === undefined || rest === undefined) return undefined;
  const on = facts[`${first.toLowerCase()}${rest}`];
  return typeof on === 'string' && isDay(on) && on < today ? 'yes' : 'no';
}

/** Lists of values of other facts, whose names stand in `corrected` in the same order. */
const valuesOfFacts: readonly string[] = ['wrong', 'right'];

/** Lists of what is one agency's each, whose id stands before it. */
const ofAgencies: readonly string[] = ['signatories', 'toPrepare'];

/** `KLID: briefing (14 December 2018)`: the agency as the directory calls it. */
function shownAscribed(name: string, item: string, showing: Showing): string {
  const found = ascribedIn(item);
  const agency = found && showing.names.get(`agency/${found.agency}`)?.name;
  return agency ? ascribed(agency, shownText(name, found.words, showing)) : shownText(name, item, showing);
}

/** An act of a visit begins with its title, `Joint committee: e-government, meeting 2, 10 May 2018, Seoul`. */
function withActTitle(facts: Facts, item: string, index: number, { titleOf }: Showing): string {
  const [id, title] = ['actIds', 'actTitles'].map((fact) => textAt(facts[fact], index));
  const [kind = ''] = id?.split('/') ?? [];
  return title !== undefined && item.startsWith(title) ? titleOf(kind, title) + item.slice(title.length) : item;
}

const textAt = (list: Fact | undefined, index: number): string | undefined =>
  Array.isArray(list) && list[index] !== undefined ? String(list[index]) : undefined;

/** One of a list. `place: Athens`, for a value of another fact; several countries are one value. */
export function shownItem(facts: Facts, name: string, item: string, index: number, showing: Showing): string {
  if (name === 'roles') return showing.roles[item] ?? item;
  if (name === 'acts') return shownText(name, withActTitle(facts, item, index, showing), showing);
  const corrected = Array.isArray(facts['corrected']) ? facts['corrected'].map(String) : [];
  const fact = valuesOfFacts.includes(name) ? corrected[index] : undefined;
  if (fact === undefined)
    return ofAgencies.includes(name) ? shownAscribed(name, item, showing) : shownText(name, item, showing);
  // Where the clocks were wrong too, those of today would be put beside the hour of before.
  if (timesOfDay.includes(fact))
    return `${showing.facts[fact] ?? fact}: ${corrected.includes('zone') ? item : shownTime(facts, fact, item, showing)}`;
  const values = fact === 'countries' ? item.split(' ') : [item];
  return `${showing.facts[fact] ?? fact}: ${values.map((value) => shownText(fact, value, showing)).join(', ')}`;
}

/** A fact for a sentence; one that is absent is empty, never "undefined". */
export function shownFact(facts: Facts, name: string, showing: Showing): Value {
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (fact === undefined || fact === null) return companionOf(facts, name) ?? pastOf(facts, name, showing.today) ?? '';
  if (typeof fact === 'number') return fact;
  if (typeof fact === 'boolean') return String(fact);
  if (name === 'time') return shownHours(facts, String(fact), showing);
  if (timesOfDay.includes(name)) return shownTime(facts, name, String(fact), showing);
  if (typeof fact === 'string') {
    const made = kindOfTitle(name, facts);
    const title = made ? showing.titleOf(made, fact) : fact;
    const shown = title === fact ? shownText(name, fact, showing) : title;
    return isDay(fact) ? withHours(facts, name, shown, showing) : shown;
  }
  const items = fact.map((item, index) => shownItem(facts, name, item, index, showing));
  return listFormat(showing.language).format(items);
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
