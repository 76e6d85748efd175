import { type CivilDate, later, minus, plus } from '../dates.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { byRule, type Deadline, noLadder, shortLadder } from '../ladder.ts';
import type { CaseHeader, MoveRules, PassingRules } from '../lifecycle.ts';
import { undecidedNominees } from '../nomination.ts';
import { nominationDeadlines } from '../nomination/deadlines.ts';
import { leadOf } from './opening.ts';
import { takesNominations, type Workshop, type WorkshopEvent } from './state.ts';

const recordWorkingDays = 3;
const closeWorkingDays = 10;

export function deadlines(workshop: Workshop, header: CaseHeader): Deadline[] {
  switch (workshop.stage) {
    case 'planned':
      return [announcement(workshop, header)];
    case 'announced':
      return [...opening(workshop), ...materials(workshop), record(workshop, header)];
    case 'registration': {
      const { registrationSince = workshop.scheduledOn } = workshop;
      return [
        ...nominationDeadlines(workshop, workshop.country, registrationSince),
        ...materials(workshop),
        record(workshop, header),
      ];
    }
    case 'registrationClosed':
      return [...confirmation(workshop, header), ...materials(workshop), record(workshop, header)];
    case 'held':
      return [...materials(workshop), circulation(workshop, header), evaluation(workshop, header), ...report(workshop)];
    case 'materialsOut':
      return [evaluation(workshop, header), ...report(workshop)];
    case 'evaluated':
      return [...report(workshop), ...closing(workshop, header)];
    case 'closed':
      return [];
  }
}

const announcement = ({ scheduledOn, announceBy }: Workshop, { coordinator }: CaseHeader): Deadline => ({
  name: 'announce',
  says: 'the announcement of the workshop',
  since: scheduledOn,
  ...byRule(announceBy),
  saidAs: 'announceBy',
  owedBy: partyOfPerson(coordinator),
  ladder: shortLadder,
});

/** The case asks the states by itself when the day before is over. */
const opening = (workshop: Workshop): Deadline[] => {
  const { registrationFrom, announcedOn = workshop.scheduledOn, country } = workshop;
  if (!takesNominations(workshop) || registrationFrom === undefined) return [];
  return [
    {
      name: 'openRegistration',
      says: `the call for nominations of ${registrationFrom}`,
      since: announcedOn,
      due: { on: minus(registrationFrom, 'P1D') },
      inCountry: country,
      ladder: noLadder,
    },
  ];
};

/** Presenters know of it since the announcement, or since their talk was added. */
const materials = ({ talks, announcedOn = '', materialsBy }: Workshop): Deadline[] =>
  talks.flatMap(({ number, title, presenter, document, since }) =>
    presenter && !document
      ? [
          {
            name: `materials:${number}`,
            says: `the materials of "${title}"`,
            since: later(since, announcedOn),
            ...byRule(later(materialsBy, later(since, announcedOn))),
            owedBy: presenter,
            ladder: shortLadder,
            facts: { topic: title },
          },
        ]
      : [],
  );

const confirmation = (workshop: Workshop, { coordinator }: CaseHeader): Deadline[] => {
  const { registrationClosedOn: since = workshop.scheduledOn, confirmWorkingDays } = workshop;
  return undecidedNominees(workshop).length === 0
    ? []
    : [
        {
          name: 'confirm',
          says: 'a decision on every nominee',
          since,
          due: { on: since, workingDays: confirmWorkingDays },
          owedBy: partyOfPerson(coordinator),
          ladder: shortLadder,
        },
      ];
};

const record = ({ to }: Workshop, { coordinator }: CaseHeader): Deadline => ({
  name: 'record',
  says: `the record of the workshop of ${to}: who came`,
  since: to,
  due: { on: to, workingDays: recordWorkingDays },
  owedBy: partyOfPerson(coordinator),
  ladder: shortLadder,
});

/** After the workshop, reckoned from the day it was held. */
const afterIt = (
  { heldOn = '' }: Workshop,
  { coordinator }: CaseHeader,
  name: string,
  says: string,
  workingDays: number,
): Deadline => ({
  name,
  says,
  since: heldOn,
  due: { on: heldOn, workingDays },
  owedBy: partyOfPerson(coordinator),
  ladder: shortLadder,
});

const circulation = (workshop: Workshop, header: CaseHeader): Deadline =>
  afterIt(workshop, header, 'circulate', 'the materials of the workshop', workshop.circulateWorkingDays);

const evaluation = (workshop: Workshop, header: CaseHeader): Deadline =>
  afterIt(workshop, header, 'evaluate', 'the evaluation of the workshop', workshop.evaluationWorkingDays);

const report = ({ report: given, reportAfter, heldOn = '', hosts }: Workshop): Deadline[] =>
  given || reportAfter === 'none'
    ? []
    : [
        {
          name: 'report',
          says: 'the report on the workshop',
          since: heldOn,
          ...byRule(plus(heldOn, reportAfter)),
          owedBy: partyOfAgency(hosts[0] ?? ''),
          ladder: shortLadder,
        },
      ];

/** Once nothing else is owed. */
const closing = (workshop: Workshop, { coordinator }: CaseHeader): Deadline[] => {
  const { evaluatedOn = '', report: given, reportAfter } = workshop;
  if (!given && reportAfter !== 'none') return [];
  const since = later(evaluatedOn, given?.on ?? evaluatedOn);
  return [
    {
      name: 'close',
      says: 'the closing of the workshop',
      since,
      due: { on: since, workingDays: closeWorkingDays },
      owedBy: partyOfPerson(coordinator),
      ladder: shortLadder,
    },
  ];
};

export const whenPassed: PassingRules<Workshop, WorkshopEvent> = {
  openRegistration: {
    says: 'The invited states are asked to nominate',
    at: ['announced'],
    leads: ['registration'],
    decide: () => [{ type: 'registrationOpened' }],
  },
  registration: {
    says: 'The nominations are closed',
    at: ['registration'],
    leads: ['registrationClosed'],
    foretold: { to: ['nominate'] },
    decide: () => [{ type: 'registrationClosed' }],
  },
};

const movedClosing = (workshop: Workshop, to: CivilDate): Workshop => ({
  ...workshop,
  nominationsBy: to,
  nominationsByRule: false,
});

/** Every state has the same last day: moving it for one moves it for all. */
export const whenMoved: MoveRules<Workshop> = {
  announce: (workshop, to) => ({ ...workshop, announceBy: to, announceBefore: leadOf(to, workshop.from) }),
  openRegistration: (workshop, to) => ({ ...workshop, registrationFrom: plus(to, 'P1D') }),
  nominate: movedClosing,
  registration: movedClosing,
};
