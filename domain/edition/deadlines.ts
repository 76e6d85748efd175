import { type CivilDate, later, minus, plus } from '../dates.ts';
import { partyOfPerson } from '../fields.ts';
import { byRule, type Deadline, type Ladder, noLadder, shortLadder } from '../ladder.ts';
import type { CaseHeader, MoveRules, PassingRules } from '../lifecycle.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import { nominationDeadlines } from '../nomination/deadlines.ts';
import { undecidedNominees } from '../nomination.ts';
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

export function deadlines(edition: Edition, header: CaseHeader): Deadline[] {
  const { stage, stageSince, fixedOn, planCirculatedOn, report, from } = edition;
  const host = edition.hosts[0]?.country ?? header.countries[0] ?? '';
  const owed = (...names: (keyof typeof owes)[]): Deadline[] =>
    names.map((name) => {
      const { says, ...deadline } = owes[name](edition);
      return { ...deadline, says: `${says} of edition ${edition.number}`, owedBy: partyOfPerson(header.coordinator) };
    });
  const plan = planCirculatedOn ? [] : owed('plan');
  switch (stage) {
    case 'announced':
      return owed(fixedOn ? 'openNominations' : 'fixDays');
    case 'nominationsOpen':
      return [...nominationDeadlines(edition, host, stageSince), ...owed('confirm'), ...plan];
    case 'participantsConfirmed':
      return [
        ...(undecidedNominees(edition).length > 0 ? owed('confirm') : []),
        ...plan,
        beginning(from, stageSince, host),
      ];
    case 'underWay':
      return [...owed('record'), ...plan];
    case 'held':
      return owed('evaluate', ...reporting(report), 'proposeNext');
    case 'evaluated':
      return owed(...reporting(report), 'proposeNext');
    case 'nextProposed':
      return owed(report ? 'close' : 'report');
    case 'closed':
      return [];
  }
}

const reporting = (report: Edition['report']): 'report'[] => (report ? [] : ['report']);

/** It begins by itself with the beginning of its first day, so when the day before is over. */
const beginning = (from: string, since: string, inCountry: string): Deadline => ({
  name: 'begin',
  says: `the first day of the edition, ${from}`,
  since,
  due: { on: minus(from, 'P1D') },
  inCountry,
  ladder: noLadder,
});

/** What the coordinator of an edition owes at one time or another; days are reckoned only for what is owed now. */
const owes = {
  fixDays: ({ from, openedOn, fixBefore }: Edition) =>
    owe('fixDays', 'days and host', openedOn, byRule(dayBeforeOrMidway(from, fixBefore, openedOn)), planningLadder),
  openNominations: ({ nominationsBy, openedOn, fixedOn = openedOn }: Edition) =>
    owe(
      'openNominations',
      'the call for nominations',
      fixedOn,
      byRule(dayBeforeOrMidway(nominationsBy, askedBefore, fixedOn)),
    ),
  confirm: ({ from, openedOn, confirmBefore, stageSince, nominationsBy }: Edition) =>
    owe(
      'confirm',
      'the participants',
      stageSince,
      byRule(later(dayBeforeOrMidway(from, confirmBefore, openedOn), nominationsBy)),
    ),
  plan: ({ from, openedOn, fixedOn = openedOn, planBefore }: Edition) =>
    owe(
      'plan',
      'the plan of activities',
      fixedOn,
      byRule(dayBeforeOrMidway(from, planBefore, fixedOn)),
      planningLadder,
    ),
  record: ({ to, recordWorkingDays }: Edition) =>
    owe('record', 'the record', to, { due: { on: to, workingDays: recordWorkingDays } }),
  evaluate: ({ to, heldOn = to, evaluateWithin }: Edition) =>
    owe('evaluate', 'the evaluation', heldOn, byRule(plus(heldOn, evaluateWithin))),
  report: ({ to, heldOn = to, reportWithin }: Edition) =>
    owe('report', 'the wrap-up report', heldOn, byRule(plus(heldOn, reportWithin)), planningLadder),
  proposeNext: ({ to, heldOn = to, proposeWithin }: Edition) =>
    owe('proposeNext', 'the successor', heldOn, byRule(plus(heldOn, proposeWithin)), planningLadder),
  close({ stageSince, report }: Edition) {
    const complete = later(stageSince, report?.on ?? stageSince);
    return owe('close', 'the closing', complete, { due: { on: complete, workingDays: closeWorkingDays } });
  },
};

type Owed = Omit<Deadline, 'owedBy'>;
type Due = Pick<Deadline, 'due' | 'earlierDue'>;

const owe = (name: string, says: string, since: CivilDate, due: Due, ladder = shortLadder): Owed => ({
  name,
  says,
  since,
  ...due,
  ladder,
});

export const whenPassed: PassingRules<Edition, EditionEvent> = {
  registration: {
    says: 'The coordinator is told who has nominated and who has not; later nominations need a reason',
    at: ['nominationsOpen'],
    foretold: { to: ['nominate'] },
    decide: () => [{ type: 'nominationsOver' }],
  },
  begin: {
    says: 'The edition is under way',
    at: ['participantsConfirmed'],
    leads: ['underWay'],
    decide: () => [{ type: 'begun' }],
  },
};

export const whenMoved: MoveRules<Edition> = {
  registration: (edition, to) => ({ ...edition, nominationsBy: to, nominationsByRule: false }),
};
