import { z } from 'zod';
import { commands } from './action/commands.ts';
import { corrections } from './action/corrections.ts';
import { acceptanceOf, owed } from './action/deadlines.ts';
import { events } from './action/events.ts';
import { type ActionEvent, type FollowUpAction, lifecycle } from './action/state.ts';
import { carrying } from './letters.ts';
import { dayOf, daysBetween } from './dates.ts';
import {
  agency,
  caseOf,
  count,
  date,
  followed,
  line,
  listOf,
  type Party,
  partyOfAgency,
  partyOfPerson,
  person,
  pastDate,
} from './fields.ts';
import { countedIn } from './ladder.ts';
import {
  nameSuccessor,
  type CancelledEvent,
  type CaseHeader,
  type Chased,
  type Effect,
  type Facts,
  type Holder,
  type OpenedEvent,
  type Stamp,
} from './lifecycle.ts';
import { refuse } from './refusal.ts';

const input = z.strictObject({
  topic: line.describe('what is to be done'),
  owner: agency.describe('the agency that has to do it'),
  due: date.describe('when it is due'),
  decidedOn: pastDate.optional().describe('the day of the meeting or decision'),
  committee: caseOf('committee').optional().describe('the joint committee that follows it up'),
  meeting: caseOf('meeting').optional().describe('the meeting that it comes from'),
  decision: line.optional().describe('the decision that it comes from'),
  coChairs: listOf(person).default([]).describe('who hears of it when nobody else moves it'),
  remindBefore: listOf(count.min(1).max(730))
    .max(12)
    .default([30, 14, 7, 1])
    .describe('so long before the due date the owner is reminded'),
  remindIn: z.enum(countedIn).default('days').describe('what that is counted in: calendar days, or working days'),
  acceptWorkingDays: count.min(1).max(60).default(5).describe('working days to accept it'),
  verifyWorkingDays: count.min(1).max(60).default(10).describe('working days to verify it'),
});

type Input = z.output<typeof input>;

const facts = (known: FollowUpAction): Facts => ({
  topic: known.topic,
  owner: partyOfAgency(known.owner),
  due: known.due,
  firstDue: known.firstDue,
  extensions: known.extensions,
  wasLate: known.wasLate,
  decidedOn: known.decidedOn,
  decision: known.decision,
  meeting: known.meeting,
  committee: known.committee,
  carriedTo: known.carriedTo,
  percent: known.percent,
  lastReport: known.lastReport,
  waitsFor: known.waitsFor,
  refusals: known.refusals,
  returns: known.returns,
  reportedBy: known.reportedBy && partyOfPerson(known.reportedBy),
  verifiedBy: known.verifiedBy && partyOfPerson(known.verifiedBy),
  coChairs: known.coChairs.map(partyOfPerson),
});

/** A follow-up action: what a meeting decided that somebody has to do, until it is verified. */
export const action = lifecycle({
  kind: 'action',
  says: 'A follow-up action: something decided that an agency has to do, until somebody else has verified it',
  stages: {
    recorded: 'The owner agency has not accepted it yet.',
    refused: 'The owner agency does not take it on; the coordinator finds another owner, or has it dropped.',
    inProgress: 'The owner agency works on it.',
    blocked: 'It waits for something that the owner agency cannot do itself.',
    reportedDone: 'The owner agency says that it is done; somebody else has to verify it.',
    closed: 'It is done, and somebody else has verified it.',
    dropped: 'It was dropped by a decision.',
  },
  finalStages: { closed: 'done', dropped: 'dropped' },
  opening: {
    says: 'Follow-up action recorded',
    input,
    refuse: ({ due, decidedOn }, { today }) => {
      if (decidedOn && daysBetween(today, decidedOn) > 1)
        return refuse('DateInFuture', `The decision is of ${decidedOn}, but it is only ${today}.`);
      if (decidedOn && due < decidedOn)
        return refuse('DateOutOfOrder', `The due date ${due} lies before the decision of ${decidedOn}.`);
      if (daysBetween(today, due) > 7306)
        return refuse('DateTooFar', `The due date ${due} is more than 20 years ahead.`);
      return undefined;
    },
    begin: ({ decidedOn, committee, meeting, decision, ...given }, { at }) => ({
      stage: 'recorded',
      ...given,
      firstDue: given.due,
      recordedOn: dayOf(at),
      stageSince: dayOf(at),
      ...(decidedOn ? { decidedOn } : {}),
      ...(committee ? { committee } : {}),
      ...(meeting ? { meeting } : {}),
      ...(decision ? { decision } : {}),
      extensions: 0,
      returns: 0,
      refusals: 0,
      reports: 0,
      carriedTo: [],
      wasLate: false,
    }),
  },
  commands,
  events,
  ...owed,
  corrections,
  suspension: { from: ['recorded', 'refused', 'inProgress', 'blocked', 'reportedDone'] },
  effects: (event, followUp, header) => [
    ...mails(event, followUp, header),
    ...tellsCommittee(event, followUp, header),
    ...noLongerOwed(event, followUp),
    ...outcome(event, followUp, header),
  ],
  owner: ({ owner }) => partyOfAgency(owner),
  coChairs: ({ coChairs }) => coChairs.map(partyOfPerson),
  roles: ({ coChairs }) =>
    coChairs.map((person): Holder => ({ role: 'coChair', who: partyOfPerson(person), by: nameSuccessor })),
  whenSucceeded: (known, person, successor) => ({
    ...known,
    coChairs: followed(known.coChairs, person, successor),
  }),
  facts,
});

type Happened = (ActionEvent | OpenedEvent<Input> | CancelledEvent) & Stamp;

const mail = (name: string, to: Party, facts: Facts = {}, answerBy?: string): Effect[] => [
  { type: 'mail', text: `action.${name}`, to, facts, ...(answerBy ? { answerBy } : {}) },
];

/** Nobody is written to who need not act: acceptance, reports and verification are seen in lists. */
function mails(event: Happened, { owner, coChairs }: FollowUpAction, { coordinator }: CaseHeader): Effect[] {
  const toOwner = partyOfAgency(owner);
  const toCoordinator = partyOfPerson(coordinator);
  const why = event.told;
  switch (event.type) {
    case 'opened':
      return mail('asked', toOwner, {}, acceptanceOf(owner));
    case 'ownerRefused':
      return mail('refusedByOwner', toCoordinator, { why }, 'newOwner');
    case 'handedOver':
      return mail('handedOver', toOwner, { from: partyOfAgency(event.from), why }, acceptanceOf(owner));
    case 'extended':
      return mail('extended', toOwner, { nth: event.nth, why });
    case 'reportedDone':
      return carrying(event.papers ?? [], mail('toVerify', toCoordinator, { evidence: event.evidence }, 'verify'));
    case 'returned':
      return mail('returned', toOwner, { why });
    case 'reopened':
      return [
        ...mail('reopened', toOwner, { why }),
        ...coChairs.flatMap((each) => mail('openAgain', partyOfPerson(each))),
      ];
    case 'dropped':
      return mail('dropped', toOwner, { ruling: event.decision, why });
    default:
      return [];
  }
}

/** Whoever owed it and no longer does; 0.2.1 left them in the dark. */
function noLongerOwed(event: Happened, { owner }: FollowUpAction): Effect[] {
  const { type } = event;
  if (type === 'handedOver')
    return [{ type: 'mail', text: 'action.handedAway', to: partyOfAgency(event.from), isNew: true }];
  return type === 'cancelled' ? [{ type: 'mail', text: 'case.cancelled', to: partyOfAgency(owner), isNew: true }] : [];
}

/** Whoever was told that it is late, or is not done yet, hears that it is done. Of one that was done in time, as of reports, lists tell. */
function outcome(
  event: Happened,
  { owner, coChairs, wasLate, returns }: FollowUpAction,
  { coordinator, deadlines = {} }: CaseHeader & Chased,
): Effect[] {
  if (event.type !== 'verified' || !(wasLate || returns > 0)) return [];
  const ofOwner = partyOfAgency(owner);
  const sent = deadlines.complete?.sent ?? {};
  const above = [
    ...(sent.superior ? [`superior-of/${ofOwner}` as const] : []),
    ...(sent.coordinator && event.by !== coordinator ? [partyOfPerson(coordinator)] : []),
    ...(sent.coChairs ? coChairs.map(partyOfPerson) : []),
  ];
  const facts = { evidence: event.evidence };
  return [ofOwner, ...above].map((to) => ({ type: 'mail', text: 'action.done', to, facts, isNew: true }));
}

/** The committee keeps the matrix of what is open. */
function tellsCommittee(
  event: Happened,
  { committee, topic, owner, due }: FollowUpAction,
  { id }: CaseHeader,
): Effect[] {
  if (!committee) return [];
  const closing = (outcome: string): Effect[] => [
    { type: 'tell', case: committee, command: 'closeAction', input: { action: id, outcome } },
  ];
  switch (event.type) {
    case 'opened':
    case 'reopened':
      return [{ type: 'tell', case: committee, command: 'recordAction', input: { action: id, topic, owner, due } }];
    case 'verified':
      return closing('closed');
    case 'dropped':
      return closing('dropped');
    case 'cancelled':
      return closing('cancelled');
    default:
      return [];
  }
}
