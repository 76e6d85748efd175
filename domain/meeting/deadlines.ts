import { standingFor } from '../committee/sides.ts';
import { minus } from '../dates.ts';
import { filesIn } from '../document.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { lastDayOf } from '../hours.ts';
import { byRule, type Deadline, noLadder, shortLadder, twoThirdsLadder } from '../ladder.ts';
import type { MoveRules, PassingRules } from '../lifecycle.ts';
import { agreedWith } from './minutes.ts';
import { ahead, hostSecretary, leadOf, type Meeting, type MeetingEvent, unsigned } from './state.ts';

const recordWorkingDays = 3;

export function deadlines(meeting: Meeting): Deadline[] {
  switch (meeting.stage) {
    case 'convened':
      return [...invitation(meeting), itemDeadline(meeting), agenda(meeting)];
    case 'itemsCollected':
      return [...invitation(meeting), agenda(meeting)];
    case 'agendaCirculated':
      return [...invitation(meeting), record(meeting)];
    case 'agendaAdopted':
      return [record(meeting)];
    case 'held':
      return [draftMinutes(meeting, meeting.reopenedOn ?? meeting.heldOn ?? meeting.on)];
    case 'objected':
      return [draftMinutes(meeting, meeting.objectedOn ?? meeting.on)];
    case 'minutesCirculated':
      return meeting.sides.filter((side) => !meeting.consents[side]).map((side) => comment(meeting, side));
    case 'minutesAgreed':
      return unsigned(meeting).map((side) => signature(meeting, side));
    case 'minutesSigned':
    case 'closed':
      return [];
  }
}

/** The case invites by itself, on a working day: when the day before is over. */
const invitation = ({ invitedOn, on, invitationsBefore, scheduledOn }: Meeting): Deadline[] =>
  invitedOn
    ? []
    : [
        {
          name: 'invite',
          says: `invitations to the meeting of ${on}`,
          since: scheduledOn,
          due: { on: minus(on, invitationsBefore), roll: 'eve' },
          earlierDue: { on: minus(minus(on, invitationsBefore), 'P1D') },
          ladder: noLadder,
        },
      ];

const itemDeadline = ({ on, itemsBy, scheduledOn }: Meeting): Deadline => ({
  name: 'items',
  says: `items for the agenda of ${on}`,
  since: scheduledOn,
  due: { on: itemsBy },
  ladder: noLadder,
});

const agenda = (meeting: Meeting): Deadline => ({
  name: 'agenda',
  says: `the agenda of ${meeting.on} with its papers`,
  since: meeting.scheduledOn,
  ...byRule(meeting.agendaBy),
  saidAs: 'agendaBy',
  owedBy: partyOfPerson(hostSecretary(meeting)),
  ladder: shortLadder,
});

const record = (meeting: Meeting): Deadline => ({
  name: 'record',
  says: `the record of the meeting of ${meeting.on}: agenda adopted, who attended`,
  since: lastDayOf(meeting),
  due: { on: lastDayOf(meeting), workingDays: recordWorkingDays },
  owedBy: partyOfPerson(hostSecretary(meeting)),
  ladder: shortLadder,
});

const draftMinutes = (meeting: Meeting, since: string): Deadline => ({
  name: `draftMinutes:${meeting.draft + 1}`,
  says: `draft ${meeting.draft + 1} of the minutes`,
  since,
  due: { on: since, workingDays: meeting.minutesWorkingDays },
  owedBy: partyOfPerson(hostSecretary(meeting)),
  ladder: shortLadder,
});

/** Each side has its own working days to answer; whoever lets them pass agrees. */
const comment = (
  { draft, circulatedOn = '', commentsBy, commentsWorkingDays, document }: Meeting,
  side: string,
): Deadline => ({
  name: `comment:${side}`,
  says: `comments of ${side} on draft ${draft} of the minutes`,
  since: circulatedOn,
  due: commentsBy ? { on: commentsBy } : { on: circulatedOn, workingDays: commentsWorkingDays },
  owedBy: partyOfAgency(side),
  ladder: twoThirdsLadder,
  lapses: true,
  attached: filesIn([document]),
});

const signature = (
  { sides, coChairs, agreedOn = '', signatureWorkingDays, document }: Meeting,
  side: string,
): Deadline => ({
  name: `sign:${side}`,
  says: `signature of ${side} under the agreed minutes`,
  since: agreedOn,
  due: { on: agreedOn, workingDays: signatureWorkingDays },
  owedBy: partyOfPerson(standingFor(sides, coChairs, side)),
  ladder: shortLadder,
  attached: filesIn([document]),
});

export const whenPassed: PassingRules<Meeting, MeetingEvent> = {
  invite: { says: 'The invitations go out', at: ahead, decide: () => [{ type: 'invited' }] },
  items: {
    says: 'The item deadline is over; later items need a reason',
    at: ['convened'],
    leads: ['itemsCollected'],
    decide: () => [{ type: 'itemsClosed' }],
  },
  comment: {
    says: 'The side agrees to the draft by silence; with the last one the minutes are agreed',
    at: ['minutesCirculated'],
    leads: ['minutesAgreed'],
    foretold: { to: ['comment'] },
    decide: (meeting, side, { today }) => [{ type: 'keptSilent', side }, ...agreedWith(meeting, side, today)],
  },
};

export const whenMoved: MoveRules<Meeting> = {
  items: (meeting, to) => ({ ...meeting, itemsBy: to, itemsBefore: leadOf(to, meeting.on) }),
  agenda: (meeting, to) => ({ ...meeting, agendaBy: to, agendaBefore: leadOf(to, meeting.on) }),
};
