import type { CivilDate } from '../dates.ts';
import { duly } from '../meeting/state.ts';
import { agenciesOn, legOf, liveLegs } from './legs.ts';
import type { ChecklistItem, Preparation, Visit } from './state.ts';

type New = Pick<ChecklistItem, 'subject' | 'agency' | 'leg'> & Partial<Pick<ChecklistItem, 'before' | 'due'>>;

/** What every agency, or every sender, prepares for each of its legs, as far as it is not on the checklist yet. */
export const withItemsFor = (visit: Visit, today: CivilDate): Visit =>
  withItems(
    visit,
    liveLegs(visit).flatMap(({ number }) =>
      agenciesOn(visit, number).flatMap((agency) =>
        visit.preparations
          .filter((preparation) => isAskedOf(visit, preparation, agency))
          .map(({ subject, before }) => ({ subject, before, agency, leg: number })),
      ),
    ),
    today,
  );

const isAskedOf = ({ senders }: Visit, { by }: Preparation, agency: string): boolean =>
  by === 'everyAgency' || senders.includes(agency);

export function withItems(visit: Visit, items: readonly New[], today: CivilDate): Visit {
  const isNew = ({ subject, agency, leg }: New) =>
    !visit.checklist.some(
      (item) => item.subject === subject && item.agency === agency && item.leg === leg && !item.doneOn,
    );
  const last = Math.max(0, ...visit.checklist.map(({ number }) => number));
  const added = items.filter(isNew).map((item, index) => ({ ...item, number: last + index + 1, addedOn: today }));
  return added.length > 0 ? { ...visit, checklist: [...visit.checklist, ...added] } : visit;
}

/** The day named, or so long before the leg. */
export const dueDayOf = (visit: Visit, { due, before, leg, addedOn }: ChecklistItem): CivilDate =>
  due ?? duly(legOf(visit, leg)?.from ?? visit.from, before ?? 'P0D', addedOn);
