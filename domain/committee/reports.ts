import { taskFields } from '../action/state.ts';
import { caseOf, count, date, line, listOf } from '../fields.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type Committee, type ConvenedMeeting, command } from './state.ts';

const alive = ['constituted', 'active', 'meetingConvened', 'suspended'];
const meeting = caseOf('meeting').describe('the meeting');
const action = caseOf('action').describe('the action');

/** What meetings and actions report to their committee. Said twice, it is refused and changes nothing. */
export const reports = {
  recordMeetingPostponed: command({
    says: 'The convened meeting has another date',
    by: ['case'],
    from: ['meetingConvened'],
    input: { meeting, on: date.describe('the new day of the meeting') },
    decide: ({ meeting: id, on }, committee) =>
      ofConvened(committee, id, (convened) =>
        convened.on === on
          ? refuse('AlreadyDone', `${id} is set for ${on} already.`)
          : [{ type: 'meetingPostponed', meeting: id, to: on }],
      ),
  }),
  recordMeetingCancelled: command({
    says: 'The convened meeting will not be held; its number goes to the next one convened',
    by: ['case'],
    from: ['meetingConvened'],
    to: ['constituted', 'active'],
    input: { meeting, number: count.describe('its number') },
    decide: ({ meeting: id }, committee) =>
      ofConvened(committee, id, ({ number: nth }) => [{ type: 'meetingCancelled', meeting: id, nth }]),
  }),
  recordMeetingHeld: command({
    says: 'The convened meeting was held; the next one is due from then on',
    by: ['case'],
    from: ['meetingConvened'],
    to: ['active'],
    input: {
      meeting,
      number: count.describe('its number'),
      on: date.describe('the day it was held'),
    },
    decide: ({ meeting: id, on }, committee) =>
      ofConvened(committee, id, ({ number: nth, host }) => [{ type: 'meetingHeld', meeting: id, nth, on, host }]),
  }),
  recordMinutesSigned: command({
    says: 'The minutes of a meeting are signed by all sides; what it deferred goes on the next agenda',
    by: ['case'],
    from: alive,
    input: {
      meeting,
      on: date.describe('the day of the last signature'),
      deferred: listOf(line).default([]).describe('the items that were deferred'),
    },
    decide: ({ meeting: id, on, deferred }, { minutesToSign }) =>
      minutesToSign.includes(id)
        ? [{ type: 'minutesSigned', meeting: id, on, deferred }]
        : refuse('AlreadyDone', `The committee does not wait for the minutes of ${id}.`),
  }),
  recordAction: command({
    says: 'A follow-up action of the committee was opened',
    by: ['case'],
    from: alive,
    input: { action, ...taskFields },
    decide: ({ action: id, ...task }, { openActions }) =>
      openActions.some((open) => open.action === id)
        ? refuse('AlreadyDone', `${id} is on record already.`)
        : [{ type: 'actionRecorded', action: id, ...task }],
  }),
  closeAction: command({
    says: 'A follow-up action of the committee is over',
    by: ['case'],
    from: alive,
    input: { action, outcome: line.describe('how it ended') },
    decide: ({ action: id, outcome }, { openActions }) =>
      openActions.some((open) => open.action === id)
        ? [{ type: 'actionClosed', action: id, outcome }]
        : refuse('UnknownItem', `The committee has no open action ${id}.`),
  }),
};

function ofConvened<T>({ convened }: Committee, id: string, answer: (convened: ConvenedMeeting) => T): T | Refusal {
  return convened?.meeting === id
    ? answer(convened)
    : refuse(
        'UnknownItem',
        `${id} is not the meeting that is convened${convened ? `: that is ${convened.meeting}` : ''}.`,
      );
}
