import { dayOf } from '../../dates.ts';
import { withItems } from '../checklist.ts';
import { staged } from '../legs.ts';
import type { Visit, VisitRules } from '../state.ts';

function named({ checklist }: Visit, items: readonly number[]): { agencies: string; what: string } {
  const found = checklist.filter(({ number }) => items.includes(number));
  return {
    agencies: [...new Set(found.map(({ agency }) => agency))].join(', '),
    what: found.map(({ subject, leg }) => `${subject} for leg ${leg}`).join(', '),
  };
}

export const preparationEvents: VisitRules<
  | 'proposalAdded'
  | 'proposalWithdrawn'
  | 'checklistItemAdded'
  | 'checklistItemDropped'
  | 'checkedOff'
  | 'briefingBookCirculated'
> = {
  proposalAdded: {
    says: ({ proposal, agency = 'the delegation', how, what, leg }) =>
      `Proposal ${proposal}: ${agency} ${how} on leg ${leg}: ${what}.`,
    evolve: (visit, { proposal: number, leg, how, what, agency, background }) => ({
      ...visit,
      proposals: [
        ...visit.proposals,
        { number, leg, how, what, ...(agency ? { agency } : {}), ...(background ? { background } : {}), actions: [] },
      ],
    }),
  },
  proposalWithdrawn: {
    says: ({ proposal }) => `Proposal ${proposal} is withdrawn.`,
    evolve: (visit, { proposal }) => ({
      ...visit,
      proposals: visit.proposals.filter(({ number }) => number !== proposal),
    }),
  },
  checklistItemAdded: {
    says: ({ subject, agency, legs, due, before }) =>
      `On the checklist of ${agency}, leg${legs.length > 1 ? 's' : ''} ${legs.join(', ')}: ${subject}, ${due ? `due ${due}` : `${before ?? ''} before`}.`,
    evolve: (visit, { subject, agency, legs, due, before, at }) =>
      withItems(
        visit,
        legs.map((leg) => ({ subject, agency, leg, ...(due ? { due } : {}), ...(before ? { before } : {}) })),
        dayOf(at),
      ),
  },
  checklistItemDropped: {
    says: ({ items }, visit) => {
      const { agencies, what } = named(visit, items);
      return `No longer on the checklist of ${agencies}: ${what}.`;
    },
    evolve: (visit, { items, at }) => ({
      ...visit,
      checklist: visit.checklist.map((item) =>
        items.includes(item.number) ? { ...item, droppedOn: dayOf(at) } : item,
      ),
    }),
  },
  checkedOff: {
    says: ({ items, note }, visit) => {
      const { agencies, what } = named(visit, items);
      return `${agencies} has prepared: ${what}.${note ? ` ${note}` : ''}`;
    },
    evolve: (visit, { items, on, note }) => ({
      ...visit,
      checklist: visit.checklist.map((item) =>
        items.includes(item.number) ? { ...item, doneOn: on, ...(note ? { note } : {}) } : item,
      ),
    }),
  },
  briefingBookCirculated: {
    says: ({ document }) => `The briefing book went to the delegation${document ? ` (${document})` : ''}.`,
    evolve: (visit, { on, document }) =>
      staged({ ...visit, briefingBookOn: on, ...(document ? { briefingBook: document } : {}) }),
  },
};
