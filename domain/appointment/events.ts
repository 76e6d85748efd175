import { visitLinkEvents } from '../act.ts';
import { dayOf } from '../dates.ts';
import { hoursInWords, hoursOf, rehoured } from '../hours.ts';
import type { EventRules } from '../lifecycle.ts';
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
  ...visitLinkEvents<Appointment>(),
  handedOver: {
    says: ({ to }) => `${to} carries it on.`,
    evolve: (appointment, { to, at }) => ({ ...appointment, handedOver: { to, on: dayOf(at) } }),
  },
  confirmed: {
    says: ({ place, ...hours }) => `The host confirmed it${said(': ', hoursInWords(hours), place)}.`,
    evolve: ({ declinedOn: _, ...appointment }, { place, ...hours }) => ({
      ...appointment,
      ...hoursOf(hours),
      stage: 'confirmed',
      ...(place ? { place } : {}),
    }),
  },
  declined: {
    says: () => 'The host cannot.',
    evolve: (appointment, { at }) => ({ ...appointment, stage: 'declined', declinedOn: dayOf(at) }),
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
  },
  timeSet: {
    says: (hours) => `Set for ${hoursInWords(hours)}.`,
    evolve: (appointment, hours) => rehoured(appointment, hours),
  },
  participantAdded: {
    says: ({ person }) => `${person} takes part.`,
    evolve: (appointment, { person }) => ({ ...appointment, participants: [...appointment.participants, person] }),
  },
  participantRemoved: {
    says: ({ person }) => `${person} does not take part.`,
    evolve: (appointment, { person }) => ({
      ...appointment,
      participants: appointment.participants.filter((each) => each !== person),
    }),
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
  },
  actionOpened: {
    says: ({ action, topic, owner, due }) => `Follow-up action ${action}: ${topic} (${owner}, due ${due}).`,
    evolve: (appointment, { action, followUp }) => ({
      ...withFollowUp(appointment, followUp, { action }),
      actions: [...appointment.actions, action],
    }),
  },
  followUpDropped: {
    says: ({ followUp }) => `Nothing comes of follow-up ${followUp}.`,
    evolve: (appointment, { followUp }) => withFollowUp(appointment, followUp, { dropped: true }),
  },
  closed: {
    says: () => 'Nothing is left to do.',
    evolve: (appointment) => ({ ...appointment, stage: 'closed' }),
  },
};
