import { partyOfAgency } from '../fields.ts';
import type { Facts } from '../lifecycle.ts';
import type { Visit, VisitEvent } from '../visit/state.ts';
import { type Details, hoursIn, type Parts, partOf, type Told } from './told.ts';

/** The acts that move along with a leg. */
const movesIn = (acts: readonly { readonly act: string; readonly to: string }[]): Parts => ({
  moves: acts.map(({ act, to }): Told => ({ ...partOf('move', { act, to }), kind: 'visit' })),
});

const itemsIn = ({ checklist }: Visit, numbers: readonly number[]): Facts => {
  const items = checklist.filter(({ number }) => numbers.includes(number));
  return {
    agencies: [...new Set(items.map(({ agency }) => partyOfAgency(agency)))],
    subject: [...new Set(items.map(({ subject }) => subject))],
  };
};

/** What the events of a visit say besides their fields. */
export const visit: Details<Visit, VisitEvent> = {
  legAdded: ({ from, ...hours }) => ({ parts: hoursIn(hours, from) }),
  legTimeSet: (hours) => ({ parts: hoursIn(hours) }),
  legMoved: ({ from, acts, ...hours }) => ({ parts: { ...hoursIn(hours, from), ...movesIn(acts) } }),
  postponed: ({ acts }) => ({ parts: movesIn(acts) }),
  actReported: ({ on, until, ...hours }) => ({
    facts: { until: until === on ? undefined : until },
    parts: hoursIn(hours, on),
  }),
  checklistItemAdded: ({ before }) => ({ facts: { period: before } }),
  checklistItemDropped: ({ items }, known) => ({ facts: itemsIn(known, items) }),
  checkedOff: ({ items }, known) => ({ facts: itemsIn(known, items) }),
  described: ({ changes }) => ({ facts: { changed: Object.keys(changes) } }),
};
