import { item, nothing } from '../case/settled.ts';
import { type CivilDate, later, minus, plus } from '../dates.ts';
import { byCoordinator, deadlinesBy } from '../deadlines.ts';
import { partyOfAgency } from '../fields.ts';
import { byRule } from '../ladder.ts';
import { undecidedNominees } from '../nomination.ts';
import { endOfNominations, nominationAnswers, nominationsOwed } from '../nomination/deadlines.ts';
import { leadOf } from '../meeting/state.ts';
import { takesNominations, type Workshop, type WorkshopEvent } from './state.ts';

const recordWorkingDays = 3;
const closeWorkingDays = 10;

/** Or none is asked for. */
const isReported = ({ report, reportAfter }: Workshop): boolean => report !== undefined || reportAfter === 'none';

/** Every state has the same last day: moving it for one moves it for all. */
const movedClosing = (workshop: Workshop, to: CivilDate): Workshop => ({
  ...workshop,
  nominationsBy: to,
  nominationsByRule: false,
});

export const owed = deadlinesBy<Workshop, WorkshopEvent>({
  announce: {
    stages: ['planned'],
    owed: ({ scheduledOn, announceBy }) => ({
      says: 'the announcement of the workshop',
      since: scheduledOn,
      ...byRule(announceBy),
      saidAs: 'announceBy',
      owedBy: 'coordinator',
    }),
    answeredBy: { announce: nothing },
    whenMoved: (workshop, to) => ({ ...workshop, announceBy: to, announceBefore: leadOf(to, workshop.from) }),
  },
  // The case asks the states by itself when the day before is over.
  openRegistration: {
    stages: ['announced'],
    isOwed: (workshop) => takesNominations(workshop) && workshop.registrationFrom !== undefined,
    owed: ({ registrationFrom = '', scheduledOn, announcedOn = scheduledOn, country }) => ({
      says: `the call for nominations of ${registrationFrom}`,
      since: announcedOn,
      due: { on: minus(registrationFrom, 'P1D') },
      inCountry: country,
    }),
    whenPassed: {
      says: 'The invited states are asked to nominate',
      to: ['registration'],
      decide: () => [{ type: 'registrationOpened' }],
    },
    whenMoved: (workshop, to) => ({ ...workshop, registrationFrom: plus(to, 'P1D') }),
  },
  nominate: {
    stages: ['registration'],
    owed: (workshop) => nominationsOwed(workshop, workshop.registrationSince ?? workshop.scheduledOn),
    answeredBy: nominationAnswers,
    whenMoved: movedClosing,
  },
  registration: {
    stages: ['registration'],
    owed: (workshop) =>
      endOfNominations(workshop, workshop.registrationSince ?? workshop.scheduledOn, workshop.country),
    whenPassed: {
      says: 'The nominations are closed',
      to: ['registrationClosed'],
      foretold: { to: ['nominate'] },
      decide: () => [{ type: 'registrationClosed' }],
    },
    whenMoved: movedClosing,
  },
  confirm: {
    stages: ['registrationClosed'],
    isOwed: (workshop) => undecidedNominees(workshop).length > 0,
    owed: ({ scheduledOn, registrationClosedOn: since = scheduledOn, confirmWorkingDays }) =>
      byCoordinator('a decision on every nominee', since, confirmWorkingDays),
    answeredBy: { confirmParticipants: nothing, putOnWaitingList: nothing, declineNominees: nothing },
  },
  // Presenters know of it since the announcement, or since their talk was added.
  materials: {
    stages: ['announced', 'registration', 'registrationClosed', 'held'],
    owed: ({ talks, announcedOn = '', materialsBy }) =>
      talks.flatMap(({ number, title, presenter, document, since }) =>
        presenter && !document
          ? {
              item: number,
              says: `the materials of "${title}"`,
              since: later(since, announcedOn),
              ...byRule(later(materialsBy, later(since, announcedOn))),
              owedBy: presenter,
              facts: { topic: title },
            }
          : [],
      ),
    answeredBy: { receiveMaterials: item('talk') },
  },
  record: {
    stages: ['announced', 'registration', 'registrationClosed'],
    owed: ({ to }) => byCoordinator(`the record of the workshop of ${to}: who came`, to, recordWorkingDays),
    answeredBy: { recordHeld: nothing },
  },
  circulate: {
    stages: ['held'],
    owed: ({ heldOn = '', circulateWorkingDays }) =>
      byCoordinator('the materials of the workshop', heldOn, circulateWorkingDays),
    answeredBy: { circulateMaterials: nothing },
  },
  evaluate: {
    stages: ['held', 'materialsOut'],
    owed: ({ heldOn = '', evaluationWorkingDays }) =>
      byCoordinator('the evaluation of the workshop', heldOn, evaluationWorkingDays),
    answeredBy: { recordEvaluation: nothing, closeEvaluation: nothing },
  },
  report: {
    stages: ['held', 'materialsOut', 'evaluated'],
    isOwed: (workshop) => !isReported(workshop),
    owed: ({ reportAfter, heldOn = '', hosts }) => ({
      says: 'the report on the workshop',
      since: heldOn,
      ...byRule(plus(heldOn, reportAfter)),
      owedBy: partyOfAgency(hosts[0] ?? ''),
    }),
    answeredBy: { recordReport: nothing },
  },
  // Once nothing else is owed.
  close: {
    stages: ['evaluated'],
    isOwed: isReported,
    owed: ({ evaluatedOn = '', report }) =>
      byCoordinator('the closing of the workshop', later(evaluatedOn, report?.on ?? evaluatedOn), closeWorkingDays),
    answeredBy: { close: nothing },
  },
});
