import { nameOf } from '../../document.ts';
import { partyOfAgency } from '../../fields.ts';
import { nobodyHears } from '../../lifecycle.ts';
import { asSide, signingCancelled, toAgencies, toThoseAsked, withText } from '../letters.ts';
import { withDraft } from '../draft.ts';
import { opinionEvents } from '../opinion.ts';
import { ruledAfter } from '../order.ts';
import { eventRules, missing, type Mou, type ReplyAsked, wordsOf } from '../state.ts';

/** Which working day it is that a rule gives stands in the plan. */
const until = (day: string, byRule: boolean | undefined): string => (byRule ? 'within 30 days' : `by ${day}`);

const turnOf = (turn: readonly string[], mou: Mou, { on, replyBy, byRule }: ReplyAsked) => ({
  round: mou.round + 1,
  turn,
  turnSince: on,
  replyBy,
  byRule: ruledAfter(mou, 'replyBy', byRule),
});

export const negotiationEvents = eventRules({
  takenUp: {
    says: ({ drafter, draftBy, byRule }) =>
      `The proposal was taken up; ${drafter} writes the first draft ${until(draftBy, byRule)}.`,
    evolve: (s, { drafter, draftBy, byRule, on }) => ({
      ...s,
      stage: 'drafting',
      drafter,
      draftBy,
      byRule: ruledAfter(s, 'draftBy', byRule),
      draftingSince: on,
    }),
    follows: ({ drafter, draftBy }) => toAgencies('draftAsked', [drafter], { draftBy }),
  },
  termsSet: {
    says: ({ validity: { duration, renewal, noticeModel, notice } }) =>
      `Terms of the text: valid ${duration ?? 'for a time still open'}, renewal ${renewal ?? 'none'}, notice ${notice ?? 'still open'}${noticeModel === 'beforeTermEnds' ? ' before the term ends' : ''}.`,
    evolve: (s, { validity, effect, jointCommittee }) => ({ ...s, validity, effect, jointCommittee }),
    follows: nobodyHears,
  },
  draftSent: {
    says: ({ draft, from, replyBy, byRule, document }) =>
      `Draft ${draft} came from ${from}${document ? ` (${nameOf(document)})` : ''}; reply expected ${until(replyBy, byRule)}.`,
    evolve: ({ document: _, ...s }, event) => ({
      ...withDraft(s, event.document),
      stage: 'underNegotiation',
      draft: event.draft,
      draftSentOn: event.on,
      ...turnOf(missing(s, [{ side: event.from }]), s, event),
    }),
    follows: ({ from, document }, mou) =>
      withText(
        mou,
        toAgencies('draftReceived', mou.turn, { from: partyOfAgency(from), document: document && nameOf(document) }),
      ),
  },
  draftAccepted: {
    says: ({ side, draft }) => `${side} accepted draft ${draft}.`,
    evolve: (s, { side, on }) => {
      const turn = s.turn.filter((each) => each !== side);
      return turn.length > 0 ? { ...s, turn } : { ...s, turn, turnSince: on };
    },
    follows: nobodyHears,
  },
  turnGiven: {
    says: ({ to, replyBy, byRule }) => `It is the turn of ${to.join(', ')}; reply expected ${until(replyBy, byRule)}.`,
    evolve: (s, event) => ({ ...withDraft(s, event.document), ...turnOf(event.to, s, event) }),
    follows: ({ to, told }, mou) => withText(mou, toAgencies('turnGiven', to, { why: told })),
  },
  ...opinionEvents,
  abandoned: {
    says: ({ side }, mou) =>
      side
        ? `${side} does not go on; it was not concluded.`
        : `The ${wordsOf(mou).sides} gave it up; it was not concluded.`,
    evolve: (s) => ({ ...s, stage: 'notConcluded' }),
    follows: ({ side, told }, mou, header) => {
      const facts = { side: side && partyOfAgency(side), why: told };
      return [
        ...toAgencies('notConcluded', mou.sides, { ...asSide, ...facts }),
        ...(mou.signedOn ? [] : signingCancelled(mou, header)),
        ...toThoseAsked('notConcluded', mou, facts),
      ];
    },
  },
});
