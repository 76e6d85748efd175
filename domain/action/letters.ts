import type { factTypes } from '../action.ts';
import { type Party, partyOfAgency, partyOfPerson } from '../fields.ts';
import { asNew, lettersOf } from '../letters.ts';
import type { CaseHeader, Chased, Effect, Stamp } from '../lifecycle.ts';
import { tellCase } from '../other-cases.ts';
import type { FollowUpAction } from './state.ts';

export const mail = lettersOf<typeof factTypes>('action');

export const toOwner = ({ owner }: FollowUpAction): Party[] => [partyOfAgency(owner)];

/** Whoever was told that it is late, or is not done yet, hears that it is done. Of one that was done in time, as of reports, lists tell. */
export function done(
  { by, evidence }: Stamp & { readonly evidence: string },
  { owner, coChairs, wasLate, returns }: FollowUpAction,
  { coordinator, deadlines = {} }: CaseHeader & Chased,
): Effect[] {
  if (!wasLate && returns === 0) return [];
  const ofOwner = partyOfAgency(owner);
  const sent = deadlines.complete?.sent ?? {};
  const above = [
    ...(sent.superior ? [`superior-of/${ofOwner}` as const] : []),
    ...(sent.coordinator && by !== coordinator ? [partyOfPerson(coordinator)] : []),
    ...(sent.coChairs ? coChairs.map(partyOfPerson) : []),
  ];
  return asNew([ofOwner, ...above].flatMap((to) => mail('done', [to], { evidence })));
}

/** The committee keeps the matrix of what is open. */
export const opensInMatrix = ({ committee, topic, owner, due }: FollowUpAction, { id }: CaseHeader): Effect[] =>
  committee ? tellCase(committee, 'recordAction', { action: id, topic, owner, due }) : [];

export const closesInMatrix = (outcome: string, { committee }: FollowUpAction, { id }: CaseHeader): Effect[] =>
  committee ? tellCase(committee, 'closeAction', { action: id, outcome }) : [];
