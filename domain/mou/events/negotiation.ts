import { dayOf } from '../../dates.ts';
import { filesIn, type NamedDocument, nameOf } from '../../document.ts';
import type { EventRules } from '../../lifecycle.ts';
import { ruledAfter } from '../order.ts';
import { type Mou, type MouEvent, missing, type NegotiationEvent, type Opinion, wordsOf } from '../state.ts';

const words = { inFavour: 'in favour', withRemarks: 'with remarks', against: 'against' };
const kinds = { legal: 'a legal opinion', foreignMinistry: "the foreign ministry's opinion", other: 'an opinion' };

/** Which working day it is that a rule gives stands in the plan. */
const until = (day: string, byRule: boolean | undefined): string => (byRule ? 'within 30 days' : `by ${day}`);

const changed = (mou: Mou, item: string, change: Partial<Opinion>): readonly Opinion[] =>
  mou.opinions.map((opinion) => (opinion.item === item ? { ...opinion, ...change } : opinion));

/** With the text of the present draft, where it is given. */
function withDraft(mou: Mou, given: NamedDocument | undefined): Mou {
  const [document] = filesIn([given]);
  return document ? { ...mou, document } : mou;
}

export const negotiationEvents: Pick<EventRules<Mou, MouEvent>, NegotiationEvent['type']> = {
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
  },
  termsSet: {
    says: ({ validity: { duration, renewal, noticeModel, notice } }) =>
      `Terms of the text: valid ${duration ?? 'for a time still open'}, renewal ${renewal ?? 'none'}, notice ${notice ?? 'still open'}${noticeModel === 'beforeTermEnds' ? ' before the term ends' : ''}.`,
    evolve: (s, { validity, effect, jointCommittee }) => ({ ...s, validity, effect, jointCommittee }),
  },
  draftSent: {
    says: ({ draft, from, replyBy, byRule, document }) =>
      `Draft ${draft} came from ${from}${document ? ` (${nameOf(document)})` : ''}; reply expected ${until(replyBy, byRule)}.`,
    evolve: ({ document: _, ...s }, { draft, from, on, replyBy, byRule, document }) => ({
      ...withDraft(s, document),
      stage: 'underNegotiation',
      draft,
      draftSentOn: on,
      round: s.round + 1,
      turn: missing(s, [{ side: from }]),
      turnSince: on,
      replyBy,
      byRule: ruledAfter(s, 'replyBy', byRule),
    }),
  },
  draftAccepted: {
    says: ({ side, draft }) => `${side} accepted draft ${draft}.`,
    evolve: (s, { side, on }) => {
      const turn = s.turn.filter((each) => each !== side);
      return turn.length > 0 ? { ...s, turn } : { ...s, turn, turnSince: on };
    },
  },
  turnGiven: {
    says: ({ to, replyBy, byRule }) => `It is the turn of ${to.join(', ')}; reply expected ${until(replyBy, byRule)}.`,
    evolve: (s, { to, on, replyBy, byRule, document }) => ({
      ...withDraft(s, document),
      round: s.round + 1,
      turn: to,
      turnSince: on,
      replyBy,
      byRule: ruledAfter(s, 'replyBy', byRule),
    }),
  },
  opinionAsked: {
    says: ({ from, kind, draft }) => `${from} was asked for ${kinds[kind]} on draft ${draft}.`,
    evolve: (s, { item, from, kind, draft, askedOn, replyBy, document }) => ({
      ...withDraft(s, document),
      stage: 'underReview',
      opinions: [...s.opinions, { item, from, kind, draft, askedOn, ...(replyBy ? { replyBy } : {}) }],
      reviewedSince: askedOn,
    }),
  },
  opinionGiven: {
    says: ({ from, opinion, remarks }) => `${from}: ${words[opinion]}${remarks ? `. ${remarks}` : '.'}`,
    evolve: (s, { item, opinion, on }) => ({
      ...s,
      opinions: changed(s, item, { given: opinion, givenOn: on }),
      // A late opinion does not put off the step that its expiry made due.
      ...(s.opinions.some((each) => each.item === item && each.expired) ? {} : { reviewedSince: on }),
    }),
  },
  opinionExpired: {
    says: ({ from }) => `${from} gave no opinion in time; the text can be agreed without it.`,
    evolve: (s, { item, at }) => ({
      ...s,
      opinions: changed(s, item, { expired: true }),
      reviewedSince: dayOf(at),
    }),
  },
  abandoned: {
    says: ({ side }, mou) =>
      side
        ? `${side} does not go on; it was not concluded.`
        : `The ${wordsOf(mou).sides} gave it up; it was not concluded.`,
    evolve: (s) => ({ ...s, stage: 'notConcluded' }),
  },
};
