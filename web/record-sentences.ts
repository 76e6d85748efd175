import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { shortDay } from '../activities/mail/days.ts';
import { languages, type Texts } from './texts.ts';

/**
 * What rules and mail servers say is on record in English: what a refusal is about, why nobody gets a letter. Such a
 * sentence is taken apart by the patterns of `texts/record`, and said in the reader's language; what people typed and ids
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
  sentences.parse(JSON.parse(readFileSync(new URL(`./texts/record/${code}.json`, import.meta.url), 'utf8')));

const read = (code: string): readonly Pattern[] =>
  Object.entries(sentencesIn(code))
    .map(([key, says]) => patternOf(key, says))
    .toSorted((one, other) => other.weight - one.weight);

const all = new Map(languages.flatMap((code) => (code === 'en' ? [] : [[code as string, read(code)] as const])));

/** What is longer holds what somebody typed, and is no sentence of ours. */
const longest = 2_000;

/** A sentence of the record in the reader's language; undefined where it is read as it is. */
export function recordIn(texts: Texts, sentence: string): string | undefined {
  const patterns = all.get(texts.code);
  const text = sentence.trim();
  if (!patterns || text === '' || text.length > longest) return undefined;
  return ofServer(texts, text) ?? oneByOne(patterns, texts, text) ?? one(patterns, texts, text);
}

const one = (patterns: readonly Pattern[], texts: Texts, sentence: string): string | undefined =>
  saidBy(patterns, texts, sentence) ?? aboutFields(patterns, texts, sentence);

/** Several sentences, where each is one of ours by itself. */
function oneByOne(patterns: readonly Pattern[], texts: Texts, sentences: string): string | undefined {
  const each = sentences.split(/(?<=\.) (?=\S)/);
  const said = each.length > 1 ? each.map((sentence) => one(patterns, texts, sentence)) : [undefined];
  return said.every((words) => words !== undefined) ? said.join(' ') : undefined;
}

function saidBy(patterns: readonly Pattern[], texts: Texts, sentence: string): string | undefined {
  for (const pattern of patterns) {
    const found = holdsInOrder(sentence, pattern.literals) ? pattern.test.exec(sentence) : null;
    const said = found && filled(pattern, found, texts);
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
function filled({ holes, says }: Pattern, found: RegExpExecArray, texts: Texts): string | undefined {
  const values = new Map<string, string>();
  for (const [index, { number, is }] of holes.entries()) {
    const value = valueIn(texts, is, found[index + 1] ?? '');
    if (value === undefined || (found[0].startsWith(value) && ofField.test(value))) return undefined;
    values.set(number, value);
  }
  return says.replace(/\{(\d)\}/g, (_, number: string) => values.get(number) ?? '').trim();
}

function valueIn(texts: Texts, is: string, value: string): string | undefined {
  if (is === 'd' || is === 'p')
    return (value.match(new RegExp(day, 'g')) ?? []).map((each) => shortDay(each, texts.code)).join(' – ');
  if (is === 'h') return hoursIn(texts, value);
  if (is === 'w') return recordIn(texts, value);
  return is === 's' ? (recordIn(texts, value) ?? value) : value;
}

const open = 'without a known end';

const hoursIn = (texts: Texts, hours: string): string =>
  hours
    .replace(/ ?to /, '–')
    .replace(new RegExp(day), (each) => shortDay(each, texts.code))
    .replace(open, () => recordIn(texts, open) ?? open);

/** By the codes of RFC 3463, before its own words, in whatever language they are. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/^5\d\d[ -]5\.1\.\d/, 'noBox'],
  [/^5\d\d[ -]5\.2\.1\b/, 'disabled'],
  [/^[45]\d\d[ -][45]\.2\.2\b/, 'full'],
  [/^5\d\d[ -]5\.(2\.3|3\.4)\b/, 'tooLarge'],
  [/^5\d\d[ -]5\.7\.\d/, 'policy'],
  [/^5\d\d[ -]5\.[34]\.\d/, 'system'],
  [/^4\d\d[ -]/, 'later'],
  [/^5\d\d[ -]/, 'refused'],
];

function ofServer({ say }: Texts, sentence: string): string | undefined {
  const [, meaning] = meanings.find(([code]) => code.test(sentence)) ?? [];
  return meaning && `${say(`relay_${meaning}`)} (${sentence})`;
}

/** What is wrong with fields stands behind their names; several are said in one sentence. */
function aboutFields(patterns: readonly Pattern[], texts: Texts, sentence: string): string | undefined {
  const each = sentence.split(/; (?=[\w.[\]]+: )/);
  const said = each.map((fault) => {
    const [, name = '', because = fault] = /^([^:“”"]{1,60}): (.+)$/s.exec(fault) ?? [];
    const words = saidBy(patterns, texts, because) ?? saidBy(patterns, texts, because.replace(/\.$/, ''));
    return words === undefined ? undefined : labelIn(texts, name) + words;
  });
  return said.every((words) => words !== undefined) ? said.join('; ') : undefined;
}

/** As the pages call it, the case that it is, or the cell of a sheet; what they have no word for is understood without. */
function labelIn(texts: Texts, name: string): string {
  if (/^[a-z]+\/[a-z0-9-]+$/.test(name) || /^[A-Z]{1,3}\d*$/.test(name)) return `${name}: `;
  const [, column, field] = /^([A-Z]{1,3}) \((\w+)\)$/.exec(name) ?? [];
  if (column !== undefined && field !== undefined) return `${column} (${field}): `;
  const { facts, fields } = texts;
  const called = name.split(', ').flatMap((path) => {
    const last = path.split('.').at(-1) ?? path;
    return fields[last] ?? facts[last] ?? [];
  });
  return called.length > 0 ? `${called.join(', ')}: ` : '';
}
