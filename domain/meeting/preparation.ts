import { visitLinkCommands } from '../act.ts';
import { refuseOtherThan, refuseSuccessor } from '../committee/sides.ts';
import { refuseBefore, refuseFuture, refuseLongAgo, refuseTooFar } from '../date-rules.ts';
import { documentFile, refuseTextMissing, refuseTooMuch } from '../document.ts';
import { agency, caseOf, count, date, line, listOf, person, pastDate } from '../fields.ts';
import { endsOn, hoursSetOf, movedHoursFields, retimed, setHoursFields } from '../hours.ts';
import { numberAfter } from '../numbered.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { ahead, command, invitationsSentOn, type Meeting, ofItem } from './state.ts';

const beforeSignature = [...ahead, 'agendaAdopted', 'held', 'minutesCirculated', 'objected', 'minutesAgreed'];
const mostItems = 100;

const side = agency.describe('the side, an agency of the committee');

/** Commands before the meeting: its date, its items, its agenda. */
export const preparation = {
  sendInvitations: command({
    says: 'Send the invitations now, before they go out by themselves',
    by: ['secretary', 'coordinator'],
    from: ahead,
    decide: (_, meeting) => {
      const { invitedOn, on } = meeting;
      if (!invitedOn) return [{ type: 'invited' }];
      const sentOn = invitationsSentOn(meeting);
      return sentOn
        ? refuse('AlreadyDone', `The invitations went out on ${sentOn}.`)
        : refuse(
            'DateOutOfOrder',
            `The meeting of ${on} was over when it was recorded on ${invitedOn}; nobody is invited to it.`,
          );
    },
  }),
  postpone: command({
    says: 'Move the meeting to another day; what is due before it moves along',
    by: ['secretary', 'coordinator'],
    from: ahead,
    to: ['convened'],
    reason: 'required',
    tells: 'told',
    input: {
      to: date.describe('the new day of the meeting'),
      ...movedHoursFields,
      endsOn,
      place: line.optional().describe('the new place, if that changes too'),
    },
    decide: ({ to, place, ...said }, known, { today }) => {
      const { on } = known;
      if (to === on)
        return refuse('AlreadyDone', `The meeting is set for ${on} already; its hour is set with \`set-time\`.`);
      const hours = retimed(known, said, to);
      if (isRefusal(hours)) return hours;
      return (
        refuseTooFar('to', to, today) ??
        refuseLongAgo('to', to, today) ?? [{ type: 'postponed', from: on, to, ...hours, place }]
      );
    },
  }),
  setTime: command({
    says: 'Set the hours at which the meeting begins and ends, or other ones; the day stays',
    by: ['owing', 'secretary', 'coordinator'],
    from: ahead,
    input: { ...setHoursFields, endsOn },
    decide: (said, known, { today }) => {
      const hours = hoursSetOf('The meeting', known, said, today);
      return isRefusal(hours) ? hours : [{ type: 'timeSet', ...hours }];
    },
  }),
  ...visitLinkCommands<Meeting>({
    what: 'The meeting',
    from: ahead,
    takesPlace: ({ on, endsOn }) => ({ on, until: endsOn }),
  }),
  changeCoChair: command({
    says: 'Record the new co-chair of a side for this meeting and its minutes',
    by: ['side', 'coordinator'],
    from: beforeSignature,
    offeredFor: ({ signatures }, side) => !signatures[side],
    input: { side, person: person.describe('the new co-chair') },
    decide: ({ side: forSide, person: who }, known) => {
      if (known.signatures[forSide])
        return refuse('AlreadyDone', `${forSide} has signed the minutes; its co-chair stands in them.`);
      return (
        refuseSuccessor('coChairs', known, forSide, who) ?? [{ type: 'coChairChanged', side: forSide, person: who }]
      );
    },
  }),
  changeSecretary: command({
    says: 'Record the new secretary of a side for this meeting',
    by: ['side', 'coordinator'],
    from: beforeSignature,
    input: { side, person: person.describe('the new secretary') },
    decide: ({ side: forSide, person: who }, known) =>
      refuseSuccessor('secretaries', known, forSide, who) ?? [{ type: 'secretaryChanged', side: forSide, person: who }],
  }),
  recordActionOpened: command({
    says: 'An action of an earlier meeting was opened after this one was convened',
    by: ['case'],
    from: ahead,
    input: { action: caseOf('action').describe('the action'), topic: line.describe('its topic') },
    decide: ({ action, topic }, { openActions }) =>
      openActions.some((open) => open.action === action)
        ? refuse('AlreadyDone', `${action} is among the open actions already.`)
        : [{ type: 'openActionAdded', action, topic }],
  }),
  recordActionClosed: command({
    says: 'An action of an earlier meeting is over and leaves the agenda',
    by: ['case'],
    from: ahead,
    input: { action: caseOf('action').describe('the action'), outcome: line.describe('how it ended') },
    decide: ({ action, outcome }, { openActions }) =>
      openActions.some((open) => open.action === action)
        ? [{ type: 'openActionClosed', action, outcome }]
        : refuse('UnknownItem', `${action} is not among the open actions on the agenda.`),
  }),
  proposeItem: command({
    says: 'Propose an item for the agenda; after the item deadline with a reason',
    by: ['side', 'secretary', 'coordinator'],
    from: ahead,
    input: { title: line.describe('the item, as it should stand on the agenda'), side },
    decide: ({ title, side: by }, meeting, { reason }) => {
      const { stage, sides, items, itemsBy } = meeting;
      if (stage !== 'convened' && !reason)
        return refuse('ReasonMissing', `Items were taken until ${itemsBy}; give a reason for a late one.`);
      if (items.some((item) => item.title === title))
        return refuse('AlreadyDone', `"${title}" stands on the agenda already.`);
      if (items.length >= mostItems) return refuse('TooLarge', `The agenda has ${mostItems} items; it takes no more.`);
      return refuseOtherThan(sides, by) ?? [{ type: 'itemProposed', item: numberAfter(items), title, side: by }];
    },
  }),
  withdrawItem: command({
    says: 'Withdraw a proposed item',
    by: ['secretary', 'coordinator'],
    from: ahead,
    input: { item: count.min(1).describe('the number of the item') },
    decide: ({ item: number }, meeting) =>
      ofItem(meeting, number, ({ title, proposedBy }) =>
        proposedBy
          ? [{ type: 'itemWithdrawn', item: number, title }]
          : refuse('WrongKind', `Item ${number} was put on the agenda by the committee; the meeting can defer it.`),
      ),
  }),
  circulateAgenda: command({
    says: 'Circulate the agenda with its papers; items are numbered for good, and none is taken without a reason',
    by: ['owing', 'secretary', 'coordinator'],
    from: ['convened', 'itemsCollected'],
    to: ['agendaCirculated'],
    input: {
      on: pastDate.optional().describe('the day it was circulated; without it, today'),
      papers: listOf(documentFile).default([]).describe('the papers, which go with the letter'),
    },
    decide: ({ on, papers }, { items, on: day }, context) => {
      const { today } = context;
      const circulated = on ?? today;
      if (items.length === 0)
        return refuse('NotReady', 'There is nothing on the agenda; propose an item first (`propose-item`).');
      return (
        refuseFuture('on', circulated, today) ??
        refuseBefore('the day of the meeting', day, 'the day the agenda was circulated', circulated) ??
        refuseTextMissing({ what: 'A paper', option: '--papers FILE' }, papers, context) ??
        refuseTooMuch(papers) ?? [{ type: 'agendaCirculated', on: circulated, papers }]
      );
    },
  }),
};
