import type { Filter } from './filters.ts';
import { factIn } from './labels.ts';
import type { Texts } from './texts.ts';

/** As letters and pages of cases call it; what only lists have is called so here. */
export const columnIn = (texts: Texts, name: string): string =>
  texts.facts[name] === undefined ? texts.say(`column_${name}`) : factIn(texts, name);

/** In which order a list stands: in the address `due`, or `-due` for the last first. */
export const orderOf = (sorts: readonly string[]): Filter => ({
  name: 'sort',
  as: 'choice',
  of: ['', ...sorts.flatMap((each) => [each, `-${each}`])],
  says: (texts, each) =>
    texts.say(each.startsWith('-') ? 'list_sortDown' : 'list_sortUp', {
      column: columnIn(texts, each.replace('-', '')),
    }),
  none: 'list_sortNone',
});
