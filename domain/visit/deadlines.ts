import { minus, plus, spanOf } from '../dates.ts';
import { spaced } from '../case/label.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { byRule, type Deadline, type Ladder, noLadder, shortLadder, twoThirdsLadder } from '../ladder.ts';
import type { CaseHeader, MoveRules, PassingRules } from '../lifecycle.ts';
import { checklistLadder, dueDayOf } from './checklist.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import { departureFacts, legFacts, letterFacts } from './facts.ts';
import { isPending, legOf, liveLegs, missingForDeparture, openItems, planning } from './legs.ts';
import type { Act, ChecklistItem, Leg, Visit, VisitEvent } from './state.ts';

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

export function deadlines(visit: Visit, header: CaseHeader): Deadline[] {
  switch (visit.stage) {
    case 'proposed':
    case 'confirmed':
    case 'prepared':
      return [
        ...ofLegs(visit, header),
        ...ofDelegation(visit),
        ...openItems(visit).map((item) => preparation(visit, item)),
        ...briefingBook(visit, header),
        departure(visit, header),
        ...unheard(visit, header),
      ];
    case 'underWay':
      return [...ofLegs(visit, header), ...stillToPrepare(visit), homecoming(visit), ...unheard(visit, header)];
    case 'returned':
      return [report(visit), ...visit.acts.filter(isPending).map((act) => unsettledAct(visit, act, header))];
    case 'reported':
      return [closing(visit, header), ...visit.acts.filter(isPending).map((act) => unsettledAct(visit, act, header))];
    case 'closed':
      return [];
  }
}

const legName = ({ number, country }: Leg): string => `leg ${number} (${country})`;

/** Asked again, an obligation has a name of its own: it would share its reminders with the one before. */
export const itemOf = ({ number, rounds }: Leg): string => (rounds > 1 ? `${number}-${rounds}` : `${number}`);

const ofLegs = (visit: Visit, header: CaseHeader): Deadline[] =>
  liveLegs(visit).flatMap((leg) => [
    ...(leg.standing === 'asked' ? [confirmation(leg)] : []),
    ...(leg.unsettledSince ? [settlement(leg, leg.unsettledSince, header)] : []),
  ]);

const confirmation = (leg: Leg): Deadline => ({
  name: `confirm:${itemOf(leg)}`,
  says: `confirmation of ${legName(leg)}, ${spanOf(leg.from, leg.to)}`,
  since: leg.askedOn,
  ...(leg.confirmByRule ? byRule(leg.confirmBy) : { due: { on: leg.confirmBy } }),
  saidAs: 'confirmBy',
  saidOf: 'leg',
  owedBy: leg.host,
  ladder: hostLadder,
  facts: legFacts(leg),
});

const settlement = (leg: Leg, since: string, { coordinator }: CaseHeader): Deadline => ({
  name: `settleLeg:${itemOf(leg)}`,
  says: `${legName(leg)}, ${leg.standing === 'declined' ? 'declined by' : 'not confirmed by'} its host: have it confirmed, move it or cancel it`,
  since,
  due: { on: since, workingDays: settleWorkingDays },
  owedBy: partyOfPerson(coordinator),
  ladder: urgentLadder,
  facts: { ...legFacts(leg), declined: leg.standing === 'declined' },
});

/** The first sender names the head; each agency says who travels for it. */
function ofDelegation({ head, members, agencies, senders, from, delegationBefore, scheduledOn }: Visit): Deadline[] {
  const isNamed = (agency: string) => head?.agency === agency || members.some((each) => each.agency === agency);
  const naming = (name: string, says: string, agency: string, since: string): Deadline => ({
    name,
    says,
    since,
    ...byRule(dayBeforeOrMidway(from, delegationBefore, since)),
    owedBy: partyOfAgency(agency),
    ladder: shortLadder,
    facts: { agency: partyOfAgency(agency), agencyId: agency },
  });
  return [
    ...(head ? [] : [naming('head', 'the head of the delegation', senders[0] ?? '', scheduledOn)]),
    ...agencies.flatMap(({ agency, since }) =>
      isNamed(agency) ? [] : [naming(`members:${agency}`, `who travels for ${agency}`, agency, since)],
    ),
  ];
}

const preparation = (visit: Visit, item: ChecklistItem): Deadline => {
  const leg = legOf(visit, item.leg);
  return {
    name: `checklist:${item.number}`,
    says: `${item.subject} of ${item.agency} for ${leg ? legName(leg) : `leg ${item.leg}`}`,
    since: item.addedOn,
    ...(item.due ? { due: { on: item.due } } : byRule(dueDayOf(visit, item))),
    owedBy: partyOfAgency(item.agency),
    ladder: checklistLadder,
    facts: {
      ...(leg ? legFacts(leg) : {}),
      preparation: item.subject,
      agency: partyOfAgency(item.agency),
      agencyId: item.agency,
    },
  };
};

/** Once the delegation has left, what was due before no longer helps. */
const stillToPrepare = (visit: Visit): Deadline[] =>
  openItems(visit)
    .filter((item) => dueDayOf(visit, item) >= (visit.departedOn ?? visit.from))
    .map((item) => preparation(visit, item));

const briefingBook = (visit: Visit, { coordinator }: CaseHeader): Deadline[] =>
  visit.briefingBookOn
    ? []
    : [
        {
          name: 'briefingBook',
          says: 'the briefing book of the visit',
          since: visit.scheduledOn,
          ...byRule(dayBeforeOrMidway(visit.from, visit.briefingBookBefore, visit.scheduledOn)),
          owedBy: partyOfPerson(coordinator),
          ladder: shortLadder,
          facts: letterFacts(visit),
        },
      ];

/** The delegation leaves by itself on its day; while something is missing, the coordinator has to say what becomes of it. */
function departure(visit: Visit, { coordinator }: CaseHeader): Deadline {
  const missing = missingForDeparture(visit);
  const { from, scheduledOn: since, sendingCountry: inCountry } = visit;
  return missing.length === 0
    ? { name: 'depart', says: 'the departure', since, due: { on: minus(from, 'P1D') }, ladder: noLadder, inCountry }
    : {
        name: 'departure',
        says: `the departure on ${from}: ${missing.join('; ')}`,
        since,
        due: { on: from },
        owedBy: partyOfPerson(coordinator),
        ladder: departureLadder,
        facts: departureFacts(visit),
      };
}

/** The last day ends where the delegation then is. */
function homecoming(visit: Visit): Deadline {
  const last = liveLegs(visit).reduce<Leg | undefined>(
    (late, leg) => (late && late.to >= leg.to ? late : leg),
    undefined,
  );
  return {
    name: 'return',
    says: 'the end of the visit',
    since: visit.scheduledOn,
    due: { on: visit.to },
    inCountry: last?.country ?? visit.sendingCountry,
    ladder: noLadder,
  };
}

const report = (visit: Visit): Deadline => ({
  name: 'report',
  says: 'the report of the visit',
  since: visit.returnedOn ?? '',
  ...byRule(plus(visit.returnedOn ?? '', visit.reportWithin)),
  owedBy: visit.rapporteur,
  facts: letterFacts(visit),
  ladder: [{ when: { days: -14 }, to: ['owner'] }, ...shortLadder],
});

const unsettledAct = ({ returnedOn = '' }: Visit, { act, title }: Act, { coordinator }: CaseHeader): Deadline => ({
  name: `act:${act}`,
  says: `what became of ${title ?? act}`,
  since: returnedOn,
  due: { on: returnedOn, workingDays: actWorkingDays },
  owedBy: partyOfPerson(coordinator),
  ladder: shortLadder,
  facts: { act, actTitle: title ?? act },
});

/** A case that refuses what the visit asks of it is a matter for the coordinator: joining, moving or calling off did not happen. */
const unheard = (visit: Visit, { coordinator }: CaseHeader): Deadline[] =>
  visit.acts.flatMap(({ act, title, refused, ...rest }) =>
    refused && isPending({ act, ...rest })
      ? [
          {
            name: `refused:${act}`,
            says: `${title ?? act}, which did not take "${spaced(refused.command)}": ${refused.because}`,
            since: refused.on,
            due: { on: refused.on, workingDays: 1 },
            owedBy: partyOfPerson(coordinator),
            ladder: urgentLadder,
            facts: { act, actTitle: title ?? act, asked: refused.command, because: refused.because },
          },
        ]
      : [],
  );

const closing = ({ reportedOn = '' }: Visit, { coordinator }: CaseHeader): Deadline => ({
  name: 'close',
  says: 'the end of the visit: follow-up actions opened, nothing left to do',
  since: reportedOn,
  ...byRule(plus(reportedOn, 'P30D')),
  owedBy: partyOfPerson(coordinator),
  ladder: shortLadder,
});

export const whenPassed: PassingRules<Visit, VisitEvent> = {
  confirm: {
    says: 'The host has not confirmed the leg in time; the coordinator has to settle it',
    at: [...planning, 'underWay'],
    foretold: { to: ['confirm'] },
    decide: ({ legs }, item) => {
      const leg = legs.find((each) => itemOf(each) === item);
      return leg && !leg.unsettledSince ? [{ type: 'legUnconfirmed', leg: leg.number }] : [];
    },
  },
  depart: {
    says: 'The delegation leaves: nothing is missing',
    at: planning,
    leads: ['underWay'],
    decide: ({ from }) => [{ type: 'departed', on: from }],
  },
  return: {
    says: 'The delegation is back',
    at: ['underWay'],
    leads: ['returned'],
    decide: ({ to }) => [{ type: 'returned', on: to }],
  },
};

/** Days that the visit keeps itself: the record of a moved one shows the same day everywhere. */
export const whenMoved: MoveRules<Visit> = {
  confirm: (visit, to, item) => ({
    ...visit,
    legs: visit.legs.map((leg) => (itemOf(leg) === item ? { ...leg, confirmBy: to } : leg)),
  }),
  checklist: (visit, to, item) => ({
    ...visit,
    checklist: visit.checklist.map((each) => (`${each.number}` === item ? { ...each, due: to } : each)),
  }),
};
