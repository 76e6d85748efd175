import { dayOf } from '../../dates.ts';
import { partyOfAgency } from '../../fields.ts';
import { nobodyHears } from '../../lifecycle.ts';
import { isRemindedOf, withItems } from '../checklist.ts';
import { legInLetters } from '../facts.ts';
import { liveLegs, peopleOf, staged } from '../legs.ts';
import { legMail, mail, onLeg } from '../letters.ts';
import { eventRules, type Visit } from '../state.ts';

function named({ checklist }: Visit, items: readonly number[]): { agencies: string; what: string } {
  const found = checklist.filter(({ number }) => items.includes(number));
  return {
    agencies: [...new Set(found.map(({ agency }) => agency))].join(', '),
    what: found.map(({ subject, leg }) => `${subject} for leg ${leg}`).join(', '),
  };
}

export const preparationEvents = eventRules({
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
    follows: ({ agency, how, what, leg: number, background }, visit) =>
      agency
        ? onLeg(visit, number, (leg) =>
            legMail(visit, leg, 'proposalAdded', [partyOfAgency(agency)], { how, what, background }),
          )
        : [],
  },
  proposalWithdrawn: {
    says: ({ proposal }) => `Proposal ${proposal} is withdrawn.`,
    evolve: (visit, { proposal }) => ({
      ...visit,
      proposals: visit.proposals.filter(({ number }) => number !== proposal),
    }),
    follows: nobodyHears,
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
    follows: nobodyHears,
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
    evolve: (visit, { items, on, note }) => ({
      ...visit,
      checklist: visit.checklist.map((item) =>
        items.includes(item.number) ? { ...item, doneOn: on, ...(note ? { note } : {}) } : item,
      ),
    }),
    follows: nobodyHears,
  },
  briefingBookCirculated: {
    says: ({ document }) => `The briefing book went to the delegation${document ? ` (${document})` : ''}.`,
    evolve: (visit, { on, document }) =>
      staged({ ...visit, briefingBookOn: on, ...(document ? { briefingBook: document } : {}) }),
    follows: (_, visit) => mail(visit, 'briefingBookReady', peopleOf(visit)),
  },
});
