import { kebab, spaced } from './case/label.ts';
import { stageInWords } from './case/stage-words.ts';
import { isKind, kinds, lifecycles } from './kinds.ts';

/** The stages at which cases of a kind can stand; without one, those of all. */
export const stagesOf = (kind?: string): readonly string[] => {
  const asked = kind !== undefined && isKind(kind) ? [kind] : kinds;
  return [...new Set([...asked.flatMap((each) => Object.keys(lifecycles[each].stages)), 'cancelled'])];
};

/** The stage that somebody means who types it in words, or as the rules call it. */
export function stageMeant(typed: string, kind?: string): string | undefined {
  const meant = typed.trim().toLowerCase();
  return stagesOf(kind).find((stage) =>
    [stage, kebab(stage), spaced(stage), stageInWords(stage)].some((each) => each.toLowerCase() === meant),
  );
}
