import { nothing } from '../case/settled.ts';
import { later, minus, plus } from '../dates.ts';
import { deadlinesBy, type Owed } from '../deadlines.ts';
import { byRule, type Deadline, type Ladder, shortLadder } from '../ladder.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import { undecidedNominees } from '../nomination.ts';
import { endOfNominations, nominationAnswers, nominationsOwed } from '../nomination/deadlines.ts';
import type { CaseHeader } from '../lifecycle.ts';
import type { Edition, EditionEvent } from './state.ts';

const askedBefore = 'P30D';
const closeWorkingDays = 10;

/** For what takes weeks to settle with others: a host, a date, a plan. */
const planningLadder: Ladder = [
  { when: { days: -30 }, to: ['owner'] },
  { when: { days: -7 }, to: ['owner'] },
  { when: { days: 0 }, to: ['owner'] },
  { when: { days: 7 }, to: ['owner'] },
  { when: { days: 14 }, to: ['owner', 'superior'] },
  { when: { days: 28 }, to: ['owner', 'superior'] },
];

type When = Pick<Deadline, 'since' | 'due' | 'earlierDue'>;

/** What the coordinator of an edition owes at one time or another. */
const owes =
  (says: string, when: (edition: Edition) => When, ladder: Ladder = shortLadder) =>
  (edition: Edition): Owed => ({
    says: `${says} of edition ${edition.number}`,
    ...when(edition),
    owedBy: 'coordinator',
    ladder,
  });

/** So long after it was held. */
const heldAnd =
  (period: 'evaluateWithin' | 'reportWithin' | 'proposeWithin') =>
  ({ to, heldOn: since = to, [period]: within }: Edition): When => ({ since, ...byRule(plus(since, within)) });

/** Whose days count. */
const hostOf = ({ hosts }: Edition, { countries }: CaseHeader): string => hosts[0]?.country ?? countries[0] ?? '';

export const owed = deadlinesBy<Edition, EditionEvent>({
  fixDays: {
    stages: ['announced'],
    isOwed: ({ fixedOn }) => fixedOn === undefined,
    owed: owes(
      'days and host',
      ({ from, openedOn: since, fixBefore }) => ({ since, ...byRule(dayBeforeOrMidway(from, fixBefore, since)) }),
      planningLadder,
    ),
    answeredBy: { fixDays: nothing, addHost: nothing },
  },
  openNominations: {
    stages: ['announced'],
    isOwed: ({ fixedOn }) => fixedOn !== undefined,
    owed: owes('the call for nominations', ({ nominationsBy, openedOn, fixedOn: since = openedOn }) => ({
      since,
      ...byRule(dayBeforeOrMidway(nominationsBy, askedBefore, since)),
    })),
    answeredBy: { openNominations: nothing },
  },
  nominate: {
    stages: ['nominationsOpen'],
    owed: (edition) => nominationsOwed(edition, edition.stageSince),
    answeredBy: nominationAnswers,
  },
  registration: {
    stages: ['nominationsOpen'],
    owed: (edition, header) => endOfNominations(edition, edition.stageSince, hostOf(edition, header)),
    whenPassed: {
      says: 'The coordinator is told who has nominated and who has not; later nominations need a reason',
      foretold: { to: ['nominate'] },
      decide: () => [{ type: 'nominationsOver' }],
    },
    whenMoved: (edition, to) => ({ ...edition, nominationsBy: to, nominationsByRule: false }),
  },
  confirm: {
    stages: ['nominationsOpen', 'participantsConfirmed'],
    isOwed: (edition) => edition.stage === 'nominationsOpen' || undecidedNominees(edition).length > 0,
    owed: owes('the participants', ({ from, openedOn, confirmBefore, stageSince, nominationsBy }) => ({
      since: stageSince,
      ...byRule(later(dayBeforeOrMidway(from, confirmBefore, openedOn), nominationsBy)),
    })),
    answeredBy: { confirmParticipants: nothing, declineNominees: nothing, closeNominations: nothing },
  },
  record: {
    stages: ['underWay'],
    owed: owes('the record', ({ to, recordWorkingDays: workingDays }) => ({ since: to, due: { on: to, workingDays } })),
    answeredBy: { recordHeld: nothing },
  },
  plan: {
    stages: ['nominationsOpen', 'participantsConfirmed', 'underWay'],
    isOwed: ({ planCirculatedOn }) => planCirculatedOn === undefined,
    owed: owes(
      'the plan of activities',
      ({ from, openedOn, fixedOn: since = openedOn, planBefore }) => ({
        since,
        ...byRule(dayBeforeOrMidway(from, planBefore, since)),
      }),
      planningLadder,
    ),
    answeredBy: { addActivity: nothing, circulatePlan: nothing },
  },
  // By itself with the beginning of its first day, so when the day before is over.
  begin: {
    stages: ['participantsConfirmed'],
    owed: (edition, header) => ({
      says: `the first day of the edition, ${edition.from}`,
      since: edition.stageSince,
      due: { on: minus(edition.from, 'P1D') },
      inCountry: hostOf(edition, header),
    }),
    whenPassed: { says: 'The edition is under way', to: ['underWay'], decide: () => [{ type: 'begun' }] },
  },
  evaluate: {
    stages: ['held'],
    owed: owes('the evaluation', heldAnd('evaluateWithin')),
    answeredBy: { recordEvaluation: nothing, closeEvaluation: nothing },
  },
  report: {
    stages: ['held', 'evaluated', 'nextProposed'],
    isOwed: ({ report }) => report === undefined,
    owed: owes('the wrap-up report', heldAnd('reportWithin'), planningLadder),
    answeredBy: { submitReport: nothing },
  },
  proposeNext: {
    stages: ['held', 'evaluated'],
    owed: owes('the successor', heldAnd('proposeWithin'), planningLadder),
    answeredBy: { proposeNext: nothing },
  },
  close: {
    stages: ['nextProposed'],
    isOwed: ({ report }) => report !== undefined,
    owed: owes('the closing', ({ stageSince, report }) => {
      const since = later(stageSince, report?.on ?? stageSince);
      return { since, due: { on: since, workingDays: closeWorkingDays } };
    }),
    answeredBy: { close: nothing },
  },
});
