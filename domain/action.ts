import { z } from 'zod';
import { type CivilDate, dayOf, daysBetween } from './dates.ts';
import { agency, caseId, count, date, line, listOf, partyOfAgency, person, text } from './fields.ts';
import { actionLadder, type Deadline, shortLadder } from './ladder.ts';
import { rulesOf } from './lifecycle.ts';
import { refuse } from './refusal.ts';

interface FollowUpAction {
  readonly stage: 'recorded' | 'inProgress' | 'blocked' | 'reportedDone' | 'closed' | 'dropped';
  readonly topic: string;
  readonly owner: string;
  readonly due: CivilDate;
  readonly firstDue: CivilDate;
  readonly recordedOn: CivilDate;
  readonly stageSince: CivilDate;
  readonly meeting?: string;
  readonly decision?: string;
  readonly coChairs: readonly string[];
  readonly extensions: number;
  readonly returns: number;
  readonly refusals: number;
  readonly reports: number;
  readonly carriedTo: readonly string[];
  readonly wasLate: boolean;
  readonly reportedBy?: string;
  readonly verifiedBy?: string;
  readonly blockedBy?: string;
}

type ActionEvent =
  | { type: 'accepted'; note?: string | undefined }
  | { type: 'ownerRefused' }
  | { type: 'progressReported'; report: string; percent?: number | undefined }
  | { type: 'reportedDone'; evidence: string }
  | { type: 'verified'; evidence: string }
  | { type: 'returned' }
  | { type: 'extended'; to: CivilDate; nth: number }
  | { type: 'blocked'; by: string }
  | { type: 'unblocked' }
  | { type: 'handedOver'; to: string }
  | { type: 'carriedOver'; meeting: string }
  | { type: 'dropped'; decision: string }
  | { type: 'wasLate' };

const { command, lifecycle } = rulesOf<FollowUpAction, ActionEvent>();

const open = ['recorded', 'inProgress', 'blocked', 'reportedDone'];
const verificationWorkingDays = 10;

const commands = {
  accept: command({
    says: 'The owner agency takes the action on',
    at: ['recorded'],
    leads: ['inProgress'],
    input: z.strictObject({ note: text.optional() }),
    decide: ({ note }) => [{ type: 'accepted', note }],
  }),
  refuse: command({
    says: 'The owner agency does not take the action on; the coordinator finds another owner',
    at: ['recorded'],
    reason: 'required',
    input: z.strictObject({}),
    decide: () => [{ type: 'ownerRefused' }],
  }),
  report: command({
    says: 'Report progress',
    at: ['inProgress', 'blocked'],
    input: z.strictObject({
      report: text.describe('what has been done'),
      percent: count.max(100).optional().describe('how much is done, in percent'),
    }),
    decide: ({ report, percent }) => [{ type: 'progressReported', report, percent }],
  }),
  reportDone: command({
    says: 'Report the action as done; somebody else verifies it',
    at: ['inProgress'],
    leads: ['reportedDone'],
    input: z.strictObject({ evidence: text.describe('what shows that it is done') }),
    decide: ({ evidence }) => [{ type: 'reportedDone', evidence }],
  }),
  verify: command({
    says: 'Confirm that the action is done; never by the person who reported it',
    at: ['reportedDone'],
    leads: ['closed'],
    input: z.strictObject({ evidence: text.describe('what was looked at') }),
    decide: ({ evidence }, { reportedBy }, { by }) =>
      by === reportedBy
        ? refuse('SamePerson', `${by} reported the action as done; somebody else has to verify it.`)
        : [{ type: 'verified', evidence }],
  }),
  return: command({
    says: 'Send the action back: it is not done yet',
    at: ['reportedDone'],
    leads: ['inProgress'],
    reason: 'required',
    input: z.strictObject({}),
    decide: (_, { reportedBy }, { by }) =>
      by === reportedBy
        ? refuse('SamePerson', `${by} reported the action as done; somebody else has to look at it.`)
        : [{ type: 'returned' }],
  }),
  extend: command({
    says: 'Give the action a later due date; the first one is kept',
    at: ['recorded', 'inProgress', 'blocked'],
    reason: 'required',
    input: z.strictObject({ to: date.describe('the new due date') }),
    decide: ({ to }, { due, extensions }, { today }) => {
      if (to <= due)
        return refuse('DateOutOfOrder', `An extension ends after the due date it replaces: ${to} is not after ${due}.`);
      if (to < today) return refuse('DateOutOfOrder', `The new due date ${to} lies in the past: it is ${today}.`);
      if (daysBetween(today, to) > 7306) return refuse('DateTooFar', `${to} is more than 20 years ahead.`);
      return [{ type: 'extended', to, nth: extensions + 1 }];
    },
  }),
  block: command({
    says: 'Record that the action cannot go on, and what it waits for',
    at: ['inProgress'],
    leads: ['blocked'],
    input: z.strictObject({ by: line.optional(), waitsFor: line.describe('what it waits for') }).omit({ by: true }),
    decide: ({ waitsFor }) => [{ type: 'blocked', by: waitsFor }],
  }),
  unblock: command({
    says: 'Record that the action can go on',
    at: ['blocked'],
    leads: ['inProgress'],
    input: z.strictObject({}),
    decide: () => [{ type: 'unblocked' }],
  }),
  handOver: command({
    says: 'Hand the action to another agency, which accepts it anew',
    at: ['recorded', 'inProgress', 'blocked'],
    leads: ['recorded'],
    reason: 'required',
    input: z.strictObject({ to: agency.describe('the agency that owns it from now on') }),
    decide: ({ to }, { owner }) =>
      to === owner ? refuse('AlreadyDone', `${to} owns the action already.`) : [{ type: 'handedOver', to }],
  }),
  carryOver: command({
    says: 'Put the open action on the agenda of the next meeting',
    at: open,
    input: z.strictObject({ meeting: caseId.describe('the next meeting') }),
    decide: ({ meeting }, { carriedTo }) =>
      carriedTo.includes(meeting)
        ? refuse('AlreadyDone', `The action stands on the agenda of ${meeting} already.`)
        : [{ type: 'carriedOver', meeting }],
  }),
  drop: command({
    says: 'Drop the action by a decision',
    at: open,
    leads: ['dropped'],
    reason: 'required',
    input: z.strictObject({ decision: line.describe('who decided it, and where') }),
    decide: ({ decision }) => [{ type: 'dropped', decision }],
  }),
};

const deadlines = (action: FollowUpAction): Deadline[] => {
  const owedBy = partyOfAgency(action.owner);
  const complete: Deadline = {
    name: 'complete',
    says: `completion of "${action.topic}"`,
    since: action.recordedOn,
    due: { on: action.due },
    owedBy,
    ladder: actionLadder,
  };
  switch (action.stage) {
    case 'recorded':
      return [
        {
          name: `accept:${action.owner}`,
          says: `acceptance of "${action.topic}"`,
          since: action.stageSince,
          due: { on: action.stageSince, workingDays: 5 },
          owedBy,
          ladder: shortLadder,
        },
        complete,
      ];
    case 'inProgress':
    case 'blocked':
      return [complete];
    case 'reportedDone':
      return [
        {
          name: 'verify',
          says: `verification of "${action.topic}"`,
          since: action.stageSince,
          due: { on: action.stageSince, workingDays: verificationWorkingDays },
          ladder: shortLadder,
        },
      ];
    case 'closed':
    case 'dropped':
      return [];
  }
};

/** A follow-up action: what a meeting decided that somebody has to do, until it is verified. */
export const action = lifecycle({
  kind: 'action',
  says: 'A follow-up action: something decided that an agency has to do, until somebody else has verified it',
  stages: {
    recorded: 'The owner agency has not accepted it yet.',
    inProgress: 'The owner agency works on it.',
    blocked: 'It waits for something that the owner agency cannot do itself.',
    reportedDone: 'The owner agency says that it is done; somebody else has to verify it.',
    closed: 'It is done, and somebody else has verified it.',
    dropped: 'It was dropped by a decision.',
  },
  ends: ['closed', 'dropped'],
  opening: {
    says: 'Follow-up action recorded',
    input: z.strictObject({
      topic: line.describe('what is to be done'),
      owner: agency.describe('the agency that has to do it'),
      due: date.describe('when it is due'),
      decidedOn: date.optional().describe('the day of the meeting or decision'),
      meeting: caseId.optional().describe('the meeting that it comes from'),
      decision: line.optional().describe('the decision that it comes from'),
      coChairs: listOf(person).default([]).describe('who hears of it when nobody else moves it'),
    }),
    refuse: ({ due, decidedOn }, { today }) => {
      if (decidedOn && due < decidedOn)
        return refuse('DateOutOfOrder', `The due date ${due} lies before the decision of ${decidedOn}.`);
      if (daysBetween(today, due) > 7306)
        return refuse('DateTooFar', `The due date ${due} is more than 20 years ahead.`);
      return undefined;
    },
    begin: ({ topic, owner, due, meeting, decision, coChairs }, { at }) => ({
      stage: 'recorded',
      topic,
      owner,
      due,
      firstDue: due,
      recordedOn: dayOf(at),
      stageSince: dayOf(at),
      ...(meeting ? { meeting } : {}),
      ...(decision ? { decision } : {}),
      coChairs,
      extensions: 0,
      returns: 0,
      refusals: 0,
      reports: 0,
      carriedTo: [],
      wasLate: false,
    }),
  },
  commands,
  events: {
    accepted: {
      says: () => 'The owner agency accepted the action.',
      evolve: (s, { at }) => ({ ...s, stage: 'inProgress', stageSince: dayOf(at) }),
    },
    ownerRefused: {
      says: (_, { owner }) => `${owner} does not take the action on.`,
      evolve: (s) => ({ ...s, refusals: s.refusals + 1 }),
    },
    progressReported: {
      says: ({ report, percent }) => `Progress${percent === undefined ? '' : ` (${percent} %)`}: ${report}`,
      evolve: (s) => ({ ...s, reports: s.reports + 1 }),
    },
    reportedDone: {
      says: ({ evidence }) => `Reported as done: ${evidence}`,
      evolve: (s, { at, by }) => ({ ...s, stage: 'reportedDone', stageSince: dayOf(at), reportedBy: by }),
    },
    verified: {
      says: ({ evidence }) => `Verified: ${evidence}`,
      evolve: (s, { at, by }) => ({ ...s, stage: 'closed', stageSince: dayOf(at), verifiedBy: by }),
    },
    returned: {
      says: () => 'Returned: not done yet.',
      evolve: (s, { at }) => ({ ...s, stage: 'inProgress', stageSince: dayOf(at), returns: s.returns + 1 }),
    },
    extended: {
      says: ({ to, nth }, { firstDue }) => `Extended for the ${nth}. time, to ${to}; first due ${firstDue}.`,
      evolve: (s, { to, nth }) => ({ ...s, due: to, extensions: nth }),
    },
    blocked: {
      says: ({ by }) => `Blocked: waits for ${by}.`,
      evolve: (s, { by, at }) => ({ ...s, stage: 'blocked', stageSince: dayOf(at), blockedBy: by }),
    },
    unblocked: {
      says: () => 'No longer blocked.',
      evolve: (s, { at }) => ({ ...s, stage: 'inProgress', stageSince: dayOf(at) }),
    },
    handedOver: {
      says: ({ to }) => `Handed over to ${to}.`,
      evolve: (s, { to, at }) => ({ ...s, stage: 'recorded', owner: to, stageSince: dayOf(at) }),
    },
    carriedOver: {
      says: ({ meeting }) => `On the agenda of ${meeting}.`,
      evolve: (s, { meeting }) => ({ ...s, carriedTo: [...s.carriedTo, meeting] }),
    },
    dropped: {
      says: ({ decision }) => `Dropped: ${decision}.`,
      evolve: (s, { at }) => ({ ...s, stage: 'dropped', stageSince: dayOf(at) }),
    },
    wasLate: { says: () => 'The action is late; that stays on record.', evolve: (s) => ({ ...s, wasLate: true }) },
  },
  deadlines,
  whenPassed: {
    complete: {
      says: 'The action is late, and that stays on record',
      at: ['recorded', 'inProgress', 'blocked'],
      decide: ({ wasLate }) => (wasLate ? [] : [{ type: 'wasLate' }]),
    },
  },
  effects: (event, action, header) => {
    switch (event.type) {
      case 'opened':
      case 'handedOver':
        return [{ type: 'mail', text: 'action.asked', to: partyOfAgency(action.owner) }];
      case 'ownerRefused':
        return [
          {
            type: 'mail',
            text: 'action.refusedByOwner',
            to: `person/${header.coordinator}`,
            facts: { why: event.reason },
          },
        ];
      case 'reportedDone':
        return [
          {
            type: 'mail',
            text: 'action.toVerify',
            to: `person/${header.coordinator}`,
            facts: { evidence: event.evidence },
          },
        ];
      case 'returned':
        return [
          { type: 'mail', text: 'action.returned', to: partyOfAgency(action.owner), facts: { why: event.reason } },
        ];
      default:
        return [];
    }
  },
  owner: ({ owner }) => partyOfAgency(owner),
  coChairs: ({ coChairs }) => coChairs.map((id) => `person/${id}` as const),
  facts: ({
    topic,
    owner,
    due,
    firstDue,
    meeting,
    decision,
    extensions,
    returns,
    wasLate,
    reportedBy,
    verifiedBy,
  }) => ({
    topic,
    owner: partyOfAgency(owner),
    due,
    firstDue,
    meeting,
    decision,
    extensions,
    returns,
    wasLate,
    reportedBy: reportedBy && `person/${reportedBy}`,
    verifiedBy: verifiedBy && `person/${verifiedBy}`,
  }),
});
