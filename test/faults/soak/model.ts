import { dueEvents, nextDue } from '../../../domain/case/due.ts';
import { evolve } from '../../../domain/case/evolve.ts';
import { type CaseEvent, type CaseState, plannedDeadlines } from '../../../domain/case/state.ts';
import { transition } from '../../../domain/case/transition.ts';
import { type Instant, millisecondsOf } from '../../../domain/dates.ts';
import type { Lifecycle } from '../../../domain/lifecycle.ts';

/** What the events of one case say, by the rules alone, that there must be in the world. */
export interface Expected {
  readonly state: CaseState;
  /** The number of the event that causes each message, by its key. */
  readonly messages: ReadonlyMap<string, number>;
  /** What was to be asked of other cases. */
  readonly asked: readonly { readonly key: string; readonly of: string; readonly command: string }[];
  /** The number of the event with which a planned deadline was no longer owed, by `name/version`. */
  readonly closedBy: ReadonlyMap<string, number>;
  /** Where the case acted on something later before it acted on what was due. */
  readonly overlooked: readonly string[];
}

/** So far apart two instants count as one moment: between two steps of one task the clock runs on. */
const momentMs = 60_000;

const isWellBefore = (due: Instant, at: Instant): boolean => millisecondsOf(at) - millisecondsOf(due) > momentMs;

/** What is due well before `at` and has not happened; undefined when all has. */
export function overdueIn(lifecycle: Lifecycle, state: CaseState, at: Instant): string | undefined {
  const next = nextDue(lifecycle, state);
  if (!next || !isWellBefore(next.at, at) || dueEvents(lifecycle, state, at).length === 0) return undefined;
  return `${next.deadline.name} was due at ${next.at}, and nothing had happened by ${at}`;
}

const standing = (lifecycle: Lifecycle, state: CaseState): string[] =>
  plannedDeadlines(lifecycle, state).map((deadline) => `${deadline.name}/${deadline.standing.plan.version}`);

/** Folds the events one by one and notes what follows from each. */
export function expectedOf(lifecycle: Lifecycle, events: readonly CaseEvent[]): Expected {
  let state: CaseState | undefined;
  const messages = new Map<string, number>();
  const asked: { key: string; of: string; command: string }[] = [];
  const closedBy = new Map<string, number>();
  const overlooked: string[] = [];
  for (const event of events) {
    const before = state;
    // Only a command lets everything happen first that is due; what became of a mail is put on record as it comes.
    const missed = before && event.commandId ? overdueIn(lifecycle, before, event.at) : undefined;
    if (missed) overlooked.push(`${missed}, when event ${event.number} (${event.type}) was recorded`);
    // Plans are worked out for a transition that is on record already, so nothing follows from them alone.
    const effects = event.type === 'planned' ? [] : transition(lifecycle, before, [event]).effects;
    state = evolve(lifecycle, before, event);
    for (const effect of effects) {
      if (effect.type === 'mail') {
        if (!effect.message.again) messages.set(effect.message.key, event.number);
      } else if (effect.type === 'tell') asked.push({ key: effect.key, of: effect.case, command: effect.command });
      else asked.push({ key: effect.key, of: `${effect.kind}/${effect.slug}`, command: 'open' });
    }
    if (!before) continue;
    const open = new Set(standing(lifecycle, state));
    for (const name of standing(lifecycle, before)) if (!open.has(name)) closedBy.set(name, event.number);
  }
  if (!state) throw new Error('A case begins with an event.');
  return { state, messages, asked, closedBy, overlooked };
}
