import { z } from 'zod';
import { refuseOtherThan, standingFor } from '../committee/sides.ts';
import { type CivilDate, later } from '../dates.ts';
import { refuseBefore, refuseDay, refuseTooFar } from '../date-rules.ts';
import { documentFile, refuseTextMissing } from '../document.ts';
import { agency, caseOf, date, pastDate } from '../fields.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { command, type Meeting, type MeetingEvent, undecided, unsigned } from './state.ts';

const theDraft = {
  what: 'The draft',
  option: '--document FILE, or leave it out, and Entente writes it from the record',
};
const side = agency.describe('the side, an agency of the committee');
const on = pastDate.optional().describe('the day it happened; without it, today');

/** Commands on the minutes, from the first draft to the end of the case. */
export const minutes = {
  circulateMinutes: command({
    says: 'Circulate the draft minutes; a side that does not object in time agrees by silence',
    by: ['owing', 'secretary', 'coordinator'],
    from: ['held', 'objected'],
    to: ['minutesCirculated'],
    input: {
      on,
      commentsBy: date.optional().describe('the last day to object; without it, the working days of the meeting'),
      document: documentFile
        .optional()
        .describe('the draft, which goes with the letter; without it, Entente writes it from the record'),
    },
    decide: ({ on: day, commentsBy, document }, meeting, context) => {
      const { today } = context;
      const circulated = day ?? today;
      return (
        refuseUndecided(meeting, 'the minutes can be drafted') ??
        refuseDay('on', circulated, today, { on: meeting.heldOn, what: 'the meeting' }) ??
        refuseBefore('on', circulated, 'the objection', meeting.objectedOn) ??
        (commentsBy ? refuseCommentsBy(commentsBy, circulated, today) : undefined) ??
        (document ? refuseTextMissing(theDraft, [document], context) : undefined) ?? [
          { type: 'minutesCirculated', draft: meeting.draft + 1, on: circulated, commentsBy, document },
        ]
      );
    },
  }),
  agreeMinutes: command({
    says: 'Record that a side agrees to the draft minutes; once all have, nobody waits any longer',
    by: ['owing', 'side', 'coordinator'],
    from: ['minutesCirculated'],
    to: ['minutesAgreed'],
    offeredFor: isAwaited,
    input: { side, on },
    decide: ({ side: by, on: day }, meeting, { today }) => {
      const agreedOn = day ?? today;
      const refusal = refuseAnswer(meeting, by, agreedOn, today);
      return refusal ?? [{ type: 'minutesConsented', side: by, on: agreedOn }, ...agreedWith(meeting, by, agreedOn)];
    },
  }),
  object: command({
    says: 'Record the objection of a side to the draft minutes, with what it objects to; a new draft is due',
    by: ['owing', 'side', 'coordinator'],
    from: ['minutesCirculated'],
    to: ['objected'],
    offeredFor: isAwaited,
    reason: 'required',
    tells: 'reason',
    input: { side, on },
    decide: ({ side: by, on: day }, meeting, { today }) =>
      refuseAnswer(meeting, by, day ?? today, today) ?? [{ type: 'objected', side: by, on: day ?? today }],
  }),
  signMinutes: command({
    says: 'Record the signature of a co-chair under the agreed minutes',
    confirms: 'code',
    by: ['owing', 'coordinator'],
    from: ['minutesAgreed'],
    to: ['minutesSigned', 'closed'],
    input: { side, on },
    decide: ({ side: by, on: day }, meeting, { today }) => {
      const signedOn = day ?? today;
      return (
        refuseOtherThan(meeting.sides, by) ??
        refuseSigned(meeting, by) ??
        refuseDay('on', signedOn, today, { on: meeting.agreedOn, what: 'the day the minutes were agreed' }) ??
        signing(meeting, by, signedOn)
      );
    },
  }),
  confirmMinutes: command({
    says: 'The next meeting has confirmed these minutes as item 1; once they are signed, the case is closed',
    by: ['case'],
    from: ['minutesAgreed', 'minutesSigned'],
    to: ['closed'],
    input: {
      meeting: caseOf('meeting').describe('the meeting that confirmed them'),
      on: date.describe('the day of it'),
    },
    decide: ({ meeting, on: day }, { stage, confirmedBy }) => {
      if (confirmedBy) return refuse('AlreadyDone', `${confirmedBy} has confirmed the minutes already.`);
      const confirmed: MeetingEvent = { type: 'minutesConfirmed', meeting, on: day };
      return stage === 'minutesSigned' ? [confirmed, { type: 'closed' }] : [confirmed];
    },
  }),
  close: command({
    says: 'Close the meeting; with a reason if no later meeting has confirmed its minutes',
    by: ['secretary', 'coordinator'],
    from: ['held', 'minutesCirculated', 'objected', 'minutesAgreed', 'minutesSigned'],
    to: ['closed'],
    decide: (_, meeting, { reason }) => {
      const missing = unsigned(meeting);
      if (undecided(meeting).length === 0 && missing.length > 0)
        return refuse(
          'NotReady',
          `The minutes are not signed by ${missing.join(', ')}; the meeting closes after that.`,
        );
      return refuseUndecided(meeting, 'the meeting can be closed') ?? closing(meeting, reason);
    },
  }),
  reopen: command({
    says: 'Open a meeting again that was closed too early; it keeps its number, its decisions and its history',
    by: ['coordinator'],
    from: ['closed'],
    to: ['minutesSigned', 'held'],
    reason: 'required',
    input: {
      newMinutes: z
        .boolean()
        .default(false)
        .describe('whether its minutes are drafted, agreed and signed anew; else the signed ones stay'),
    },
    decide: ({ newMinutes }) => [{ type: 'reopened', newMinutes }],
  }),
};

function refuseUndecided(meeting: Meeting, what: string): Refusal | undefined {
  const numbers = undecided(meeting).map(({ number }) => number);
  return numbers.length === 0
    ? undefined
    : refuse(
        'Undecided',
        `Before ${what}, say what became of item ${numbers.join(', ')}: decide, record-discussed or defer.`,
      );
}

const refuseCommentsBy = (commentsBy: CivilDate, circulated: CivilDate, today: CivilDate): Refusal | undefined =>
  refuseBefore('commentsBy', commentsBy, 'the day the draft was circulated', circulated) ??
  refuseBefore('commentsBy', commentsBy, 'today', today) ??
  refuseTooFar('commentsBy', commentsBy, today);

function isAwaited({ consents }: Meeting, side: string): boolean {
  return consents[side] !== 'agreed' && consents[side] !== 'silent';
}

/** A side answers a draft once: who has agreed, or let the time for it pass, is bound. */
function refuseAnswer(meeting: Meeting, side: string, day: CivilDate, today: CivilDate): Refusal | undefined {
  const { sides, consents, circulatedOn } = meeting;
  const notASide = refuseOtherThan(sides, side);
  if (notASide) return notASide;
  if (consents[side] === 'agreed') return refuse('AlreadyDone', `${side} has agreed to the draft already.`);
  if (consents[side] === 'silent')
    return refuse('AlreadyDone', `The time for ${side} to answer is over; it has agreed by silence.`);
  return refuseDay('on', day, today, { on: circulatedOn, what: 'the day the draft was circulated' });
}

const refuseSigned = ({ signatures }: Meeting, side: string): Refusal | undefined =>
  signatures[side]
    ? refuse('AlreadyDone', `The co-chair of ${side} signed the minutes on ${signatures[side]}.`)
    : undefined;

/** The minutes are agreed with the last side that agrees or keeps silent. */
export function agreedWith({ sides, consents, circulatedOn }: Meeting, side: string, day: CivilDate): MeetingEvent[] {
  const isLast = sides.every((each) => each === side || consents[each]);
  return isLast ? [{ type: 'minutesAgreed', on: later(day, circulatedOn ?? day) }] : [];
}

function signing(meeting: Meeting, side: string, day: CivilDate): MeetingEvent[] {
  const { sides, coChairs, signatures, confirmedBy } = meeting;
  const signed: MeetingEvent = { type: 'minutesSigned', side, person: standingFor(sides, coChairs, side), on: day };
  if (unsigned(meeting).some((each) => each !== side)) return [signed];
  const last = Object.values(signatures).reduce(later, day);
  return [signed, { type: 'signaturesComplete', on: last }, ...(confirmedBy ? [{ type: 'closed' as const }] : [])];
}

const closing = ({ confirmedBy }: Meeting, reason: string | undefined): MeetingEvent[] | Refusal =>
  confirmedBy || reason
    ? [{ type: 'closed' }]
    : refuse('ReasonMissing', 'No later meeting has confirmed these minutes; give the reason for closing without.');
