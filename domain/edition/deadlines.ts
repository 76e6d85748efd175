import { later, minus, type Period, plus } from '../dates.ts';
import { partyOfPerson } from '../fields.ts';
import { type Deadline, type Ladder, noLadder, shortLadder } from '../ladder.ts';
import type { CaseHeader, MoveRules, PassingRules } from '../lifecycle.ts';
import { duly } from '../meeting/state.ts';
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
  const owed = owedBy(edition, header);
  const { stage, stageSince, planCirculatedOn, report, from } = edition;
  const host = edition.hosts[0]?.country ?? header.countries[0] ?? '';
  const plan = planCirculatedOn ? [] : [owed.plan];
  const reporting = report ? [] : [owed.report];
  switch (stage) {
    case 'announced':
      return edition.fixedOn ? [owed.openNominations] : [owed.fixDays];
    case 'nominationsOpen':
      return [...nominationDeadlines(edition, host, stageSince), owed.confirm, ...plan];
    case 'participantsConfirmed':
      return [
        ...(undecidedNominees(edition).length > 0 ? [owed.confirm] : []),
        ...plan,
        beginning(from, stageSince, host),
      ];
    case 'underWay':
      return [owed.record, ...plan];
    case 'held':
      return [owed.evaluate, ...reporting, owed.proposeNext];
    case 'evaluated':
      return [...reporting, owed.proposeNext];
    case 'nextProposed':
      return report ? [owed.close] : reporting;
    case 'closed':
      return [];
  }
}

/** It begins by itself with the beginning of its first day, so when the day before is over. */
const beginning = (from: string, since: string, inCountry: string): Deadline => ({
  name: 'begin',
  says: `the first day of the edition, ${from}`,
  since,
  due: { on: minus(from, 'P1D') },
  inCountry,
  ladder: noLadder,
});

type Owe = (name: string, says: string, since: string, due: Deadline['due'], ladder?: Ladder) => Deadline;

/** Everything that the coordinator of an edition owes at one time or another. */
function owedBy(edition: Edition, { coordinator }: CaseHeader) {
  const owe: Owe = (name, says, since, due, ladder = shortLadder) => ({
    name,
    says: `${says} of edition ${edition.number}`,
    since,
    due,
    owedBy: partyOfPerson(coordinator),
    ladder,
  });
  return { ...owedBefore(edition, owe), ...owedAfter(edition, owe) };
}

function owedBefore(edition: Edition, owe: Owe) {
  const { from, openedOn, fixedOn = openedOn, stageSince, nominationsBy } = edition;
  const fixed = duly(from, edition.fixBefore, openedOn);
  const asked = duly(nominationsBy, askedBefore, fixedOn);
  const confirmed = later(duly(from, edition.confirmBefore, openedOn), nominationsBy);
  const planned = duly(from, edition.planBefore, fixedOn);
  return {
    fixDays: owe('fixDays', 'days and host', openedOn, { on: fixed }, planningLadder),
    openNominations: owe('openNominations', 'the call for nominations', fixedOn, { on: asked }),
    confirm: owe('confirm', 'the participants', stageSince, { on: confirmed }),
    plan: owe('plan', 'the plan of activities', fixedOn, { on: planned }, planningLadder),
  };
}

function owedAfter(edition: Edition, owe: Owe) {
  const { to, stageSince, heldOn = to, report, recordWorkingDays } = edition;
  const within = (period: Period) => ({ on: plus(heldOn, period) });
  const complete = later(stageSince, report?.on ?? stageSince);
  return {
    record: owe('record', 'the record', to, { on: to, workingDays: recordWorkingDays }),
    evaluate: owe('evaluate', 'the evaluation', heldOn, within(edition.evaluateWithin)),
    report: owe('report', 'the wrap-up report', heldOn, within(edition.reportWithin), planningLadder),
    proposeNext: owe('proposeNext', 'the successor', heldOn, within(edition.proposeWithin), planningLadder),
    close: owe('close', 'the closing', complete, { on: complete, workingDays: closeWorkingDays }),
  };
}

export const whenPassed: PassingRules<Edition, EditionEvent> = {
  registration: {
    says: 'The coordinator is told who has nominated and who has not; later nominations need a reason',
    at: ['nominationsOpen'],
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
  registration: (edition, to) => ({ ...edition, nominationsBy: to }),
};
