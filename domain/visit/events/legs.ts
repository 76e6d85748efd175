import { withOneMore } from '../../lists.ts';
import { changedIn } from '../../numbered.ts';
import { dayOf, spanOf, whenOf } from '../../dates.ts';
import { hoursInWords, hoursOf, rehoured } from '../../hours.ts';
import { partyOfPerson } from '../../fields.ts';
import { type CaseHeader, type Effect, nobodyHears, type Stamp } from '../../lifecycle.ts';
import { withItemsFor } from '../checklist.ts';
import { itemOf } from '../deadlines.ts';
import { peopleOf, peopleOn, staged, withActsMoving } from '../legs.ts';
import { callOffActs, legMail, letGo, mail, moveActs, onLeg, toHosts, type VisitFacts } from '../letters.ts';
import { eventRules, type Leg, type LegMove, type Visit } from '../state.ts';
import { present } from '../../parts.ts';

const withLeg = (visit: Visit, number: number, change: (leg: Leg) => Leg): Visit =>
  staged({ ...visit, legs: changedIn(visit.legs, number, change) });

/** What was said about other days no longer holds. */
const askedAnew = (
  { confirmedOn: _, unsettledSince: __, confirmByRule: ___, ...leg }: Leg,
  on: string,
): Omit<Leg, 'confirmBy'> => ({
  ...leg,
  standing: 'asked',
  askedOn: on,
  rounds: leg.rounds + 1,
});

const movedLeg = (leg: Leg, { from, to, confirmBy, byRule }: LegMove, { at }: Stamp): Leg => ({
  ...askedAnew(leg, dayOf(at)),
  from,
  to,
  confirmBy,
  ...(byRule ? { confirmByRule: true } : {}),
});

const unsettled = (leg: Leg, { at }: Stamp): Leg => ({ ...leg, unsettledSince: dayOf(at) });

const actsTo = (acts: readonly { readonly act: string; readonly to: string }[]): string =>
  acts.length > 0 ? ` Its acts move along: ${acts.map(({ act, to }) => `${act} to ${to}`).join(', ')}.` : '';

/** To whoever has to find other days for a leg, or to call it off. */
const toSettle = (
  visit: Visit,
  number: number,
  name: string,
  { coordinator }: CaseHeader,
  facts?: VisitFacts,
): Effect[] =>
  onLeg(visit, number, (leg) =>
    legMail(visit, leg, name, [partyOfPerson(coordinator)], facts, { what: 'settleLeg', item: itemOf(leg) }),
  );

export const legEvents = eventRules({
  legAdded: {
    says: ({ leg, country, from, to, places, counterpart, host, confirmBy, ...hours }) =>
      `Leg ${leg}: ${[country, spanOf(from, to), hoursInWords(hours), ...places, counterpart && `with ${counterpart}`].filter(Boolean).join(', ')}; ${host} confirms it by ${confirmBy}.`,
    evolve: (visit, event) => {
      const { leg: number, country, from, to, places, counterpart, host, confirmBy, byRule, keepsDone, at } = event;
      const leg: Leg = {
        number,
        country,
        from,
        to,
        ...hoursOf(event),
        places,
        ...(counterpart ? { counterpart } : {}),
        host,
        confirmBy,
        ...(byRule ? { confirmByRule: true } : {}),
        askedOn: dayOf(at),
        rounds: 1,
        standing: 'asked',
      };
      return staged(withItemsFor(withOneMore(visit, 'legs', leg), dayOf(at), keepsDone));
    },
    follows: (event, visit) => onLeg(visit, event.leg, (leg) => legMail(visit, leg, 'legAsked', [leg.host])),
  },
  legTimeSet: {
    says: ({ leg, ...hours }) => `Leg ${leg} is set for ${hoursInWords(hours)}.`,
    evolve: (visit, event) => withLeg(visit, event.leg, (leg) => rehoured(leg, event)),
    follows: (event, visit) =>
      onLeg(visit, event.leg, (leg) => legMail(visit, leg, 'legTimeSet', [leg.host, ...peopleOn(visit, event.leg)])),
  },
  counterpartChanged: {
    says: ({ leg, counterpart, places, host }) =>
      `Leg ${leg}: ${counterpart ? `the delegation meets ${counterpart}, ` : ''}${places ? `places: ${places.join(', ') || 'none'}, ` : ''}${host} confirms it.`,
    evolve: (visit, { leg: number, counterpart, places, host }) =>
      withLeg(visit, number, (leg) => ({
        ...leg,
        ...present({ counterpart, places }),
        host,
      })),
    follows: ({ leg: number, insteadOf }, visit) =>
      onLeg(visit, number, (leg) =>
        leg.host === insteadOf
          ? []
          : [
              ...legMail(visit, leg, 'hostReplaced', [insteadOf]),
              ...(leg.standing === 'asked' ? legMail(visit, leg, 'legAsked', [leg.host]) : []),
            ],
      ),
  },
  legConfirmed: {
    says: ({ leg }) => `Leg ${leg} is confirmed.`,
    evolve: (visit, { leg: number, on }) =>
      withLeg(visit, number, ({ unsettledSince: _, ...leg }) => ({ ...leg, standing: 'confirmed', confirmedOn: on })),
    follows: nobodyHears,
  },
  legDeclined: {
    says: ({ leg }) => `Leg ${leg} is declined.`,
    evolve: (visit, event) =>
      withLeg(visit, event.leg, ({ confirmedOn: _, ...leg }) => unsettled({ ...leg, standing: 'declined' }, event)),
    follows: ({ leg, told }, visit, header) => toSettle(visit, leg, 'legDeclined', header, { why: told }),
  },
  legUnconfirmed: {
    says: ({ leg }) => `Leg ${leg} was not confirmed in time.`,
    evolve: (visit, event) => withLeg(visit, event.leg, (leg) => unsettled(leg, event)),
    follows: ({ leg }, visit, header) => toSettle(visit, leg, 'legUnconfirmed', header),
  },
  legMoved: {
    says: ({ leg, from, to, acts, ...hours }) =>
      `Leg ${leg} is moved: ${[spanOf(from, to), hoursInWords(hours)].filter(Boolean).join(', ')}.${actsTo(acts)}`,
    evolve: (visit, event) =>
      withLeg(withActsMoving(visit, event.acts), event.leg, (leg) => ({
        ...rehoured(movedLeg(leg, event, event), event),
        ...(event.places ? { places: event.places } : {}),
      })),
    follows: (event, visit, header) => [
      ...onLeg(visit, event.leg, (leg) => [
        ...legMail(visit, leg, 'legAskedAnew', [leg.host], { why: event.told }),
        ...legMail(visit, leg, 'legMoved', peopleOn(visit, event.leg), { why: event.told }),
      ]),
      ...moveActs(event.acts, event, header),
    ],
  },
  legCancelled: {
    says: ({ leg, acts }) =>
      `Leg ${leg} is cancelled.${acts.length > 0 ? ` Its acts are called off: ${acts.join(', ')}.` : ''}`,
    evolve: (visit, { leg: number, letGo }) => ({
      ...withLeg(visit, number, ({ confirmedOn: _, unsettledSince: __, ...leg }) => ({
        ...leg,
        standing: 'cancelled',
      })),
      acts: visit.acts.map((act) => (letGo.includes(act.act) ? { ...act, standing: 'dropped' } : act)),
    }),
    follows: (event, visit, header) => [
      ...onLeg(visit, event.leg, (leg) =>
        legMail(visit, leg, 'legCancelled', [leg.host, ...peopleOn(visit, event.leg)], { why: event.told }),
      ),
      ...callOffActs(event.acts, event, header),
      ...letGo(event.letGo, header),
    ],
  },
  datesChanged: {
    says: ({ from, to }) => `The visit is ${whenOf(from, to)}.`,
    evolve: (visit, { from, to }) => ({ ...visit, from, to }),
    follows: ({ told }, visit) => mail(visit, 'datesChanged', peopleOf(visit), { why: told }),
  },
  postponed: {
    says: ({ from, to, acts }) => `The visit is moved with all of its legs: ${spanOf(from, to)}.${actsTo(acts)}`,
    evolve: (visit, event) =>
      staged({
        ...withActsMoving(visit, event.acts),
        from: event.from,
        to: event.to,
        scheduledOn: dayOf(event.at),
        legs: visit.legs.map((leg) => {
          const move = event.legs.find((each) => each.leg === leg.number);
          return move ? movedLeg(leg, move, event) : leg;
        }),
      }),
    follows: (event, visit, header) => [
      ...toHosts(visit, 'legAskedAnew', { why: event.told }),
      ...mail(visit, 'postponed', peopleOf(visit), { why: event.told }),
      ...moveActs(event.acts, event, header),
    ],
  },
});
