import { type CivilDate, later, minus, plus } from '../dates.ts';
import { byRule, type Deadline, type Ladder, noLadder } from '../ladder.ts';
import type { CaseHeader, MoveRules, PassingRules } from '../lifecycle.ts';
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

export const deadlines = (programme: Programme, header: CaseHeader): Deadline[] => [
  ...(programme.stage === 'running' ? nextEdition(programme, header) : []),
  ...(programme.stage === 'ended' ? [] : handOver(programme)),
];

/** Opened with the beginning of its day, so when the day before is over. */
function nextEdition(programme: Programme, { countries }: CaseHeader): Deadline[] {
  const number = nextNumber(programme);
  const { opensOn, waitingSince, announced } = programme;
  const byItself = { since: waitingSince, inCountry: countries[0] ?? '', ladder: noLadder };
  const open: Deadline = {
    name: `open:${number}`,
    says: `the opening of edition ${number} on ${opensOn}`,
    due: { on: minus(opensOn, 'P1D') },
    ...byItself,
  };
  const announce: Deadline = {
    name: `announce:${number}`,
    says: `word to the coordinator that edition ${number} is opened on ${opensOn}`,
    due: { on: later(minus(opensOn, announcedBefore), waitingSince) },
    ...byItself,
  };
  return announced < number && announce.due.on < open.due.on ? [announce, open] : [open];
}

const handOver = ({ countryCoordinator: now }: Programme): Deadline[] =>
  now
    ? [
        {
          name: `handOver:${now.country}`,
          says: `the hand-over of the coordination by ${now.country}`,
          since: now.since,
          ...(now.byRule ? byRule(now.until) : { due: { on: now.until } }),
          owedBy: now.party,
          ladder: handOverLadder,
        },
      ]
    : [];

export const whenPassed: PassingRules<Programme, ProgrammeEvent> = {
  announce: {
    says: 'The coordinator is told that the next edition is about to be opened',
    at: ['running'],
    decide: (programme) => [{ type: 'openingAnnounced', nth: nextNumber(programme) }],
  },
  open: {
    says: 'The programme opens its next edition',
    at: ['running'],
    decide: (programme, _, { header }) => [opening(programme, header, programme.nextStart)],
  },
};

/** A day that somebody names takes the place of the rule's. */
const until = ({ byRule: _, ...coordinator }: CountryCoordinator, to: CivilDate): CountryCoordinator => ({
  ...coordinator,
  until: to,
});

export const whenMoved: MoveRules<Programme> = {
  open: (programme, to) => ({ ...programme, opensOn: plus(to, 'P1D') }),
  handOver: (programme, to) =>
    programme.countryCoordinator
      ? { ...programme, countryCoordinator: until(programme.countryCoordinator, to) }
      : programme,
};
