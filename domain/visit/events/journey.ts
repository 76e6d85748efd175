import type { VisitRules } from '../state.ts';
import { spaced } from '../../case/label.ts';

export const journeyEvents: VisitRules<
  'described' | 'departed' | 'returned' | 'reportSubmitted' | 'actionOpened' | 'closed'
> = {
  described: {
    says: ({ changes }) => `Changed: ${Object.keys(changes).map(spaced).join(', ')}.`,
    evolve: (visit, { changes }) => ({ ...visit, ...changes }),
  },
  departed: {
    says: () => 'The delegation is under way.',
    evolve: (visit, { on }) => ({ ...visit, stage: 'underWay', departedOn: on }),
  },
  returned: {
    says: () => 'The delegation is back.',
    evolve: (visit, { on }) => ({ ...visit, stage: 'returned', returnedOn: on }),
  },
  reportSubmitted: {
    says: ({ report, document }) => `Report: ${report}${document ? ` (${document})` : ''}`,
    evolve: (visit, { on, report, document }) => ({
      ...visit,
      stage: 'reported',
      reportedOn: on,
      report,
      ...(document ? { reportDocument: document } : {}),
    }),
  },
  actionOpened: {
    says: ({ action, topic, owner, due }) => `Follow-up action ${action}: ${topic} (${owner}, due ${due}).`,
    evolve: (visit, { action, proposal }) => ({
      ...visit,
      actions: [...visit.actions, action],
      proposals: visit.proposals.map((each) =>
        each.number === proposal ? { ...each, actions: [...each.actions, action] } : each,
      ),
    }),
  },
  closed: {
    says: () => 'The visit is closed.',
    evolve: (visit) => ({ ...visit, stage: 'closed' }),
  },
};
