import { item, nothing } from '../case/settled.ts';
import { standingFor } from '../committee/sides.ts';
import { minus } from '../dates.ts';
import { deadlinesBy } from '../deadlines.ts';
import { filesIn } from '../document.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { lastDayOf } from '../hours.ts';
import { byRule, twoThirdsLadder } from '../ladder.ts';
import { agreedWith } from './minutes.ts';
import { ahead, hostSecretary, leadOf, type Meeting, type MeetingEvent, unsigned } from './state.ts';

const recordWorkingDays = 3;

export const owed = deadlinesBy<Meeting, MeetingEvent>({
  // The case invites by itself, on a working day: when the day before is over.
  invite: {
    stages: ahead,
    isOwed: ({ invitedOn }) => invitedOn === undefined,
    owed: ({ on, invitationsBefore, scheduledOn }) => ({
      says: `invitations to the meeting of ${on}`,
      since: scheduledOn,
      due: { on: minus(on, invitationsBefore), roll: 'eve' },
      earlierDue: { on: minus(minus(on, invitationsBefore), 'P1D') },
    }),
    whenPassed: { says: 'The invitations go out', decide: () => [{ type: 'invited' }] },
  },
  items: {
    stages: ['convened'],
    owed: ({ on, itemsBy, scheduledOn }) => ({
      says: `items for the agenda of ${on}`,
      since: scheduledOn,
      due: { on: itemsBy },
    }),
    whenPassed: {
      says: 'The item deadline is over; later items need a reason',
      to: ['itemsCollected'],
      decide: () => [{ type: 'itemsClosed' }],
    },
    whenMoved: (meeting, to) => ({ ...meeting, itemsBy: to, itemsBefore: leadOf(to, meeting.on) }),
  },
  agenda: {
    stages: ['convened', 'itemsCollected'],
    owed: (meeting) => ({
      says: `the agenda of ${meeting.on} with its papers`,
      since: meeting.scheduledOn,
      ...byRule(meeting.agendaBy),
      saidAs: 'agendaBy',
      owedBy: partyOfPerson(hostSecretary(meeting)),
    }),
    // Its letter asks for the hour as well, as long as nobody has said it.
    answeredBy: { circulateAgenda: nothing, setTime: nothing },
    whenMoved: (meeting, to) => ({ ...meeting, agendaBy: to, agendaBefore: leadOf(to, meeting.on) }),
  },
  record: {
    stages: ['agendaCirculated', 'agendaAdopted'],
    owed: (meeting) => ({
      says: `the record of the meeting of ${meeting.on}: agenda adopted, who attended`,
      since: lastDayOf(meeting),
      workingDays: recordWorkingDays,
      owedBy: partyOfPerson(hostSecretary(meeting)),
    }),
    answeredBy: { recordHeld: nothing },
  },
  draftMinutes: {
    stages: ['held', 'objected'],
    owed: ({ stage, on, heldOn = on, reopenedOn = heldOn, objectedOn = on, ...meeting }) => ({
      item: meeting.draft + 1,
      says: `draft ${meeting.draft + 1} of the minutes`,
      since: stage === 'held' ? reopenedOn : objectedOn,
      workingDays: meeting.minutesWorkingDays,
      owedBy: partyOfPerson(hostSecretary(meeting)),
    }),
    answeredBy: { circulateMinutes: nothing },
  },
  // Each side has its own working days to answer; whoever lets them pass agrees.
  comment: {
    stages: ['minutesCirculated'],
    owed: ({ sides, consents, draft, circulatedOn = '', commentsBy, commentsWorkingDays, document }) =>
      sides
        .filter((side) => !consents[side])
        .map((side) => ({
          item: side,
          says: `comments of ${side} on draft ${draft} of the minutes`,
          since: circulatedOn,
          due: commentsBy ? { on: commentsBy } : { on: circulatedOn, workingDays: commentsWorkingDays },
          owedBy: partyOfAgency(side),
          ladder: twoThirdsLadder,
          lapses: true,
          attached: filesIn([document]),
        })),
    answeredBy: { agreeMinutes: item('side'), object: item('side') },
    whenPassed: {
      says: 'The side agrees to the draft by silence; with the last one the minutes are agreed',
      to: ['minutesAgreed'],
      foretold: { to: ['comment'] },
      decide: (meeting, side, { today }) => [{ type: 'keptSilent', side }, ...agreedWith(meeting, side, today)],
    },
  },
  sign: {
    stages: ['minutesAgreed'],
    owed: (meeting) =>
      unsigned(meeting).map((side) => ({
        item: side,
        says: `signature of ${side} under the agreed minutes`,
        since: meeting.agreedOn ?? '',
        workingDays: meeting.signatureWorkingDays,
        owedBy: partyOfPerson(standingFor(meeting.sides, meeting.coChairs, side)),
        attached: filesIn([meeting.document]),
      })),
    answeredBy: { signMinutes: item('side') },
  },
});
