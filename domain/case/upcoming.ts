import type { Instant } from '../dates.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { dueEvents, nextDue } from './due.ts';
import type { Message } from './effects.ts';
import type { CaseState } from './state.ts';
import { transition } from './transition.ts';

// A case that sends nothing for so many due dates in a row sends nothing by itself.
const farthest = 100;

/** The messages that a case would send next by itself, if nobody did anything until then, and the case as it then stands; none when it would send none. */
export function nextMessages(
  lifecycle: Lifecycle,
  state: CaseState,
): { readonly messages: readonly Message[]; readonly after: CaseState } {
  let known = state;
  for (let steps = 0; steps < farthest; steps += 1) {
    const at: Instant | undefined = nextDue(lifecycle, known)?.at;
    if (at === undefined) break;
    const { after, effects } = transition(lifecycle, known, dueEvents(lifecycle, known, at));
    const messages = effects.flatMap((effect) => (effect.type === 'mail' ? [effect.message] : []));
    if (messages.length > 0) return { messages, after };
    known = after;
  }
  return { messages: [], after: known };
}
