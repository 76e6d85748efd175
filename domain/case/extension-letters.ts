import type { Lifecycle, Stamp } from '../lifecycle.ts';
import type { KeyedEffect } from './effects.ts';
import { answerTo, type ExtensionEvent, factsOfAsked } from './extension.ts';
import { owedAmong } from './label.ts';
import { commonLetter } from './letter.ts';
import { type CaseState, deadlinesByTheRules } from './state.ts';

/** The coordinator is asked; whoever owes it hears the answer. */
export function newsOfExtension(
  lifecycle: Lifecycle,
  state: CaseState,
  event: ExtensionEvent & Stamp,
): readonly KeyedEffect[] {
  const { type, deadline: name } = event;
  const all = deadlinesByTheRules(lifecycle, state);
  const owed = all.find((each) => each.name === name);
  const what = owedAmong(all, name);
  if (type === 'extensionAsked') {
    const asked = state.extensionsAsked?.[name];
    if (!asked) return [];
    const facts = { kind: lifecycle.kind, owedBy: owed?.owedBy, ...factsOfAsked(name, asked) };
    const summary = `a later due date is asked for: ${what}`;
    return [commonLetter(lifecycle, state, event, { name: type, facts, summary, answerBy: answerTo(name) })];
  }
  if (!owed?.owedBy) return [];
  const due = state.deadlines[name]?.plan.due;
  const facts = type === 'extensionGranted' ? { due: event.to } : { due, why: event.told };
  const summary = `a later due date is ${type === 'extensionGranted' ? 'granted' : 'refused'}: ${what}`;
  return [commonLetter(lifecycle, state, event, { name: type, facts, summary }, owed.owedBy)];
}
