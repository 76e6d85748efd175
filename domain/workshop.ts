import { visitFacts } from './act.ts';
import { evaluationFacts, evaluationFactTypes } from './evaluation/summary.ts';
import { factTypesBy } from './fact-types.ts';
import { partyOfAgency } from './fields.ts';
import type { Holder } from './lifecycle.ts';
import { nominationFacts, nominationFactTypes } from './nomination/facts.ts';
import { focalPointsOf, invitedCountries } from './nomination.ts';
import { calendarEntries, localTimes, occasions, zoneOf } from './workshop/calendar.ts';
import { corrections } from './workshop/corrections.ts';
import { owed } from './workshop/deadlines.ts';
import { events } from './workshop/events.ts';
import { hostsOf, mail, tell, told } from './workshop/letters.ts';
import { begin, input, refuseOpening } from './workshop/opening.ts';
import { preparation } from './workshop/preparation.ts';
import { programmeOf } from './workshop/programme.ts';
import { session } from './workshop/session.ts';
import { lifecycle, type Workshop } from './workshop/state.ts';
import { stateOf } from './position.ts';
import { talkCommands } from './workshop/talks.ts';
import { pick } from './parts.ts';

/** What a workshop shows, and what its letters and its story tell. */
export const factTypes = {
  ...nominationFactTypes,
  ...evaluationFactTypes,
  ...factTypesBy({
    words: `audience document documents guests materials materialsMissing outcome place purpose report speaker startsAt
      subject topic`,
    day: 'announceBy announcedOn before circulatedOn day evaluatedOn firstFrom heldOn materialsBy registrationFrom until',
    language: 'languages',
    country: 'country',
    party: 'hosts presenter',
    case: 'mou visit',
    line: 'programme',
    number: 'attendees leg minutes number talk',
  }),
};

/** A workshop, from its announcement and the nominations to its evaluation. */
export const workshop = lifecycle({
  kind: 'workshop',
  plural: 'Workshops',
  says: 'A workshop: its talks, nominations and participants, materials, attendance and evaluation',
  stages: {
    planned: 'Date, place and hosts are set; it has not been announced.',
    announced: 'Hosts and presenters know of it; nobody is asked to nominate, or not yet.',
    registration: 'The invited states nominate participants.',
    registrationClosed: 'Nominations are closed; participants are confirmed and the workshop lies ahead.',
    held: 'It was held; its materials are gathered and circulated, and the evaluation runs.',
    materialsOut: 'The materials have gone out; the evaluation runs.',
    evaluated: 'The evaluation is closed; the report, if one is owed, comes before the end.',
    closed: 'The workshop is closed.',
  },
  finalStages: { closed: 'done' },
  opening: {
    says: 'Workshop planned',
    input,
    refuse: refuseOpening,
    begin,
    follows: (_, known, header) => [...mail('hosting', hostsOf(known)), ...tell('planned', known, header)],
  },
  commands: { ...preparation, ...talkCommands, ...session },
  events,
  ...owed,
  corrections,
  whenCancelled: ({ told: why }, known, header) =>
    known.heldOn ? [] : [...mail('cancelled', told(known), { why }), ...tell('cancelled', known, header)],
  calendarEntries,
  occasions,
  localTimes,
  zoneOf,
  countries: (subject) => [subject.country, ...invitedCountries(subject)],
  owner: ({ hosts }) => partyOfAgency(hosts[0] ?? ''),
  hosts: ({ hosts }) => hosts.map(partyOfAgency),
  sides: ({ invited }) => invited.map(stateOf),
  roles: ({ invited, talks }) => [
    ...focalPointsOf(invited),
    ...talks.flatMap(({ presenter }): Holder[] =>
      presenter ? [{ role: 'presenter', who: presenter, by: 'changeTalk' }] : [],
    ),
  ],
  factTypes,
  facts,
});

function facts(known: Workshop) {
  return {
    ...pick(known, 'subject', 'purpose', 'audience'),
    hosts: known.hosts.map(partyOfAgency),
    ...pick(known, 'country', 'place', 'from'),
    to: known.to === known.from ? undefined : known.to,
    firstFrom: known.firstFrom === known.from ? undefined : known.firstFrom,
    ...pick(known, 'startsAt', 'endsAt', 'languages', 'mou'),
    ...visitFacts(known),
    announceBy: known.announcedOn ? undefined : known.announceBy,
    ...pick(known, 'announcedOn', 'registrationFrom'),
    ...nominationFacts(known),
    programme: programmeOf(known),
    materialsBy: known.talks.length > 0 ? known.materialsBy : undefined,
    materialsMissing: known.talks.filter(({ presenter, document }) => presenter && !document).map(({ title }) => title),
    ...pick(known, 'heldOn', 'guests', 'attendees', 'circulatedOn', 'documents'),
    ...evaluationFacts(known),
    evaluatedOn: known.evaluatedOn,
    report: known.report?.document,
    outcome: known.report?.summary,
  };
}
