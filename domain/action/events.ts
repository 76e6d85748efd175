import { dayOf } from '../dates.ts';
import { nameOf } from '../document.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { asNew, carrying } from '../letters.ts';
import { atStage, type CaseHeader, type EventRules, nobodyHears } from '../lifecycle.ts';
import { withOneMore } from '../lists.ts';
import { acceptanceOf } from './deadlines.ts';
import { closesInMatrix, done, mail, opensInMatrix, toOwner } from './letters.ts';
import type { ActionEvent, FollowUpAction } from './state.ts';

const toCoordinator = ({ coordinator }: CaseHeader) => [partyOfPerson(coordinator)];

/** Nobody is written to who need not act: acceptance, reports and verification are seen in lists. */
export const events: EventRules<FollowUpAction, ActionEvent> = {
  accepted: {
    says: ({ note }, { owner }) => `${owner} accepted the action.${note ? ` ${note}` : ''}`,
    evolve: (action, { at }) => atStage(action, 'inProgress', at),
    follows: nobodyHears,
  },
  ownerRefused: {
    says: (_, { owner }) => `${owner} does not take the action on.`,
    evolve: (action, { at }) => ({ ...atStage(action, 'refused', at), refusals: action.refusals + 1 }),
    follows: ({ told: why }, _, header) => mail('refusedByOwner', toCoordinator(header), { why }, { what: 'newOwner' }),
  },
  progressReported: {
    says: ({ report, percent }) => `Progress${percent === undefined ? '' : ` (${percent} %)`}: ${report}`,
    evolve: (action, { report, percent }) => ({
      ...action,
      reports: action.reports + 1,
      lastReport: report,
      ...(percent === undefined ? {} : { percent }),
    }),
    follows: nobodyHears,
  },
  reportedDone: {
    says: ({ evidence, papers = [] }) =>
      `Reported as done: ${evidence}${papers.length > 0 ? ` (with ${papers.map(nameOf).join(', ')})` : ''}`,
    evolve: (action, { at, by, onBehalfOf }) => ({
      ...atStage(action, 'reportedDone', at),
      reportedBy: by,
      reportedFor: onBehalfOf,
    }),
    follows: ({ evidence, papers = [] }, _, header) =>
      carrying(papers, mail('toVerify', toCoordinator(header), { evidence }, { what: 'verify' })),
  },
  verified: {
    says: ({ evidence }) => `Verified: ${evidence}`,
    evolve: (action, { at, by }) => ({ ...atStage(action, 'closed', at), verifiedBy: by }),
    follows: (event, action, header) => [...closesInMatrix('closed', action, header), ...done(event, action, header)],
  },
  returned: {
    says: () => 'Returned: not done yet.',
    evolve: (action, { at }) => ({ ...atStage(action, 'inProgress', at), returns: action.returns + 1 }),
    follows: ({ told: why }, action) => mail('returned', toOwner(action), { why }),
  },
  extended: {
    says: ({ to, nth }, { firstDue }) => `Extended to ${to}, extension no. ${nth}; first due ${firstDue}.`,
    evolve: (action, { to, nth }) => ({ ...action, due: to, extensions: nth }),
    follows: ({ nth, told: why }, action) => mail('extended', toOwner(action), { nth, why }),
  },
  blocked: {
    says: ({ waitsFor }) => `Blocked: waits for ${waitsFor}.`,
    evolve: (action, { waitsFor, at }) => ({ ...atStage(action, 'blocked', at), waitsFor }),
    follows: nobodyHears,
  },
  unblocked: {
    says: () => 'No longer blocked.',
    evolve: ({ waitsFor: _, ...action }, { at }) => atStage(action, 'inProgress', at),
    follows: nobodyHears,
  },
  handedOver: {
    says: ({ from, to }) => `Handed over from ${from} to ${to}.`,
    evolve: ({ waitsFor: _, ...action }, { to, at }) => ({ ...atStage(action, 'recorded', at), owner: to }),
    // Who no longer owes it hears so; 0.2.1 left them in the dark.
    follows: ({ from, to, told: why }, action) => [
      ...mail('handedOver', toOwner(action), { from: partyOfAgency(from), why }, acceptanceOf(to)),
      ...asNew(mail('handedAway', [partyOfAgency(from)])),
    ],
  },
  carriedOver: {
    says: ({ meeting }) => `On the agenda of ${meeting}.`,
    evolve: (action, { meeting }) => withOneMore(action, 'carriedTo', meeting),
    follows: nobodyHears,
  },
  dropped: {
    says: ({ decision }) => `Dropped: ${decision}.`,
    evolve: (action, { at }) => atStage(action, 'dropped', at),
    follows: ({ decision: ruling, told: why }, action, header) => [
      ...mail('dropped', toOwner(action), { ruling, why }),
      ...closesInMatrix('dropped', action, header),
    ],
  },
  reopened: {
    says: ({ due }) => `Opened again${due ? `, to be done by ${due}` : ''}.`,
    evolve: ({ verifiedBy: _, ...action }, { from, due, at }) => ({
      // What was dropped may never have been accepted.
      ...atStage(action, from === 'closed' ? 'inProgress' : 'recorded', at),
      reopenedOn: dayOf(at),
      ...(due ? { due } : {}),
    }),
    follows: ({ told: why }, action, header) => [
      ...mail('reopened', toOwner(action), { why }),
      ...action.coChairs.flatMap((each) => mail('openAgain', [partyOfPerson(each)])),
      ...opensInMatrix(action, header),
    ],
  },
  wasLate: {
    says: () => 'The action is late; that stays on record.',
    evolve: (action) => ({ ...action, wasLate: true }),
    follows: nobodyHears,
  },
};
