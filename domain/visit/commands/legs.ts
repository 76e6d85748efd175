import { refuseFuture, refuseTooFar } from '../../date-rules.ts';
import { daysBetween, shift, whenOf } from '../../dates.ts';
import { country, date, line, listOf, party, pastDate } from '../../fields.ts';
import { refuseHours } from '../../hours.ts';
import { isRefusal, refuse } from '../../refusal.ts';
import {
  answerBy,
  changing,
  isDated,
  legFields,
  legFor,
  legHours,
  liveLegs,
  movedActs,
  onLeg,
  pendingActsOn,
  refuseAnswerBy,
  refusePlaceOf,
} from '../legs.ts';
import { type Act, command } from '../state.ts';
import { legHoursFields, movedLegHoursFields } from './hours.ts';

const confirmBy = date
  .optional()
  .describe('the day by which the host is to confirm; the period of the visit if left out');
const places = line.describe('where: city and house');

/** Where the delegation goes, and what the hosts say. */
export const legCommands = {
  addLeg: command({
    says: 'Add a leg: a country, its days, whom the delegation meets, and who confirms it there',
    by: ['coordinator'],
    from: changing,
    to: ['proposed'],
    input: {
      country: country.describe('where it goes'),
      from: date.describe('its first day'),
      to: date.optional().describe('its last day; the first if left out'),
      ...legHoursFields,
      places: listOf(places).default([]).describe('where: city and house, one each'),
      counterpart: line.optional().describe('whom the delegation meets, with office'),
      host: party.describe('the agency or person that confirms it'),
      confirmBy,
    },
    decide: ({ host, confirmBy: by, to: until, ...given }, visit, { today }) => {
      const { country: where, from } = given;
      const to = until ?? from;
      if (where === visit.sendingCountry)
        return refuse('UnknownCountry', `The delegation comes from ${where}; a leg goes to another country.`);
      return (
        refusePlaceOf(visit, { from, to }, liveLegs(visit)) ??
        refuseTooFar('to', to, today) ??
        refuseHours(given, { from, to }) ??
        refuseAnswerBy(by, from, today) ?? [
          {
            type: 'legAdded',
            leg: visit.legs.length + 1,
            keepsDone: true,
            ...given,
            to,
            host,
            confirmBy: answerBy(visit, from, today, by),
            ...(by ? {} : { byRule: true }),
          },
        ]
      );
    },
  }),
  changeCounterpart: command({
    says: 'Record whom the delegation meets on a leg and where, or who confirms it; only a new host is asked',
    by: ['coordinator'],
    from: changing,
    input: {
      ...legFields,
      places: listOf(places).optional().describe('where: city and house, one each; as before if left out'),
      counterpart: line.optional().describe('whom the delegation meets, with office; as before if left out'),
      host: party.optional().describe('who confirms it; as before if left out'),
    },
    decide: ({ places: at, counterpart, host, ...where }, visit) =>
      onLeg(visit, where, (leg) => {
        const next = { counterpart: counterpart ?? leg.counterpart, host: host ?? leg.host };
        const stays = at === undefined || at.join('\n') === leg.places.join('\n');
        if (stays && next.counterpart === leg.counterpart && next.host === leg.host)
          return refuse('AlreadyDone', `Leg ${leg.number} has this counterpart, this host and these places already.`);
        const places = stays ? undefined : at;
        return [{ type: 'counterpartChanged', leg: leg.number, insteadOf: leg.host, ...next, places }];
      }),
  }),
  confirmLeg: command({
    says: 'The host confirms a leg',
    by: ['owing', 'coordinator'],
    from: changing,
    to: ['confirmed', 'prepared'],
    input: { ...legFields, on: pastDate.optional().describe('the day; today unless said otherwise') },
    decide: ({ on, ...where }, visit, { today }) =>
      onLeg(visit, where, ({ number, standing, confirmedOn = '' }) =>
        standing === 'confirmed'
          ? refuse('AlreadyDone', `Leg ${number} was confirmed on ${confirmedOn}.`)
          : (refuseFuture('on', on, today) ?? [{ type: 'legConfirmed', leg: number, on: on ?? today }]),
      ),
  }),
  declineLeg: command({
    says: 'The host cannot receive the delegation on these days; the coordinator moves or cancels the leg',
    by: ['owing', 'coordinator'],
    from: changing,
    to: ['proposed'],
    reason: 'required',
    tells: 'reason',
    input: legFields,
    decide: (where, visit) =>
      onLeg(visit, where, ({ number, standing }) =>
        standing === 'declined'
          ? refuse('AlreadyDone', `Leg ${number} is declined already; move or cancel it.`)
          : [{ type: 'legDeclined', leg: number }],
      ),
  }),
  moveLeg: command({
    says: 'Move a leg to other days: its acts move along, its host is asked anew, and those concerned are told',
    confirm: true,
    by: ['coordinator'],
    from: changing,
    to: ['proposed'],
    reason: 'required',
    tells: 'told',
    input: {
      ...legFields,
      from: date.describe('its new first day'),
      to: date.optional().describe('its new last day; as long as before if left out'),
      ...movedLegHoursFields,
      places: listOf(places).optional().describe('where, if that changes too'),
      confirmBy,
    },
    decide: ({ leg: named, country: where, from, to: until, places: at, confirmBy: by, ...said }, visit, { today }) => {
      const leg = legFor(visit, { leg: named, country: where });
      if (isRefusal(leg)) return leg;
      const { number } = leg;
      const days = daysBetween(leg.from, from);
      const to = until ?? shift(leg.to, days);
      if (from === leg.from && to === leg.to)
        return refuse(
          'AlreadyDone',
          `Leg ${number} is ${whenOf(from, to)} already; its hours are set with \`set-leg-time\`.`,
        );
      const hours = legHours(leg, said, { from, to });
      if (isRefusal(hours)) return hours;
      const others = liveLegs(visit).filter((other) => other.number !== number);
      const confirmation = answerBy(visit, from, today, by);
      const acts = movedActs(pendingActsOn(visit, number), days, { from, to });
      return (
        refusePlaceOf(visit, { from, to }, others) ??
        refuseAnswerBy(by, from, today) ?? [
          {
            type: 'legMoved',
            leg: number,
            from,
            to,
            ...hours,
            places: at,
            confirmBy: confirmation,
            ...(by ? {} : { byRule: true }),
            acts,
          },
        ]
      );
    },
  }),
  cancelLeg: command({
    says: 'Cancel a leg: its acts are called off, and those concerned are told',
    confirm: true,
    by: ['coordinator'],
    from: changing,
    to: ['proposed', 'confirmed', 'prepared'],
    reason: 'required',
    tells: 'told',
    input: legFields,
    decide: (where, visit) =>
      onLeg(visit, where, ({ number }) => {
        const pending = pendingActsOn(visit, number);
        const idsOf = (acts: readonly Act[]) => acts.map(({ act }) => act);
        const letGo = idsOf(pending.filter((act) => !isDated(act)));
        return [{ type: 'legCancelled', leg: number, acts: idsOf(pending.filter(isDated)), letGo }];
      }),
  }),
};
