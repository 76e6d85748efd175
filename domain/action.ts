import { z } from 'zod';
import { commands } from './action/commands.ts';
import { deadlines, whenPassed } from './action/deadlines.ts';
import { events } from './action/events.ts';
import { lifecycle } from './action/state.ts';
import { dayOf, daysBetween } from './dates.ts';
import { agency, caseId, date, line, listOf, partyOfAgency, person } from './fields.ts';
import { refuse } from './refusal.ts';

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
  events,
  deadlines,
  whenPassed,
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
