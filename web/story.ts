import { shownFact, type Showing, type Value } from '../activities/mail/facts.ts';
import { formatted } from '../activities/mail/icu.ts';
import { showingInStory } from '../activities/mail/known-fact.ts';
import type { Names } from '../database/names.ts';
import { spaced } from '../domain/case/label.ts';
import type { Parts, Told } from '../domain/story/told.ts';
import { recordIn } from '../activities/mail/record-sentences.ts';
import type { Texts } from './texts.ts';

/** The text for something of a kind, or that of cases of all kinds. */
const textFor = ({ story }: Pick<Texts, 'story'>, kind: string, text: string): string | undefined =>
  story.get(`${kind}.${text}`) ?? story.get(`case.${text}`);

/**
 * What is told, in a language: people, agencies, countries and cases by their names, days and periods in words, what
 * people typed as they typed it. Undefined where the language has no text for it or for a part of it.
 */
export function toldIn(texts: Texts, names: Names, told: Told): string | undefined {
  const text = textFor(texts, told.kind, told.text);
  const parts = partsIn(texts, names, told.parts);
  if (text === undefined || parts === undefined) return undefined;
  const showing = showingInStory(told.kind, texts.code, names);
  return formatted(
    text,
    texts.code,
    (name) => parts.get(name) ?? companionOf(parts, name) ?? said(texts, told, name, showing),
  );
}

function partsIn(texts: Texts, names: Names, parts: Parts): ReadonlyMap<string, string> | undefined {
  const all = new Map<string, string>();
  for (const [name, each] of Object.entries(parts)) {
    const lines = each.map((part) => toldIn(texts, names, part));
    if (lines.some((line) => line === undefined)) return undefined;
    if (lines.length > 0) all.set(name, lines.join('; '));
  }
  return all;
}

/** `hasPlans` is `yes` where there are parts of that name; facts have such companions of their own. */
function companionOf(parts: ReadonlyMap<string, string>, name: string): Value | undefined {
  const [, first = '', rest = ''] = /^has(.)(.*)$/s.exec(name) ?? [];
  return parts.has(first.toLowerCase() + rest) ? 'yes' : undefined;
}

/** Why another case did not take something, or a letter did not arrive, is said by rules and servers. */
const isOfRecord = (text: string, name: string): boolean =>
  name === 'because' || (name === 'why' && ['events.undelivered', 'parts.lost'].includes(text));

function said(texts: Texts, { facts, text }: Told, name: string, showing: Showing): Value {
  const fact = facts[name];
  if (name === 'changed' && Array.isArray(fact)) return fact.map((each) => calledIn(texts, String(each))).join(', ');
  if (typeof fact === 'string' && isOfRecord(text, name)) return recordIn(texts, fact) ?? fact;
  if (name === 'form') return texts.options[String(fact)] ?? String(fact);
  return shownFact(facts, name, showing);
}

/** How a fact or a field is called. */
const calledIn = ({ facts, fields }: Texts, name: string): string => facts[name] ?? fields[name] ?? spaced(name);
