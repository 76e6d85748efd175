import { followedParty } from './fields.ts';
import { actCommands } from './visit/commands/acts.ts';
import { dateCommands } from './visit/commands/dates.ts';
import { delegationCommands } from './visit/commands/delegation.ts';
import { hourCommands } from './visit/commands/hours.ts';
import { journeyCommands } from './visit/commands/journey.ts';
import { legCommands } from './visit/commands/legs.ts';
import { preparationCommands } from './visit/commands/preparation.ts';
import { calendarEntries, localTimes, occasions } from './visit/calendar.ts';
import { corrections } from './visit/corrections.ts';
import { owed } from './visit/deadlines.ts';
import { actEvents } from './visit/events/acts.ts';
import { delegationEvents } from './visit/events/delegation.ts';
import { journeyEvents, whenCancelled } from './visit/events/journey.ts';
import { legEvents } from './visit/events/legs.ts';
import { preparationEvents } from './visit/events/preparation.ts';
import { facts, factTypes } from './visit/facts.ts';
import { liveLegs } from './visit/legs.ts';
import { roles } from './visit/roles.ts';
import { agenciesAsked, begin, input, refuseOpening } from './visit/opening.ts';
import { sideOf } from './position.ts';
import { lifecycle } from './visit/state.ts';

/** A delegation visit: its legs, who travels, what takes place on each leg, and the report. */
export const visit = lifecycle({
  kind: 'visit',
  plural: 'Delegation visits',
  says: 'A delegation visit: legs in one or several countries, who travels, the acts on each leg, and the report',
  stages: {
    proposed: 'It is being planned; a host has still to confirm, or it has no leg yet.',
    confirmed: 'Every leg is confirmed; delegation, checklists and briefing book are being prepared.',
    prepared: 'Every leg is confirmed, and the briefing book is with the delegation.',
    underWay: 'The delegation is under way.',
    returned: 'The delegation is back; its report is due.',
    reported: 'The report is in; follow-up actions are opened, and what is left of its acts is settled.',
    closed: 'The visit is closed.',
  },
  finalStages: { closed: 'done' },
  opening: { says: 'Delegation visit proposed', input, refuse: refuseOpening, begin, follows: agenciesAsked },
  whenCancelled,
  commands: {
    ...delegationCommands,
    ...legCommands,
    ...hourCommands,
    ...dateCommands,
    ...actCommands,
    ...preparationCommands,
    ...journeyCommands,
  },
  events: { ...delegationEvents, ...legEvents, ...actEvents, ...preparationEvents, ...journeyEvents },
  ...owed,
  corrections,
  calendarEntries,
  localTimes,
  occasions,
  countries: (subject) => liveLegs(subject).map(({ country }) => country),
  owner: ({ rapporteur }) => rapporteur,
  sides: ({ agencies }) => agencies.map(({ agency }) => sideOf(agency)),
  roles,
  whenSucceeded: (known, person, successor) => ({
    ...known,
    rapporteur: followedParty(known.rapporteur, person, successor),
  }),
  factTypes,
  facts,
});
