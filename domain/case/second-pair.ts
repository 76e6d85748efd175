import type { First } from '../lifecycle.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** Two pairs of eyes are two: whoever did what is looked at does not look at it. */
export const refuseSamePerson = (first: First | undefined, by: string): Refusal | undefined =>
  first?.people.includes(by) ? refuse('SamePerson', `${by} ${first.did}; somebody else has to look at it.`) : undefined;

/** The same through a stand-in, both ways: whoever acts for somebody who did it is no second pair of eyes. */
export const refuseInPlaceOf = (first: First | undefined, by: string, insteadOf: string): Refusal | undefined =>
  first?.people.includes(insteadOf)
    ? refuse('SamePerson', `${by} stands in for ${insteadOf}, who ${first.did}; somebody else has to look at it.`)
    : undefined;
