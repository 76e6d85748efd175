import { facts, nothing } from '../case/settled.ts';
import { spaced } from '../case/label.ts';
import { type CivilDate, minus, plus, spanOf } from '../dates.ts';
import { deadlinesBy, movedIn, type Owed } from '../deadlines.ts';
import { partyOfAgency } from '../fields.ts';
import { byDay, byRule, type Deadline, type Ladder, shortLadder, twoThirdsLadder } from '../ladder.ts';
import { checklistLadder, dueDayOf } from './checklist.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import { departureFacts, legFacts, letterFacts } from './facts.ts';
import { changing, isPending, legOf, liveLegs, missingForDeparture, openItems, planning } from './legs.ts';
import type { ChecklistItem, Leg, Visit, VisitEvent } from './state.ts';

/** A host abroad is not escalated to a superior: once the day has passed, the coordinator has to settle the leg. */
const hostLadder: Ladder = [
  ...twoThirdsLadder,
  { when: { days: 3 }, to: ['owner'] },
  { when: { days: 7 }, to: ['owner'] },
];

/** What endangers the visit goes up at once: to the superior after two days. */
const urgentLadder: Ladder = [
  { when: { days: 0 }, to: ['owner'] },
  { when: { days: 2 }, to: ['owner', 'superior'] },
  { when: { days: 7 }, to: ['owner', 'superior'] },
];

const departureLadder: Ladder = [
  { when: { days: -3 }, to: ['owner'] },
  { when: { days: -1 }, to: ['owner'] },
  ...urgentLadder,
];

const settleWorkingDays = 2;
const actWorkingDays = 10;

const legName = ({ number, country }: Leg): string => `leg ${number} (${country})`;

/** Asked again, an obligation has a name of its own: it would share its reminders with the one before. */
export const itemOf = ({ number, rounds }: Leg): string => (rounds > 1 ? `${number}-${rounds}` : `${number}`);

const ofAgency = (agency: string) => ({ agency: partyOfAgency(agency), agencyId: agency });

const isNamed = ({ head, members }: Visit, agency: string): boolean =>
  head?.agency === agency || members.some((each) => each.agency === agency);

/** Who travels for an agency. */
const naming = ({ from, delegationBefore }: Visit, says: string, agency: string, since: CivilDate): Owed => ({
  says,
  since,
  ...byRule(dayBeforeOrMidway(from, delegationBefore, since)),
  owedBy: partyOfAgency(agency),
  facts: ofAgency(agency),
});

const leg = facts({ leg: 'leg' });
const act = facts({ act: 'act' });

const rules = deadlinesBy<Visit, VisitEvent>({
  confirm: {
    stages: changing,
    owed: (visit) =>
      liveLegs(visit)
        .filter(({ standing }) => standing === 'asked')
        .map((asked) => ({
          item: itemOf(asked),
          says: `confirmation of ${legName(asked)}, ${spanOf(asked.from, asked.to)}`,
          since: asked.askedOn,
          ...byDay(asked.confirmBy, asked.confirmByRule),
          saidAs: 'confirmBy',
          saidOf: 'leg',
          owedBy: asked.host,
          ladder: hostLadder,
          facts: legFacts(asked),
        })),
    answeredBy: { confirmLeg: leg, declineLeg: leg },
    whenPassed: {
      says: 'The host has not confirmed the leg in time; the coordinator has to settle it',
      foretold: { to: ['confirm'] },
      decide: ({ legs }, item) => {
        const late = legs.find((each) => itemOf(each) === item);
        return late && !late.unsettledSince ? [{ type: 'legUnconfirmed', leg: late.number }] : [];
      },
    },
    // A day that the visit keeps itself, as that of the checklist: the record of a moved one shows the same day everywhere.
    whenMoved: movedIn('legs', 'confirmBy', itemOf),
  },
  settleLeg: {
    stages: changing,
    owed: (visit) =>
      liveLegs(visit).flatMap((late) => {
        const { standing, unsettledSince: since } = late;
        const how = standing === 'declined' ? 'declined by' : 'not confirmed by';
        return since
          ? {
              item: itemOf(late),
              says: `${legName(late)}, ${how} its host: have it confirmed, move it or cancel it`,
              since,
              workingDays: settleWorkingDays,
              owedBy: 'coordinator' as const,
              ladder: urgentLadder,
              facts: { ...legFacts(late), declined: standing === 'declined' },
            }
          : [];
      }),
    answeredBy: { confirmLeg: leg, moveLeg: leg, cancelLeg: leg },
  },
  // The first sender names the head; each agency says who travels for it.
  head: {
    stages: planning,
    isOwed: (visit) => visit.head === undefined,
    owed: (visit) => naming(visit, 'the head of the delegation', visit.senders[0] ?? '', visit.scheduledOn),
    answeredBy: { nameHead: facts({ agency: 'agencyId' }) },
  },
  members: {
    stages: planning,
    owed: (visit) =>
      visit.agencies
        .filter(({ agency }) => !isNamed(visit, agency))
        .map(({ agency, since }) => ({
          item: agency,
          ...naming(visit, `who travels for ${agency}`, agency, since),
        })),
    answeredBy: { addMember: facts({ agency: 'agencyId' }) },
  },
  checklist: {
    stages: changing,
    owed: (visit) =>
      openItems(visit)
        // Once the delegation has left, what was due before no longer helps.
        .filter((each) => visit.stage !== 'underWay' || dueDayOf(visit, each) >= (visit.departedOn ?? visit.from))
        .map((each) => {
          const { number: item, subject, agency, addedOn, due } = each;
          const on = legOf(visit, each.leg);
          return {
            item,
            says: `${subject} of ${agency} for ${on ? legName(on) : `leg ${each.leg}`}`,
            since: addedOn,
            ...byDay(dueDayOf(visit, each), !due),
            owedBy: partyOfAgency(agency),
            ladder: checklistLadder,
            facts: { ...(on ? legFacts(on) : {}), preparation: subject, ...ofAgency(agency) },
          };
        }),
    answeredBy: { checkOff: facts({ agency: 'agencyId', subject: 'preparation', leg: 'leg' }) },
    whenMoved: movedIn('checklist', 'due', ({ number }: ChecklistItem) => `${number}`),
  },
  briefingBook: {
    stages: planning,
    isOwed: ({ briefingBookOn }) => briefingBookOn === undefined,
    owed: (visit) => ({
      says: 'the briefing book of the visit',
      since: visit.scheduledOn,
      ...byRule(dayBeforeOrMidway(visit.from, visit.briefingBookBefore, visit.scheduledOn)),
      owedBy: 'coordinator',
      facts: letterFacts(visit),
    }),
    answeredBy: { circulateBriefingBook: nothing },
  },
  // The delegation leaves by itself on its day; while something is missing, the coordinator has to say what becomes of it.
  depart: {
    stages: planning,
    isOwed: (visit) => missingForDeparture(visit).length === 0,
    owed: ({ from, scheduledOn, sendingCountry }) => ({
      says: 'the departure',
      since: scheduledOn,
      due: { on: minus(from, 'P1D') },
      inCountry: sendingCountry,
    }),
    whenPassed: {
      says: 'The delegation leaves: nothing is missing',
      to: ['underWay'],
      decide: ({ from }) => [{ type: 'departed', on: from }],
    },
  },
  departure: {
    stages: planning,
    isOwed: (visit) => missingForDeparture(visit).length > 0,
    owed: (visit) => ({
      says: `the departure on ${visit.from}: ${missingForDeparture(visit).join('; ')}`,
      since: visit.scheduledOn,
      due: { on: visit.from },
      owedBy: 'coordinator',
      ladder: departureLadder,
      facts: departureFacts(visit),
    }),
    answeredBy: { depart: nothing, postpone: nothing, cancel: nothing },
  },
  // The last day ends where the delegation then is.
  return: {
    stages: ['underWay'],
    owed: (visit) => ({
      says: 'the end of the visit',
      since: visit.scheduledOn,
      due: { on: visit.to },
      inCountry: liveLegs(visit).toSorted((a, b) => b.to.localeCompare(a.to))[0]?.country ?? visit.sendingCountry,
    }),
    whenPassed: {
      says: 'The delegation is back',
      to: ['returned'],
      decide: ({ to }) => [{ type: 'returned', on: to }],
    },
  },
  // A case that refuses what the visit asks of it is a matter for the coordinator: joining, moving or calling off did not happen.
  refused: {
    stages: changing,
    owed: ({ acts }) =>
      acts.filter(isPending).flatMap(({ act: id, title = id, refused }) =>
        refused
          ? {
              item: id,
              says: `${title}, which did not take "${spaced(refused.command)}": ${refused.because}`,
              since: refused.on,
              workingDays: 1,
              owedBy: 'coordinator' as const,
              ladder: urgentLadder,
              facts: { act: id, actTitle: title, asked: refused.command, because: refused.because },
            }
          : [],
      ),
    answeredBy: { addAct: act, dropAct: act },
  },
  report: {
    stages: ['returned'],
    owed: (visit) => ({
      says: 'the report of the visit',
      since: visit.returnedOn ?? '',
      ...byRule(plus(visit.returnedOn ?? '', visit.reportWithin)),
      owedBy: visit.rapporteur,
      facts: letterFacts(visit),
      ladder: [{ when: { days: -14 }, to: ['owner'] }, ...shortLadder],
    }),
    answeredBy: { submitReport: nothing },
  },
  close: {
    stages: ['reported'],
    owed: ({ reportedOn = '' }) => ({
      says: 'the end of the visit: follow-up actions opened, nothing left to do',
      since: reportedOn,
      ...byRule(plus(reportedOn, 'P30D')),
      owedBy: 'coordinator',
    }),
    answeredBy: { openAction: nothing, close: nothing },
  },
  act: {
    stages: ['returned', 'reported'],
    owed: ({ acts, returnedOn = '' }) =>
      acts.filter(isPending).map(({ act: id, title = id }) => ({
        item: id,
        says: `what became of ${title}`,
        since: returnedOn,
        workingDays: actWorkingDays,
        owedBy: 'coordinator',
        facts: { act: id, actTitle: title },
      })),
    answeredBy: { handOverAct: act, dropAct: act },
  },
});

const ofLegs = ['confirm', 'settleLeg'];
const legNumberOf = ({ what, facts: { leg: number } = {} }: Deadline): number =>
  ofLegs.includes(what) ? Number(number) : Number.MAX_SAFE_INTEGER;

/** Legs come first, one after the other, each with all that is owed of it. */
export const owed: typeof rules = {
  ...rules,
  deadlines: (visit, header) => rules.deadlines(visit, header).toSorted((a, b) => legNumberOf(a) - legNumberOf(b)),
};
