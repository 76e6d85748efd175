import type { Names } from '../../database/names.ts';
import type { CivilDate } from '../../domain/dates.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import { shownFact, shownItem } from './facts.ts';
import { languageOrEnglish } from './texts.ts';
import { wordingIn } from './wording.ts';

/** Who looks at a page: in which language, and what day it is there. */
interface Looking {
  readonly language: string;
  readonly today: CivilDate;
  readonly names: Names;
}

/** What is known of a case, for a page: as letters show it, each item of a list by itself, and people without what letters put beside a name. */
export function knownFact({ language, today, names }: Looking, facts: Facts, name: string): readonly string[] {
  const texts = languageOrEnglish(language);
  const showing = {
    ...wordingIn(texts),
    person: (who: string) => who,
    language: texts.code,
    zone: 'UTC',
    today,
    names,
  };
  const fact = facts[name];
  return Array.isArray(fact)
    ? fact.map((item: string, index) => shownItem(facts, name, item, index, showing))
    : [String(shownFact(facts, name, showing))];
}
