import type { Names } from '../../database/names.ts';
import type { CivilDate } from '../../domain/dates.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import { shownFact, shownItem, type Showing } from './facts.ts';
import { languageOrEnglish } from './texts.ts';
import { wordingIn } from './wording.ts';

/** How a page shows facts in somebody's language: as letters do, on days without clocks. */
function onPage(kind: string, { language, names, today }: Looking): Showing {
  const texts = languageOrEnglish(language);
  return { ...wordingIn(texts), kind, language: texts.code, zone: 'UTC', today, names };
}

/** The same within a sentence of a story: days without their weekday, and none that depends on today. */
export const showingInStory = (kind: string, language: string, names: Names): Showing => ({
  ...onPage(kind, { language, names, today: '' }),
  brief: true,
});

/** Who looks at a page: in which language, and what day it is there. */
interface Looking {
  readonly language: string;
  readonly today: CivilDate;
  readonly names: Names;
}

/** What is known of a case, for a page: each item of a list by itself, and people without what letters put beside a name. */
export function knownFact(kind: string, looking: Looking, facts: Facts, name: string): readonly string[] {
  const showing = { ...onPage(kind, looking), person: (who: string) => who };
  const fact = facts[name];
  return Array.isArray(fact)
    ? fact.map((item: string, index) => shownItem(facts, name, item, index, showing))
    : [String(shownFact(facts, name, showing))];
}
