import { activityLine, factsOfNext } from './edition/outline.ts';
import { factTypesBy } from './fact-types.ts';
import { partyOfAgency } from './fields.ts';
import { focalPointsOf } from './nomination.ts';
import { nobodyHears } from './lifecycle.ts';
import { commands } from './programme/commands.ts';
import { corrections } from './programme/corrections.ts';
import { owed } from './programme/deadlines.ts';
import { events } from './programme/events.ts';
import { toEverybody } from './programme/letters.ts';
import { begin, input, refuseOpening } from './programme/opening.ts';
import { reports } from './programme/reports.ts';
import { lifecycle, nextNumber, nextYear, type Programme } from './programme/state.ts';
import { pick } from './parts.ts';

/** What a programme shows, and what its letters and its story tell. */
export const factTypes = factTypesBy({
  words: 'audience funding intention nextHow nextYear purpose sinceYear skippedYears year',
  day: 'coordinatesUntil nextStart opensOn since until',
  period: 'period',
  country: 'country countryCoordinator invited nextHosts state',
  party: 'coordinatedBy focalPoint focalPoints organisers party',
  case: 'edition editions openEditions',
  line: 'activities',
  choice: 'form',
  number: 'days editionsHeld nextHostsAtLeast nextHostsAtMost nextNumber onDay places placesPerState year',
});

/** A programme: a series of editions, one each period, which it opens by itself. */
export const programme = lifecycle({
  kind: 'programme',
  plural: 'Programmes',
  says: 'A programme held in numbered editions, usually one a year: what they have in common, and when the next is opened',
  stages: {
    running: 'Its editions follow one another; the next one is opened by itself on its day.',
    suspended: 'It rests; no edition is opened until it resumes.',
    ended: 'It is over.',
  },
  finalStages: { ended: 'done' },
  opening: { says: 'Programme begun', input, refuse: refuseOpening, begin, follows: nobodyHears },
  commands: { ...commands, ...reports },
  events,
  ...owed,
  corrections,
  whenCancelled: toEverybody('ended'),
  roles: ({ invited, countryCoordinator }) => [
    ...focalPointsOf(invited),
    ...(countryCoordinator
      ? [{ role: 'countryCoordinator' as const, who: countryCoordinator.party, by: 'handOverCoordination' }]
      : []),
  ],
  factTypes,
  facts,
});

function facts(known: Programme) {
  const open = known.editions.filter(({ outcome }) => outcome === undefined);
  return {
    sinceYear: String(known.sinceYear),
    period: known.period,
    organisers: known.organisers.map(partyOfAgency),
    ...pick(known, 'funding', 'purpose', 'audience'),
    invited: known.invited.map(({ country }) => country),
    focalPoints: known.invited.map(({ focalPoint }) => focalPoint),
    ...pick(known, 'places', 'placesPerState', 'days'),
    activities: known.activities.map(activityLine),
    editionsHeld: known.editionsHeld,
    editions: known.editions.map(({ edition }) => edition),
    openEditions: open.map(({ edition }) => edition),
    nextNumber: nextNumber(known),
    nextYear: String(nextYear(known)),
    ...pick(known, 'nextStart', 'opensOn'),
    ...factsOfNext(known.intended),
    skippedYears: known.skippedYears.map(String),
    countryCoordinator: known.countryCoordinator?.country,
    coordinatedBy: known.countryCoordinator?.party,
    coordinatesUntil: known.countryCoordinator?.until,
  };
}
