import { knownFact } from '../activities/mail/known-fact.ts';
import type { Names } from '../database/names.ts';
import { spaced } from '../domain/case/label.ts';
import { dayOf } from '../domain/dates.ts';
import { typeOfFact } from '../domain/kinds.ts';
import type { Facts } from '../domain/lifecycle.ts';
import type { Texts } from './texts.ts';

/** How a stage is called. */
export const stageIn = ({ stages }: Pick<Texts, 'stages'>, stage: string): string => stages[stage] ?? spaced(stage);

/** How something that is known of a case is called. */
export function factIn({ facts, code }: Texts, name: string): string {
  const label = facts[name] ?? spaced(name);
  return label.charAt(0).toLocaleUpperCase(code) + label.slice(1);
}

/** What is known, as it is read: people and agencies by name, days, periods and states in words; what people typed stays as it is. */
export function valueIn(texts: Texts, names: Names, kind: string, facts: Facts, name: string): string {
  const fact = facts[name];
  if (fact === undefined) return '';
  if (typeof fact === 'boolean') return texts.say(fact ? 'yes' : 'no');
  if (typeof fact === 'string' && typeOfFact(kind, name, fact) === 'choice') return texts.options[fact] ?? spaced(fact);
  const today = dayOf(new Date().toISOString());
  return knownFact(kind, { language: texts.code, today, names }, facts, name).join('\n');
}
