import { refuseBefore, refuseTooFar } from '../../date-rules.ts';
import { type CivilDate, daysBetween, shift, spanOf, whenOf } from '../../dates.ts';
import { date } from '../../fields.ts';
import { refuse } from '../../refusal.ts';
import { answerBy, changing, isPending, isWithin, liveLegs, movedActs, planning } from '../legs.ts';
import { command, type Leg, type LegMove, type Visit } from '../state.ts';

const moveOf = (visit: Visit, leg: Leg, days: number, today: CivilDate): LegMove => {
  const from = shift(leg.from, days);
  return { leg: leg.number, from, to: shift(leg.to, days), confirmBy: answerBy(visit, from, today), byRule: true };
};

/** The days of the whole visit. */
export const dateCommands = {
  changeDates: command({
    says: 'Make the visit begin or end on another day; its legs stay where they are',
    by: ['coordinator'],
    from: changing,
    reason: 'required',
    tells: 'told',
    input: {
      from: date.optional().describe('its first day; as before if left out'),
      to: date.optional().describe('its last day; as before if left out'),
    },
    decide: ({ from: begins, to: ends }, visit, { today }) => {
      const { from, to } = { from: begins ?? visit.from, to: ends ?? visit.to };
      if (from === visit.from && to === visit.to)
        return refuse('AlreadyDone', `The visit is ${whenOf(from, to)} already.`);
      if (visit.departedOn && from !== visit.from)
        return refuse('AlreadyDone', `The delegation left on ${visit.departedOn}; only the last day can change.`);
      const outside = liveLegs(visit).find((leg) => !isWithin({ from, to }, leg.from, leg.to));
      if (outside)
        return refuse(
          'DateOutOfOrder',
          `Leg ${outside.number}, ${spanOf(outside.from, outside.to)}, would lie outside; move or cancel it first, or \`postpone\` the whole visit.`,
        );
      return (
        refuseBefore('to', to, 'the first day of the visit', from) ??
        refuseTooFar('to', to, today) ?? [{ type: 'datesChanged', from, to }]
      );
    },
  }),
  postpone: command({
    says: 'Move the whole visit, its legs and their acts by as many days; every host is asked anew',
    confirm: true,
    by: ['coordinator'],
    from: planning,
    to: ['proposed'],
    reason: 'required',
    tells: 'told',
    input: {
      from: date.describe('the new first day'),
      to: date.optional().describe('the new last day; as long as before if left out'),
    },
    decide: ({ from, to: until }, visit, { today }) => {
      const days = daysBetween(visit.from, from);
      const to = until ?? shift(visit.to, days);
      if (days === 0)
        return refuse('AlreadyDone', `The visit begins on ${from} already; \`change-dates\` moves its end.`);
      const legs = liveLegs(visit).map((leg) => moveOf(visit, leg, days, today));
      const outside = legs.find((leg) => !isWithin({ from, to }, leg.from, leg.to));
      const acts = visit.acts.filter(isPending);
      return (
        refuseBefore('to', to, 'the first day of the visit', from) ??
        refuseTooFar('to', to, today) ??
        (outside &&
          refuse(
            'DateOutOfOrder',
            `Leg ${outside.leg} would be ${whenOf(outside.from, outside.to)}, outside the visit; move or cancel it first.`,
          )) ?? [
          {
            type: 'postponed',
            from,
            to,
            legs,
            acts: legs.flatMap((leg) =>
              movedActs(
                acts.filter((act) => act.leg === leg.leg),
                days,
                leg,
              ),
            ),
          },
        ]
      );
    },
  }),
};
