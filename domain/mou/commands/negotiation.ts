import { refuseDay, refusePlan } from '../../date-rules.ts';
import { z } from 'zod';
import { documentFile, refuseTextMissing } from '../../document.ts';
import { agency, date } from '../../fields.ts';
import { refuse } from '../../refusal.ts';
import { presentDraft, theDraft, underDiscussion } from '../draft.ts';
import { day, validityFields } from '../fields.ts';
import { onItsDay, refuseStranger, todayAfter, withinAMonth } from '../order.ts';
import { opinionCommands } from '../opinion.ts';
import { command, effects, type Mou } from '../state.ts';
import { refuseValidity, validityWith } from '../terms.ts';

export const beforeSignature = ['proposed', 'drafting', ...underDiscussion, 'textAgreed', 'signingArranged'];

const lastStep = (mou: Mou) => ({
  on: mou.turnSince ?? mou.draftingSince,
  what: mou.draft > 0 ? `the last step on draft ${mou.draft}` : 'the proposal was taken up',
});

export const negotiationCommands = {
  takeUp: command({
    says: 'The sides take the proposal up; one of them writes the first draft',
    by: ['owing', 'side', 'coordinator'],
    from: ['proposed'],
    to: ['drafting'],
    input: {
      drafter: agency.describe('the side that writes the first draft'),
      on: day('the day the sides agreed to it'),
      draftBy: date
        .optional()
        .describe('when the draft is due; 30 days later, or on the working day before that, unless said otherwise'),
    },
    decide: ({ drafter, on, draftBy }, mou, { today }) => {
      const since = on ?? today;
      const { by, rule } = withinAMonth(draftBy, since);
      return (
        refuseStranger(mou, drafter) ??
        refuseDay('Taking the proposal up', since, today) ??
        refusePlan('The draft', by, today, { on: since, what: 'the proposal was taken up' }) ?? [
          { type: 'takenUp', drafter, draftBy: by, ...rule, on: since },
        ]
      );
    },
  }),
  setTerms: command({
    says: 'Record what the text says of effect, validity, renewal and notice; what is left out stays as it is',
    by: ['coordinator'],
    from: ['proposed', 'drafting', ...underDiscussion],
    input: {
      ...validityFields,
      effect: z.enum(effects).optional().describe('effect on signature, or on the later of the notifications'),
      jointCommittee: z.boolean().optional().describe('whether it provides for a joint committee'),
    },
    decide: ({ effect, jointCommittee, ...said }, mou) => {
      const validity = validityWith(mou.validity, said);
      return (
        refuseValidity(validity) ?? [
          {
            type: 'termsSet',
            validity,
            effect: effect ?? mou.effect,
            jointCommittee: jointCommittee ?? mou.jointCommittee,
          },
        ]
      );
    },
  }),
  sendDraft: command({
    says: 'A side sends the next draft; the others reply to it',
    by: ['owing', 'side', 'coordinator'],
    from: ['drafting', ...underDiscussion],
    to: ['underNegotiation'],
    offeredFor: isTheirTurn,
    input: {
      from: agency.describe('the side that sends it: the drafter, or one whose turn it is'),
      on: day('the day it was sent'),
      replyBy: date
        .optional()
        .describe('when the others reply; 30 days later, or on the working day before that, unless said otherwise'),
      document: documentFile.optional().describe('the draft, which goes with the letter (required)'),
    },
    decide: ({ from, on, replyBy, document }, mou, context) => {
      const { today } = context;
      const sent = on ?? todayAfter(today, lastStep(mou));
      const { by, rule } = withinAMonth(replyBy, sent);
      return (
        refuseStranger(mou, from) ??
        refuseOutOfTurn(mou, from) ??
        refuseDay('The draft', sent, today, lastStep(mou)) ??
        refusePlan('The reply', by, today, { on: sent, what: 'the draft was sent' }) ??
        refuseTextMissing(theDraft, [document], context) ?? [
          { type: 'draftSent', draft: mou.draft + 1, from, on: sent, replyBy: by, ...rule, document },
        ]
      );
    },
  }),
  acceptDraft: command({
    says: 'A side has no more changes to the present draft',
    by: ['owing', 'side', 'coordinator'],
    from: underDiscussion,
    offeredFor: isTheirTurn,
    input: {
      side: agency.describe('the side that accepts it; it must be its turn'),
      on: day('the day it accepted'),
    },
    decide: ({ side, on }, mou, { today }) =>
      refuseStranger(mou, side) ??
      refuseOutOfTurn(mou, side) ??
      onItsDay('Acceptance', on, today, lastStep(mou), (accepted) => [
        { type: 'draftAccepted', side, draft: mou.draft, on: accepted },
      ]),
  }),
  giveTurn: command({
    says: 'It is the turn of another side than the record says, or a new day for its reply was agreed',
    by: ['coordinator'],
    from: underDiscussion,
    reason: 'required',
    tells: 'told',
    input: {
      to: agency.describe('the side whose turn it is now'),
      on: day('since when'),
      replyBy: date
        .optional()
        .describe('when it replies; 30 days later, or on the working day before that, unless said otherwise'),
      document: presentDraft,
    },
    decide: ({ to, on, replyBy, document }, mou, context) => {
      const { today } = context;
      const since = on ?? todayAfter(today, lastStep(mou));
      const { by, rule } = withinAMonth(replyBy, since);
      return (
        refuseStranger(mou, to) ??
        refuseDay('The turn', since, today, lastStep(mou)) ??
        refusePlan('The reply', by, today, { on: since, what: 'the turn' }) ??
        refuseTextMissing(theDraft, [document ?? mou.document], context) ?? [
          { type: 'turnGiven', to: [to], on: since, replyBy: by, ...rule, document },
        ]
      );
    },
  }),
  ...opinionCommands,
  abandon: command({
    says: 'Give the MOU up before it is signed: declined, or negotiations ended',
    confirms: 'code',
    by: ['owing', 'side', 'coordinator'],
    from: beforeSignature,
    to: ['notConcluded'],
    reason: 'required',
    tells: 'reason',
    input: { side: agency.optional().describe('the side that does not go on; absent: all of them') },
    decide: ({ side }, mou) =>
      (side ? refuseStranger(mou, side) : undefined) ?? refuseSigned(mou) ?? [{ type: 'abandoned', side }],
  }),
};

const expectedOf = ({ stage, drafter, turn }: Mou): readonly string[] =>
  stage === 'drafting' && drafter ? [drafter] : turn;

function isTheirTurn(mou: Mou, side: string): boolean {
  return expectedOf(mou).includes(side);
}

const refuseOutOfTurn = (mou: Mou, side: string) => {
  if (isTheirTurn(mou, side)) return undefined;
  const [expected, { draft }] = [expectedOf(mou), mou];
  const now =
    expected.length > 0
      ? `it is the turn of ${expected.join(', ')}`
      : `all sides have accepted draft ${draft}, and none is to reply`;
  return refuse('NotTheirTurn', `It is not ${side}'s turn: ${now}. If that is wrong, say so with give-turn.`);
};

const refuseSigned = ({ signatures }: Mou) =>
  signatures.length > 0
    ? refuse(
        'WrongStage',
        `${signatures.map(({ side }) => side).join(', ')} ${signatures.length === 1 ? 'has' : 'have'} signed already; cancel the case instead.`,
      )
    : undefined;
