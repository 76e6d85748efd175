import { type Party, partyOfPerson } from '../fields.ts';
import type { Level } from '../ladder.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { CaseState, OpenDeadline } from './state.ts';

export type Recipient = Party | `superior-of/${Party}`;

/** Who is written to at a level of a ladder. */
export function recipientsAt(
  lifecycle: Lifecycle,
  state: CaseState,
  { owedBy }: OpenDeadline,
  level: Level,
): readonly Recipient[] {
  if (owedBy && level === 'owner') return [owedBy];
  const coordinator = partyOfPerson(state.coordinator);
  if (!owedBy || level === 'coordinator') return [coordinator];
  if (level === 'superior') return [`superior-of/${owedBy}`];
  const coChairs = lifecycle.coChairs?.(state.subject) ?? [];
  return coChairs.length > 0 ? coChairs : [coordinator];
}
