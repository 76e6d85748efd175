import type { Lifecycle } from '../lifecycle.ts';
import { evolve } from './evolve.ts';
import { invitationNamed, isOfInvitation } from './invitations.ts';
import { sentenceOf } from './sentence.ts';
import { type CaseEvent, type CaseState, type OpenDeadline, plannedDeadlines } from './state.ts';

/** A deadline by its plan: with another plan it is another obligation. */
export interface Planned {
  readonly deadline: string;
  readonly version: number;
}

/** The deadline, if it is still owed by that plan. */
export const stillOwed = (
  lifecycle: Lifecycle,
  state: CaseState,
  { deadline, version }: Planned,
): OpenDeadline | undefined =>
  plannedDeadlines(lifecycle, state).find(
    ({ name, standing }) => name === deadline && standing.plan.version === version,
  );

/** Whether what an address is for can still be answered, as the case stands. */
const stands = (lifecycle: Lifecycle, state: CaseState, planned: Planned): boolean =>
  isOfInvitation(planned.deadline)
    ? invitationNamed(lifecycle, state, planned.deadline) !== undefined
    : stillOwed(lifecycle, state, planned) !== undefined;

/** What brought an obligation to its end, and when it was. */
export interface Ending {
  readonly event: CaseEvent;
  readonly says: string;
}

/** The event since which something is no longer owed by its plan, or nobody is invited any more; undefined while it is, or when it never was. */
export function endingOf(lifecycle: Lifecycle, events: readonly CaseEvent[], planned: Planned): Ending | undefined {
  let state: CaseState | undefined;
  let wasOwed = false;
  let ending: Ending | undefined;
  for (const event of events) {
    state = evolve(lifecycle, state, event);
    const isOwed = stands(lifecycle, state, planned);
    if (wasOwed && !isOwed) ending = { event, says: sentenceOf(lifecycle, state, event) };
    if (isOwed) ending = undefined;
    wasOwed = isOwed;
  }
  return ending;
}
