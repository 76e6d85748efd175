import { nothing } from '../case/settled.ts';
import { later, minus, plus } from '../dates.ts';
import { deadlinesBy } from '../deadlines.ts';
import { byDay, type Ladder } from '../ladder.ts';
import { opening } from './commands.ts';
import { announcedBefore } from './opening.ts';
import { type CountryCoordinator, nextNumber, type Programme, type ProgrammeEvent } from './state.ts';

/** The successor is found at a meeting of all states, so the first word comes half a year ahead. */
const handOverLadder: Ladder = [
  { when: { days: -180 }, to: ['owner'] },
  { when: { days: -60 }, to: ['owner'] },
  { when: { days: -14 }, to: ['owner'] },
  { when: { days: 0 }, to: ['owner'] },
  { when: { days: 14 }, to: ['owner', 'coordinator'] },
];

/** The last day before the edition is opened, with the beginning of its day. */
const eveOf = ({ opensOn }: Programme) => minus(opensOn, 'P1D');
const announcedOn = ({ opensOn, waitingSince }: Programme) => later(minus(opensOn, announcedBefore), waitingSince);

/** A day that somebody names takes the place of the rule's. */
const until = ({ byRule: _, ...coordinator }: CountryCoordinator, to: string): CountryCoordinator => ({
  ...coordinator,
  until: to,
});

export const owed = deadlinesBy<Programme, ProgrammeEvent>({
  announce: {
    stages: ['running'],
    isOwed: (programme) => programme.announced < nextNumber(programme) && announcedOn(programme) < eveOf(programme),
    owed: (programme, { countries }) => ({
      item: nextNumber(programme),
      says: `word to the coordinator that edition ${nextNumber(programme)} is opened on ${programme.opensOn}`,
      since: programme.waitingSince,
      due: { on: announcedOn(programme) },
      inCountry: countries[0] ?? '',
    }),
    whenPassed: {
      says: 'The coordinator is told that the next edition is about to be opened',
      decide: (programme) => [{ type: 'openingAnnounced', nth: nextNumber(programme) }],
    },
  },
  open: {
    stages: ['running'],
    owed: (programme, { countries }) => ({
      item: nextNumber(programme),
      says: `the opening of edition ${nextNumber(programme)} on ${programme.opensOn}`,
      since: programme.waitingSince,
      due: { on: eveOf(programme) },
      inCountry: countries[0] ?? '',
    }),
    whenPassed: {
      says: 'The programme opens its next edition',
      decide: (programme, _, { header }) => [opening(programme, header, programme.nextStart)],
    },
    whenMoved: (programme, to) => ({ ...programme, opensOn: plus(to, 'P1D') }),
  },
  handOver: {
    stages: ['running', 'suspended'],
    owed: ({ countryCoordinator: now }) =>
      now
        ? {
            item: now.country,
            says: `the hand-over of the coordination by ${now.country}`,
            since: now.since,
            ...byDay(now.until, now.byRule),
            owedBy: now.party,
            ladder: handOverLadder,
          }
        : [],
    answeredBy: { handOverCoordination: nothing },
    whenMoved: (programme, to) =>
      programme.countryCoordinator
        ? { ...programme, countryCoordinator: until(programme.countryCoordinator, to) }
        : programme,
  },
});
