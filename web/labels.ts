import { longDay } from '../activities/mail/days.ts';
import type { Names } from '../database/names.ts';
import { typeOfFact } from '../domain/fact-types.ts';
import type { Fact } from '../domain/lifecycle.ts';
import { spaced } from '../domain/case/label.ts';
import type { Texts } from './texts.ts';

/** How a stage is called. */
export const stageIn = ({ stages }: Pick<Texts, 'stages'>, stage: string): string => stages[stage] ?? spaced(stage);

/** How something that is known of a case is called. */
export function factIn({ facts, code }: Texts, name: string): string {
  const label = facts[name] ?? spaced(name);
  return label.charAt(0).toLocaleUpperCase(code) + label.slice(1);
}

const chosen = /^(form|effect|renewal|noticeModel)$/;

/** What is known, as it is read: people and agencies by name, days and states in words; what people typed stays as it is. */
export function valueIn(texts: Texts, names: Names, name: string, fact: Fact): string {
  const one = (value: string): string => {
    const type = typeOfFact(name, value);
    if (type === 'day') return longDay(value, texts.code);
    if (type === 'country') return new Intl.DisplayNames([texts.code], { type: 'region' }).of(value) ?? value;
    if (type === 'party' || type === 'case') return names.get(value)?.name ?? value;
    return (chosen.test(name) ? texts.options[value] : undefined) ?? value;
  };
  if (typeof fact === 'boolean') return texts.say(fact ? 'yes' : 'no');
  return typeof fact === 'object' ? fact.map(String).map(one).join('\n') : one(String(fact));
}
