import { numberAfter } from '../numbered.ts';
import { type CivilDate, plus } from '../dates.ts';
import { shortLadder } from '../ladder.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import { agenciesOn, legOf, liveLegs } from './legs.ts';
import type { ChecklistItem, Preparation, Visit } from './state.ts';

type New = Pick<ChecklistItem, 'subject' | 'agency' | 'leg'> & Partial<Pick<ChecklistItem, 'before' | 'due'>>;

/** An agency is reminded of what it prepares when this is due, and shortly before. */
export const checklistLadder = shortLadder;

const daysAhead = Math.max(...checklistLadder.map(({ when }) => ('days' in when ? -when.days : 0)));

/**
 * What every agency, or every sender, prepares for each of its legs, as far as it is not on the checklist yet.
 *
 * @param keepsDone what was done is not asked for again; events of 0.2.0 do not say so
 */
export const withItemsFor = (visit: Visit, today: CivilDate, keepsDone = false): Visit =>
  withItems(
    visit,
    liveLegs(visit).flatMap(({ number }) =>
      agenciesOn(visit, number).flatMap((agency) =>
        visit.preparations
          .filter((preparation) => isAskedOf(visit, preparation, agency))
          .map(({ subject, before }) => ({ subject, before, agency, leg: number }))
          .filter(
            (item) =>
              !visit.checklist.some((known) => isSame(known, item) && (known.droppedOn || (keepsDone && known.doneOn))),
          ),
      ),
    ),
    today,
  );

const isAskedOf = ({ senders }: Visit, { by }: Preparation, agency: string): boolean =>
  by === 'everyAgency' || senders.includes(agency);

const isSame = (one: New, other: New): boolean =>
  one.subject === other.subject && one.agency === other.agency && one.leg === other.leg;

export function withItems(visit: Visit, items: readonly New[], today: CivilDate): Visit {
  const isNew = (item: New) =>
    !visit.checklist.some((known) => isSame(known, item) && !known.doneOn && !known.droppedOn);
  const next = numberAfter(visit.checklist);
  const added = items.filter(isNew).map((item, index) => ({ ...item, number: next + index, addedOn: today }));
  return added.length > 0 ? { ...visit, checklist: [...visit.checklist, ...added] } : visit;
}

/** The day named, or so long before the leg. */
export const dueDayOf = (visit: Visit, { due, before, leg, addedOn }: ChecklistItem): CivilDate =>
  due ?? dayBeforeOrMidway(legOf(visit, leg)?.from ?? visit.from, before ?? 'P0D', addedOn);

/** Whether its agency has been reminded of it by that day. */
export const isRemindedOf = (visit: Visit, item: ChecklistItem, on: CivilDate): boolean =>
  plus(on, `P${daysAhead}D`) >= dueDayOf(visit, item);
