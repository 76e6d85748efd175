import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { shortDay } from './days.ts';

/**
 * What rules and mail servers say is on record in English: what a refusal is about, why nobody gets a letter. Such a
 * sentence is taken apart by the patterns of `record`, and said in the reader's language; what people typed and ids
 * are handed on as they are.
 */

/**
 * By the English sentence. `{1}` is anything; `{1d}` a day, `{1p}` a day or days, `{1h}` hours, `{1n}` a number, `{1s}`
 * something that may itself be said by these patterns, `{1w}` something that has to be; `[is|are]` either.
 */
const sentences = z.record(z.string(), z.string());

const day = String.raw`\d{4}-\d{2}-\d{2}`;

const forms: Readonly<Record<string, string>> = {
  d: day,
  p: `(?:on |from )?${day}(?: to ${day})?`,
  n: String.raw`\d+`,
  // As `hoursInWords` says them.
  h: String.raw`(?:\d\d:\d\d)? ?(?:to (?:${day}, |${day})?(?:\d\d:\d\d)?)? ?(?:\([\w/+-]+\))? ?(?:without a known end)?`,
};

interface Pattern {
  readonly literals: readonly string[];
  readonly test: RegExp;
  /** Of each thing that it holds, in its order: its number, and what it is. */
  readonly holes: readonly { readonly number: string; readonly is: string }[];
  /** The sharper one goes first. */
  readonly weight: number;
  readonly says: string;
}

const token = /\{(\d)([dhpnsw]?)\}|\[([^\]]*\|[^\]]*)\]/;

function patternOf(key: string, says: string): Pattern {
  const parts = key.split(new RegExp(token, 'g'));
  const literals: string[] = [];
  const holes: { number: string; is: string }[] = [];
  let test = '';
  // Each part of the text is followed by what a token has: a number with what it is, or alternatives.
  for (let at = 0; at < parts.length; at += 4) {
    const [literal = '', number, is = '', either] = parts.slice(at, at + 4);
    literals.push(literal);
    test += escaped(literal);
    if (number !== undefined) {
      holes.push({ number, is });
      test += `(${forms[is] ?? '.+?'})`;
    }
    if (either !== undefined) test += `(?:${either.split('|').map(escaped).join('|')})`;
  }
  const sharp = holes.filter(({ is }) => forms[is] !== undefined).length;
  const weight = literals.join('').length + sharp;
  return { literals: literals.filter(Boolean), test: new RegExp(`^${test}$`, 's'), holes, weight, says };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** By the English sentence. */
export const sentencesIn = (code: string): Readonly<Record<string, string>> =>
  sentences.parse(JSON.parse(readFileSync(new URL(`./record/${code}.json`, import.meta.url), 'utf8')));

const read = (code: string): readonly Pattern[] =>
  Object.entries(sentencesIn(code))
    .map(([key, says]) => patternOf(key, says))
    .toSorted((one, other) => other.weight - one.weight);

const all = new Map(
  readdirSync(new URL('./record', import.meta.url)).map((file) => {
    const code = file.replace(/\.json$/, '');
    return [code, read(code)];
  }),
);

/** Whoever reads a sentence: in which language, and how fields are called there. */
export interface Reading {
  readonly code: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

/** What is longer holds what somebody typed, and is no sentence of ours. */
const longest = 2_000;

/** A sentence of the record in the reader's language; undefined where it is read as it is. */
export function recordIn(reading: Reading, sentence: string): string | undefined {
  const patterns = all.get(reading.code);
  const text = sentence.trim();
  if (!patterns || text === '' || text.length > longest) return undefined;
  return ofServer(reading, text) ?? oneByOne(patterns, reading, text) ?? one(patterns, reading, text);
}

const one = (patterns: readonly Pattern[], reading: Reading, sentence: string): string | undefined =>
  saidBy(patterns, reading, sentence) ?? aboutFields(patterns, reading, sentence);

/** Several sentences, where each is one of ours by itself. */
function oneByOne(patterns: readonly Pattern[], reading: Reading, sentences: string): string | undefined {
  const each = sentences.split(/(?<=\.) (?=\S)/);
  const said = each.length > 1 ? each.map((sentence) => one(patterns, reading, sentence)) : [undefined];
  return said.every((words) => words !== undefined) ? said.join(' ') : undefined;
}

function saidBy(patterns: readonly Pattern[], reading: Reading, sentence: string): string | undefined {
  for (const pattern of patterns) {
    const found = holdsInOrder(sentence, pattern.literals) ? pattern.test.exec(sentence) : null;
    const said = found && filled(pattern, found, reading);
    if (said) return said;
  }
  return undefined;
}

/** Sooner known than by the whole pattern. */
function holdsInOrder(sentence: string, literals: readonly string[]): boolean {
  let from = 0;
  for (const literal of literals) {
    const at = sentence.indexOf(literal, from);
    if (at < 0) return false;
    from = at + literal.length;
  }
  return true;
}

/** The name of a field stands before what is wrong with it, and is none of what a sentence holds. */
const ofField = /^[a-z][\w.]*(?:, [a-z]\w*)*: /;

/** Undefined if it holds something that has to be said and cannot. */
function filled({ holes, says }: Pattern, found: RegExpExecArray, reading: Reading): string | undefined {
  const values = new Map<string, string>();
  for (const [index, { number, is }] of holes.entries()) {
    const value = valueIn(reading, is, found[index + 1] ?? '');
    if (value === undefined || (found[0].startsWith(value) && ofField.test(value))) return undefined;
    values.set(number, value);
  }
  return says.replace(/\{(\d)\}/g, (_, number: string) => values.get(number) ?? '').trim();
}

function valueIn(reading: Reading, is: string, value: string): string | undefined {
  if (is === 'd' || is === 'p')
    return (value.match(new RegExp(day, 'g')) ?? []).map((each) => shortDay(each, reading.code)).join(' – ');
  if (is === 'h') return hoursIn(reading, value);
  if (is === 'w') return recordIn(reading, value);
  return is === 's' ? (recordIn(reading, value) ?? value) : value;
}

const open = 'without a known end';

const hoursIn = (reading: Reading, hours: string): string =>
  hours
    .replace(/ ?to /, '–')
    .replace(new RegExp(day), (each) => shortDay(each, reading.code))
    .replace(open, () => recordIn(reading, open) ?? open);

/** By the codes of RFC 3463, before its own words, in whatever language they are. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/^5\d\d[ -]5\.1\.\d/, 'There is no such mailbox.'],
  [/^5\d\d[ -]5\.2\.1\b/, 'The mailbox takes no mail at present.'],
  [/^[45]\d\d[ -][45]\.2\.2\b/, 'The mailbox is full.'],
  [/^5\d\d[ -]5\.(2\.3|3\.4)\b/, 'The message is too large.'],
  [/^5\d\d[ -]5\.7\.\d/, 'The receiving system refuses the message by its own rules.'],
  [/^5\d\d[ -]5\.[34]\.\d/, 'The receiving system cannot be reached or is at fault.'],
  [/^4\d\d[ -]/, 'Not taken for now; it is tried again.'],
  [/^5\d\d[ -]/, 'The message was refused.'],
];

function ofServer(reading: Reading, sentence: string): string | undefined {
  const [, meaning] = meanings.find(([code]) => code.test(sentence)) ?? [];
  return meaning && `${recordIn(reading, meaning) ?? meaning} (${sentence})`;
}

/** What is wrong with fields stands behind their names; several are said in one sentence. */
function aboutFields(patterns: readonly Pattern[], reading: Reading, sentence: string): string | undefined {
  const each = sentence.split(/; (?=[\w.[\]]+: )/);
  const said = each.map((fault) => {
    const [, name = '', because = fault] = /^([^:“”"]{1,60}): (.+)$/s.exec(fault) ?? [];
    const words = saidBy(patterns, reading, because) ?? saidBy(patterns, reading, because.replace(/\.$/, ''));
    return words === undefined ? undefined : labelIn(reading, name) + words;
  });
  return said.every((words) => words !== undefined) ? said.join('; ') : undefined;
}

/** As the pages call it, the case that it is, or the cell of a sheet; what they have no word for is understood without. */
function labelIn(reading: Reading, name: string): string {
  if (/^[a-z]+\/[a-z0-9-]+$/.test(name) || /^[A-Z]{1,3}\d*$/.test(name)) return `${name}: `;
  const [, column, field] = /^([A-Z]{1,3}) \((\w+)\)$/.exec(name) ?? [];
  if (column !== undefined && field !== undefined) return `${column} (${field}): `;
  const { facts, fields } = reading;
  const called = name.split(', ').flatMap((path) => {
    const last = path.split('.').at(-1) ?? path;
    return fields[last] ?? facts[last] ?? [];
  });
  return called.length > 0 ? `${called.join(', ')}: ` : '';
}
