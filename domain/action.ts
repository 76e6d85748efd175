import { z } from 'zod';
import { commands } from './action/commands.ts';
import { corrections } from './action/corrections.ts';
import { acceptanceOf, owed } from './action/deadlines.ts';
import { events } from './action/events.ts';
import { closesInMatrix, mail, opensInMatrix, toOwner } from './action/letters.ts';
import { type FollowUpAction, lifecycle, taskFields } from './action/state.ts';
import { dayOf, daysBetween } from './dates.ts';
import { factTypesBy } from './fact-types.ts';
import {
  caseOf,
  count,
  followed,
  line,
  listOf,
  partyOfAgency,
  partyOfPerson,
  person,
  pastDate,
  workingDays,
} from './fields.ts';
import { countedIn } from './ladder.ts';
import { asNew, lettersOf } from './letters.ts';
import { type Holder, nameSuccessor } from './lifecycle.ts';
import { refuse } from './refusal.ts';
import { pick, present } from './parts.ts';

const input = z.strictObject({
  ...taskFields,
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
  acceptWorkingDays: workingDays(5, 'to accept it'),
  verifyWorkingDays: workingDays(10, 'to verify it'),
});

export type ActionOpening = z.output<typeof input>;

/** What an action shows, and what its letters and its story tell. */
export const factTypes = factTypesBy({
  words: 'decision evidence lastReport papers report ruling topic waitsFor',
  party: 'coChairs from owner reportedBy to verifiedBy',
  day: 'decidedOn due firstDue to',
  case: 'carriedTo committee meeting',
  number: 'extensions nth percent refusals returns',
  yesNo: 'wasLate',
});

const facts = (known: FollowUpAction) => ({
  topic: known.topic,
  owner: partyOfAgency(known.owner),
  ...pick(known, 'due', 'firstDue', 'extensions', 'wasLate', 'decidedOn', 'decision', 'meeting', 'committee'),
  ...pick(known, 'carriedTo', 'percent', 'lastReport', 'waitsFor', 'refusals', 'returns'),
  reportedBy: known.reportedBy && partyOfPerson(known.reportedBy),
  verifiedBy: known.verifiedBy && partyOfPerson(known.verifiedBy),
  coChairs: known.coChairs.map(partyOfPerson),
});

/** A follow-up action: what a meeting decided that somebody has to do, until it is verified. */
export const action = lifecycle({
  kind: 'action',
  plural: 'Follow-up actions',
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
      ...present({ decidedOn, committee, meeting, decision }),
      extensions: 0,
      returns: 0,
      refusals: 0,
      reports: 0,
      carriedTo: [],
      wasLate: false,
    }),
    follows: (_, followUp, header) => [
      ...mail('asked', toOwner(followUp), {}, acceptanceOf(followUp.owner)),
      ...opensInMatrix(followUp, header),
    ],
  },
  commands,
  events,
  ...owed,
  corrections,
  suspension: { from: ['recorded', 'refused', 'inProgress', 'blocked', 'reportedDone'] },
  whenCancelled: (_, followUp, header) => [
    ...closesInMatrix('cancelled', followUp, header),
    ...asNew(lettersOf('case')('cancelled', toOwner(followUp))),
  ],
  owner: ({ owner }) => partyOfAgency(owner),
  coChairs: ({ coChairs }) => coChairs.map(partyOfPerson),
  roles: ({ coChairs }) =>
    coChairs.map((person): Holder => ({ role: 'coChair', who: partyOfPerson(person), by: nameSuccessor })),
  whenSucceeded: (known, person, successor) => ({
    ...known,
    coChairs: followed(known.coChairs, person, successor),
  }),
  factTypes,
  facts,
});
