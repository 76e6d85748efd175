import { daysBetween } from '../dates.ts';
import { documentFile, refuseTextMissing, refuseTooMuch } from '../document.ts';
import { agency, caseOf, count, date, line, listOf, text } from '../fields.ts';
import { refuse } from '../refusal.ts';
import { command, type FollowUpAction } from './state.ts';

const open = ['recorded', 'refused', 'inProgress', 'blocked', 'reportedDone'];
const inHand = ['recorded', 'inProgress', 'blocked'];

function reporter({ reportedBy, reportedFor }: FollowUpAction) {
  if (reportedBy === undefined) return undefined;
  const did = 'reported the action as done';
  return reportedFor === undefined
    ? { people: [reportedBy], did }
    : { people: [reportedBy, reportedFor], did: `${did}, in person or through whoever stood in` };
}

export const commands = {
  accept: command({
    says: 'The owner agency takes the action on',
    by: ['owing', 'coordinator'],
    from: ['recorded', 'refused'],
    to: ['inProgress'],
    input: { note: text.optional().describe('a remark for the record') },
    decide: ({ note }) => [{ type: 'accepted', note }],
  }),
  refuse: command({
    says: 'The owner agency does not take the action on; the coordinator finds another owner',
    by: ['owing', 'coordinator'],
    from: ['recorded'],
    to: ['refused'],
    reason: 'required',
    tells: 'reason',
    decide: () => [{ type: 'ownerRefused' }],
  }),
  report: command({
    says: 'Report progress',
    by: ['owing', 'coordinator'],
    from: ['inProgress', 'blocked'],
    input: {
      report: text.describe('what has been done'),
      percent: count.max(100).optional().describe('how much is done, in percent'),
    },
    decide: ({ report, percent }) => [{ type: 'progressReported', report, percent }],
  }),
  reportDone: command({
    says: 'Report the action as done; somebody else verifies it',
    by: ['owing', 'coordinator'],
    from: ['inProgress'],
    to: ['reportedDone'],
    input: {
      evidence: text.describe('what shows that it is done'),
      papers: listOf(documentFile).optional().describe('files that show it, which go to whoever verifies'),
    },
    decide: ({ evidence, papers = [] }, _, context) =>
      refuseTextMissing({ what: 'A paper', option: '--papers FILE' }, papers, context) ??
      refuseTooMuch(papers) ?? [{ type: 'reportedDone', evidence, ...(papers.length > 0 ? { papers } : {}) }],
  }),
  verify: command({
    says: 'Confirm that the action is done; never by the person who reported it',
    confirms: 'code',
    by: ['owing', 'coChair', 'coordinator', 'colleague'],
    from: ['reportedDone'],
    to: ['closed'],
    input: { evidence: text.describe('what was looked at') },
    secondTo: reporter,
    decide: ({ evidence }) => [{ type: 'verified', evidence }],
  }),
  return: command({
    says: 'Send the action back: it is not done yet',
    by: ['owing', 'coChair', 'coordinator', 'colleague'],
    from: ['reportedDone'],
    to: ['inProgress'],
    reason: 'required',
    tells: 'reason',
    secondTo: reporter,
    decide: () => [{ type: 'returned' }],
  }),
  extend: command({
    says: 'Give the action a later due date; the first one is kept',
    by: ['coordinator'],
    from: inHand,
    reason: 'required',
    tells: 'told',
    input: { to: date.describe('the new due date') },
    decide: ({ to }, { due, extensions }, { today }) => {
      if (to <= due)
        return refuse('DateOutOfOrder', `An extension ends after the due date it replaces: ${to} is not after ${due}.`);
      if (to < today) return refuse('DateOutOfOrder', `The new due date ${to} lies in the past: it is ${today}.`);
      if (daysBetween(today, to) > 7306) return refuse('DateTooFar', `${to} is more than 20 years ahead.`);
      return [{ type: 'extended', to, nth: extensions + 1 }];
    },
  }),
  block: command({
    says: 'Record that the action cannot go on, and what it waits for; its due date stays',
    by: ['owing', 'coordinator'],
    from: ['inProgress'],
    to: ['blocked'],
    input: { waitsFor: line.describe('what it waits for') },
    decide: ({ waitsFor }) => [{ type: 'blocked', waitsFor }],
  }),
  unblock: command({
    says: 'Record that the action can go on',
    by: ['owing', 'coordinator'],
    from: ['blocked'],
    to: ['inProgress'],
    decide: () => [{ type: 'unblocked' }],
  }),
  handOver: command({
    says: 'Hand the action to another agency, which accepts it anew',
    by: ['owing', 'coordinator'],
    from: ['recorded', 'refused', 'inProgress', 'blocked'],
    to: ['recorded'],
    reason: 'required',
    tells: 'told',
    input: { to: agency.describe('the agency that owns it from now on') },
    decide: ({ to }, { owner }) =>
      to === owner
        ? refuse('AlreadyDone', `${to} owns the action already.`)
        : [{ type: 'handedOver', from: owner, to }],
  }),
  carryOver: command({
    says: 'Put the open action on the agenda of the next meeting',
    by: ['case'],
    from: open,
    input: { meeting: caseOf('meeting').describe('the next meeting') },
    decide: ({ meeting }, { carriedTo }) =>
      carriedTo.includes(meeting)
        ? refuse('AlreadyDone', `The action stands on the agenda of ${meeting} already.`)
        : [{ type: 'carriedOver', meeting }],
  }),
  drop: command({
    says: 'Drop the action by a decision',
    by: ['coChair', 'coordinator'],
    from: open,
    to: ['dropped'],
    reason: 'required',
    tells: 'told',
    input: { decision: line.describe('who decided it, and where') },
    decide: ({ decision }) => [{ type: 'dropped', decision }],
  }),
  reopen: command({
    says: 'Open an action again that was closed too early; it keeps its number and its history',
    by: ['coordinator'],
    from: ['closed', 'dropped'],
    to: ['inProgress', 'recorded'],
    reason: 'required',
    tells: 'told',
    input: {
      due: date.optional().describe('until when it is to be done now; needed when its due date has passed'),
    },
    decide: ({ due }, action, { today }) => {
      const until = due ?? action.due;
      if (until < today)
        return refuse('DateOutOfOrder', `due: ${until} lies in the past; say until when it is to be done now.`);
      if (daysBetween(today, until) > 7306) return refuse('DateTooFar', `due: ${until} is more than 20 years ahead.`);
      const from = action.stage === 'dropped' ? 'dropped' : 'closed';
      return [{ type: 'reopened', from, due }];
    },
  }),
};
