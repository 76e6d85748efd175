import { dayOf } from '../dates.ts';
import { nameOf } from '../document.ts';
import type { EventRules } from '../lifecycle.ts';
import type { ActionEvent, FollowUpAction } from './state.ts';

const moved = (action: FollowUpAction, stage: FollowUpAction['stage'], at: string): FollowUpAction => ({
  ...action,
  stage,
  stageSince: dayOf(at),
});

export const events: EventRules<FollowUpAction, ActionEvent> = {
  accepted: {
    says: ({ note }, { owner }) => `${owner} accepted the action.${note ? ` ${note}` : ''}`,
    evolve: (action, { at }) => moved(action, 'inProgress', at),
  },
  ownerRefused: {
    says: (_, { owner }) => `${owner} does not take the action on.`,
    evolve: (action, { at }) => ({ ...moved(action, 'refused', at), refusals: action.refusals + 1 }),
  },
  progressReported: {
    says: ({ report, percent }) => `Progress${percent === undefined ? '' : ` (${percent} %)`}: ${report}`,
    evolve: (action, { report, percent }) => ({
      ...action,
      reports: action.reports + 1,
      lastReport: report,
      ...(percent === undefined ? {} : { percent }),
    }),
  },
  reportedDone: {
    says: ({ evidence, papers = [] }) =>
      `Reported as done: ${evidence}${papers.length > 0 ? ` (with ${papers.map(nameOf).join(', ')})` : ''}`,
    evolve: (action, { at, by, onBehalfOf }) => ({
      ...moved(action, 'reportedDone', at),
      reportedBy: by,
      reportedFor: onBehalfOf,
    }),
  },
  verified: {
    says: ({ evidence }) => `Verified: ${evidence}`,
    evolve: (action, { at, by }) => ({ ...moved(action, 'closed', at), verifiedBy: by }),
  },
  returned: {
    says: () => 'Returned: not done yet.',
    evolve: (action, { at }) => ({ ...moved(action, 'inProgress', at), returns: action.returns + 1 }),
  },
  extended: {
    says: ({ to, nth }, { firstDue }) => `Extended to ${to}, extension no. ${nth}; first due ${firstDue}.`,
    evolve: (action, { to, nth }) => ({ ...action, due: to, extensions: nth }),
  },
  blocked: {
    says: ({ waitsFor }) => `Blocked: waits for ${waitsFor}.`,
    evolve: (action, { waitsFor, at }) => ({ ...moved(action, 'blocked', at), waitsFor }),
  },
  unblocked: {
    says: () => 'No longer blocked.',
    evolve: ({ waitsFor: _, ...action }, { at }) => moved(action, 'inProgress', at),
  },
  handedOver: {
    says: ({ from, to }) => `Handed over from ${from} to ${to}.`,
    evolve: ({ waitsFor: _, ...action }, { to, at }) => ({ ...moved(action, 'recorded', at), owner: to }),
  },
  carriedOver: {
    says: ({ meeting }) => `On the agenda of ${meeting}.`,
    evolve: (action, { meeting }) => ({ ...action, carriedTo: [...action.carriedTo, meeting] }),
  },
  dropped: {
    says: ({ decision }) => `Dropped: ${decision}.`,
    evolve: (action, { at }) => moved(action, 'dropped', at),
  },
  reopened: {
    says: ({ due }) => `Opened again${due ? `, to be done by ${due}` : ''}.`,
    evolve: ({ verifiedBy: _, ...action }, { from, due, at }) => ({
      // What was dropped may never have been accepted.
      ...moved(action, from === 'closed' ? 'inProgress' : 'recorded', at),
      reopenedOn: dayOf(at),
      ...(due ? { due } : {}),
    }),
  },
  wasLate: {
    says: () => 'The action is late; that stays on record.',
    evolve: (action) => ({ ...action, wasLate: true }),
  },
};
