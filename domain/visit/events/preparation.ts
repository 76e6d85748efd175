import { withOneMore, without } from '../../lists.ts';
import { present } from '../../parts.ts';
import { dayOf } from '../../dates.ts';
import { partyOfAgency } from '../../fields.ts';
import { nobodyHears } from '../../lifecycle.ts';
import { isRemindedOf, withItems } from '../checklist.ts';
import { legInLetters } from '../facts.ts';
import { liveLegs, peopleOf, staged } from '../legs.ts';
import { legMail, mail, onLeg } from '../letters.ts';
import { type ChecklistItem, eventRules, type Visit } from '../state.ts';

function named({ checklist }: Visit, items: readonly number[]): { agencies: string; what: string } {
  const found = checklist.filter(({ number }) => items.includes(number));
  return {
    agencies: [...new Set(found.map(({ agency }) => agency))].join(', '),
    what: found.map(({ subject, leg }) => `${subject} for leg ${leg}`).join(', '),
  };
}

const withItemsSettled = (visit: Visit, items: readonly number[], settled: Partial<ChecklistItem>): Visit => ({
  ...visit,
  checklist: visit.checklist.map((item) => (items.includes(item.number) ? { ...item, ...settled } : item)),
});

export const preparationEvents = eventRules({
  proposalAdded: {
    says: ({ proposal, agency = 'the delegation', how, what, leg }) =>
      `Proposal ${proposal}: ${agency} ${how} on leg ${leg}: ${what}.`,
    evolve: (visit, { proposal: number, leg, how, what, agency, background }) =>
      withOneMore(visit, 'proposals', { number, leg, how, what, ...present({ agency, background }), actions: [] }),
    follows: ({ agency, how, what, leg: number, background }, visit) =>
      agency
        ? onLeg(visit, number, (leg) =>
            legMail(visit, leg, 'proposalAdded', [partyOfAgency(agency)], { how, what, background }),
          )
        : [],
  },
  proposalWithdrawn: {
    says: ({ proposal }) => `Proposal ${proposal} is withdrawn.`,
    evolve: (visit, { proposal }) => without(visit, 'proposals', ({ number }) => number === proposal),
    follows: nobodyHears,
  },
  checklistItemAdded: {
    says: ({ subject, agency, legs, due, before }) =>
      `On the checklist of ${agency}, leg${legs.length > 1 ? 's' : ''} ${legs.join(', ')}: ${subject}, ${due ? `due ${due}` : `${before ?? ''} before`}.`,
    evolve: (visit, { subject, agency, legs, due, before, at }) =>
      withItems(
        visit,
        legs.map((leg) => ({ subject, agency, leg, ...present({ due, before }) })),
        dayOf(at),
      ),
    follows: nobodyHears,
  },
  checklistItemDropped: {
    says: ({ items }, visit) => {
      const { agencies, what } = named(visit, items);
      return `No longer on the checklist of ${agencies}: ${what}.`;
    },
    evolve: (visit, { items, at }) => withItemsSettled(visit, items, { droppedOn: dayOf(at) }),
    follows: ({ items, at, told }, visit) => {
      const dropped = visit.checklist.filter(
        (item) => items.includes(item.number) && isRemindedOf(visit, item, dayOf(at)),
      );
      const [first] = dropped;
      if (!first) return [];
      const { subject: preparation } = first;
      const agency = partyOfAgency(first.agency);
      const forLegs = liveLegs(visit).filter(({ number }) => dropped.some(({ leg }) => leg === number));
      const facts = { preparation, agency, forLegs: forLegs.map(legInLetters), why: told };
      return mail(visit, 'checklistItemDropped', [agency], facts);
    },
  },
  checkedOff: {
    says: ({ items, note }, visit) => {
      const { agencies, what } = named(visit, items);
      return `${agencies} has prepared: ${what}.${note ? ` ${note}` : ''}`;
    },
    evolve: (visit, { items, on, note }) => withItemsSettled(visit, items, { doneOn: on, ...present({ note }) }),
    follows: nobodyHears,
  },
  briefingBookCirculated: {
    says: ({ document }) => `The briefing book went to the delegation${document ? ` (${document})` : ''}.`,
    evolve: (visit, { on, document }) =>
      staged({ ...visit, briefingBookOn: on, ...(document ? { briefingBook: document } : {}) }),
    follows: (_, visit) => mail(visit, 'briefingBookReady', peopleOf(visit)),
  },
});
