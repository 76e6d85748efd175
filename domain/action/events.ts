import { dayOf } from '../dates.ts';
import type { EventRules } from '../lifecycle.ts';
import type { ActionEvent, FollowUpAction } from './state.ts';

export const events: EventRules<FollowUpAction, ActionEvent> = {
  accepted: {
    says: () => 'The owner agency accepted the action.',
    evolve: (s, { at }) => ({ ...s, stage: 'inProgress', stageSince: dayOf(at) }),
  },
  ownerRefused: {
    says: (_, { owner }) => `${owner} does not take the action on.`,
    evolve: (s) => ({ ...s, refusals: s.refusals + 1 }),
  },
  progressReported: {
    says: ({ report, percent }) => `Progress${percent === undefined ? '' : ` (${percent} %)`}: ${report}`,
    evolve: (s) => ({ ...s, reports: s.reports + 1 }),
  },
  reportedDone: {
    says: ({ evidence }) => `Reported as done: ${evidence}`,
    evolve: (s, { at, by }) => ({ ...s, stage: 'reportedDone', stageSince: dayOf(at), reportedBy: by }),
  },
  verified: {
    says: ({ evidence }) => `Verified: ${evidence}`,
    evolve: (s, { at, by }) => ({ ...s, stage: 'closed', stageSince: dayOf(at), verifiedBy: by }),
  },
  returned: {
    says: () => 'Returned: not done yet.',
    evolve: (s, { at }) => ({ ...s, stage: 'inProgress', stageSince: dayOf(at), returns: s.returns + 1 }),
  },
  extended: {
    says: ({ to, nth }, { firstDue }) => `Extended for the ${nth}. time, to ${to}; first due ${firstDue}.`,
    evolve: (s, { to, nth }) => ({ ...s, due: to, extensions: nth }),
  },
  blocked: {
    says: ({ by }) => `Blocked: waits for ${by}.`,
    evolve: (s, { by, at }) => ({ ...s, stage: 'blocked', stageSince: dayOf(at), blockedBy: by }),
  },
  unblocked: {
    says: () => 'No longer blocked.',
    evolve: (s, { at }) => ({ ...s, stage: 'inProgress', stageSince: dayOf(at) }),
  },
  handedOver: {
    says: ({ to }) => `Handed over to ${to}.`,
    evolve: (s, { to, at }) => ({ ...s, stage: 'recorded', owner: to, stageSince: dayOf(at) }),
  },
  carriedOver: {
    says: ({ meeting }) => `On the agenda of ${meeting}.`,
    evolve: (s, { meeting }) => ({ ...s, carriedTo: [...s.carriedTo, meeting] }),
  },
  dropped: {
    says: ({ decision }) => `Dropped: ${decision}.`,
    evolve: (s, { at }) => ({ ...s, stage: 'dropped', stageSince: dayOf(at) }),
  },
  wasLate: { says: () => 'The action is late; that stays on record.', evolve: (s) => ({ ...s, wasLate: true }) },
};
