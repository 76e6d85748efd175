import { dayOf } from '../../dates.ts';
import { filesIn, type NamedDocument, nameOf } from '../../document.ts';
import { partyOfAgency } from '../../fields.ts';
import { nobodyHears } from '../../lifecycle.ts';
import { asking, asSide, signingCancelled, toAgencies, toCoordinator, toThoseAsked, withText } from '../letters.ts';
import { ruledAfter } from '../order.ts';
import { eventRules, missing, type Mou, type Opinion, wordsOf } from '../state.ts';

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
    evolve: (s, { to, on, replyBy, byRule, document }) => ({
      ...withDraft(s, document),
      round: s.round + 1,
      turn: to,
      turnSince: on,
      replyBy,
      byRule: ruledAfter(s, 'replyBy', byRule),
    }),
    follows: ({ to, told }, mou) => withText(mou, toAgencies('turnGiven', to, { why: told })),
  },
  opinionAsked: {
    says: ({ from, kind, draft }) => `${from} was asked for ${kinds[kind]} on draft ${draft}.`,
    evolve: (s, { item, from, kind, draft, askedOn, replyBy, document }) => ({
      ...withDraft(s, document),
      stage: 'underReview',
      opinions: [...s.opinions, { item, from, kind, draft, askedOn, ...(replyBy ? { replyBy } : {}) }],
      reviewedSince: askedOn,
    }),
    follows: ({ item, from, kind, replyBy }, mou) =>
      withText(mou, asking('opinionAsked', from, `opinion:${item}`, { opinionKind: kind, opinionBy: replyBy })),
  },
  opinionGiven: {
    says: ({ from, opinion, remarks }) => `${from}: ${words[opinion]}${remarks ? `. ${remarks}` : '.'}`,
    evolve: (s, { item, opinion, on }) => ({
      ...s,
      opinions: changed(s, item, { given: opinion, givenOn: on }),
      // A late opinion does not put off the step that its expiry made due.
      ...(s.opinions.some((each) => each.item === item && each.expired) ? {} : { reviewedSince: on }),
    }),
    follows: ({ opinion, from, remarks }, _, header) =>
      opinion === 'against' ? toCoordinator('opinionAgainst', header, { from: partyOfAgency(from), remarks }) : [],
  },
  opinionExpired: {
    says: ({ from }) => `${from} gave no opinion in time; the text can be agreed without it.`,
    evolve: (s, { item, at }) => ({
      ...s,
      opinions: changed(s, item, { expired: true }),
      reviewedSince: dayOf(at),
    }),
    follows: ({ from }, _, header) => toCoordinator('opinionExpired', header, { from: partyOfAgency(from) }),
  },
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
