import { withOneMore, without } from '../lists.ts';
import { tellVisit, visitLinkEvents } from '../act.ts';
import { dayOf } from '../dates.ts';
import { partyOfPerson } from '../fields.ts';
import { hoursInWords, hoursOf, rehoured } from '../hours.ts';
import { type EventRules, nobodyHears } from '../lifecycle.ts';
import { openCase } from '../other-cases.ts';
import { promisedAt } from '../titles.ts';
import { settlementOf } from './deadlines.ts';
import { mail, ourSide, tellPlan } from './letters.ts';
import type { Appointment, AppointmentEvent, FollowUp } from './state.ts';

const withFollowUp = (
  appointment: Appointment,
  number: number | undefined,
  settled: Partial<FollowUp>,
): Appointment => ({
  ...appointment,
  promised: appointment.promised.map((each) => (each.number === number ? { ...each, ...settled } : each)),
});

/** What was said of it, if anything was. */
const said = (before: string, ...words: readonly (string | undefined)[]): string => {
  const known = words.filter(Boolean).join(', ');
  return known && `${before}${known}`;
};

export const events: EventRules<Appointment, AppointmentEvent> = {
  ...visitLinkEvents<Appointment>(tellPlan),
  handedOver: {
    says: ({ to }) => `${to} carries it on.`,
    evolve: (appointment, { to, at }) => ({ ...appointment, handedOver: { to, on: dayOf(at) } }),
    follows: nobodyHears,
  },
  confirmed: {
    says: ({ place, ...hours }) => `The host confirmed it${said(': ', hoursInWords(hours), place)}.`,
    evolve: ({ declinedOn: _, ...appointment }, { place, ...hours }) => ({
      ...appointment,
      ...hoursOf(hours),
      stage: 'confirmed',
      ...(place ? { place } : {}),
    }),
    follows: (_, appointment, header) => [...mail('confirmed', ourSide(appointment)), ...tellPlan(appointment, header)],
  },
  declined: {
    says: () => 'The host cannot.',
    evolve: (appointment, { at }) => ({ ...appointment, stage: 'declined', declinedOn: dayOf(at) }),
    follows: ({ told: why }, appointment, { coordinator }) =>
      mail('declined', [partyOfPerson(coordinator)], { why }, settlementOf(appointment)),
  },
  postponed: {
    says: ({ from, to, place, ...hours }) =>
      `Moved from ${from} to ${to}${said(', ', hoursInWords(hours), place)}; the host is asked anew.`,
    evolve: ({ declinedOn: _, confirmByRule: __, ...appointment }, { to, place, confirmBy, byRule, at, ...hours }) => ({
      ...rehoured(appointment, hours),
      stage: 'planned',
      on: to,
      ...(place ? { place } : {}),
      confirmBy,
      ...(byRule ? { confirmByRule: true } : {}),
      askedOn: dayOf(at),
      rounds: appointment.rounds + 1,
    }),
    follows: ({ from: movedFrom, told: why }, appointment, header) => [
      ...mail('askedAnew', [appointment.host], { why, movedFrom }),
      ...mail('postponed', ourSide(appointment), { why, movedFrom }),
      ...tellPlan(appointment, header),
    ],
  },
  timeSet: {
    says: (hours) => `Set for ${hoursInWords(hours)}.`,
    evolve: (appointment, hours) => rehoured(appointment, hours),
    follows: (_, appointment, header) => [
      ...mail('timeSet', [appointment.host, ...ourSide(appointment)]),
      ...tellPlan(appointment, header),
    ],
  },
  participantAdded: {
    says: ({ person }) => `${person} takes part.`,
    evolve: (appointment, { person }) => withOneMore(appointment, 'participants', person),
    follows: ({ person }) => mail('planned', [partyOfPerson(person)]),
  },
  participantRemoved: {
    says: ({ person }) => `${person} does not take part.`,
    evolve: (appointment, { person }) => without(appointment, 'participants', (each) => each === person),
    follows: ({ person, told: why }) => mail('notTakingPart', [partyOfPerson(person)], { why }),
  },
  held: {
    says: ({ on, attended, guests, outcome, promised }) =>
      `Held on ${on} with ${[...attended, ...guests].join(', ')}. ${outcome}${promised.length > 0 ? ` Promised: ${promised.join('; ')}.` : ''}`,
    evolve: (appointment, { on, attended, guests, outcome, promised }) => ({
      ...appointment,
      stage: 'held',
      heldOn: on,
      attended,
      guests,
      outcome,
      promised: promised.map((what, index) => ({ number: index + 1, what })),
    }),
    follows: ({ on }, appointment, header) =>
      tellVisit(appointment, header, { standing: 'done', on, place: appointment.place }),
  },
  actionOpened: {
    says: ({ action, topic, owner, due }) => `Follow-up action ${action}: ${topic} (${owner}, due ${due}).`,
    evolve: (appointment, { action, followUp }) => ({
      ...withFollowUp(appointment, followUp, { action }),
      actions: [...appointment.actions, action],
    }),
    follows: ({ action, topic, owner, due }, { heldOn: decidedOn, subject }, { countries }) =>
      openCase(action, topic, countries, { topic, owner, due, decidedOn, decision: promisedAt(subject) }),
  },
  followUpDropped: {
    says: ({ followUp }) => `Nothing comes of follow-up ${followUp}.`,
    evolve: (appointment, { followUp }) => withFollowUp(appointment, followUp, { dropped: true }),
    follows: nobodyHears,
  },
  closed: {
    says: () => 'Nothing is left to do.',
    evolve: (appointment) => ({ ...appointment, stage: 'closed' }),
    follows: nobodyHears,
  },
};
