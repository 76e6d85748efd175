import { z } from 'zod';
import { owner } from '../case/settled.ts';
import { refuseDay, refusePlan } from '../date-rules.ts';
import { dayOf } from '../dates.ts';
import { type DeadlineRule, movedIn } from '../deadlines.ts';
import { filesIn, refuseTextMissing } from '../document.ts';
import { agency, date, partyOfAgency, text } from '../fields.ts';
import { defaults, twoThirdsLadder } from '../ladder.ts';
import { refuse } from '../refusal.ts';
import { presentDraft, theDraft, underDiscussion, withDraft } from './draft.ts';
import { day } from './fields.ts';
import { asking, toCoordinator, withText } from './letters.ts';
import { onItsDay, todayAfter } from './order.ts';
import {
  command,
  eventRules,
  isOpen,
  type Mou,
  type MouEvent,
  type Opinion,
  opinionKinds,
  opinionsGiven,
} from './state.ts';

/** The opinion of an agency on a draft: how it is asked, by when it is owed, and what it or its absence changes. */

export const opinionCommands = {
  askOpinion: command({
    says: 'Ask an agency for its opinion on the draft: a legal one, or that of the foreign ministry',
    by: ['coordinator'],
    from: underDiscussion,
    to: ['underReview'],
    input: {
      from: agency.describe('the agency that is asked'),
      kind: z
        .enum(opinionKinds)
        .default('legal')
        .describe('legal: 15 working days; foreignMinistry and other: 10 working days'),
      on: day('the day it was asked'),
      replyBy: date.optional().describe('when the opinion is due, instead of the usual period'),
      document: presentDraft,
    },
    decide: ({ from, kind, on, replyBy, document }, mou, context) => {
      const { today } = context;
      const draft = { on: mou.draftSentOn, what: `draft ${mou.draft}` };
      const askedOn = on ?? todayAfter(today, draft);
      if (mou.opinions.some((each) => each.from === from && isOpen(each)))
        return refuse('AlreadyDone', `${from} has been asked already and has not answered yet.`);
      const times = mou.opinions.filter((each) => each.from === from).length + 1;
      const item = times === 1 ? from : `${from}-${times}`;
      return (
        refuseDay('Asking', askedOn, today, draft) ??
        (replyBy ? refusePlan('The opinion', replyBy, today, { on: askedOn, what: 'it was asked' }) : undefined) ??
        refuseTextMissing(theDraft, [document ?? mou.document], context) ?? [
          { type: 'opinionAsked', item, from, kind, draft: mou.draft, askedOn, replyBy, document },
        ]
      );
    },
  }),
  giveOpinion: command({
    says: 'An agency gives its opinion on the draft; also after its time is over',
    by: ['owing', 'coordinator'],
    from: underDiscussion,
    input: {
      from: agency.describe('the agency that was asked'),
      opinion: z.enum(opinionsGiven).describe('what it says; an opinion against keeps the text from being agreed'),
      remarks: text.optional().describe('the remarks or objections; needed unless it is in favour'),
      on: day('the day of the opinion'),
    },
    decide: ({ from, opinion, remarks, on }, mou, { today }) => {
      const asked = mou.opinions.findLast((each) => each.from === from);
      if (!asked)
        return refuse('UnknownItem', `${from} has not been asked for an opinion; ask for it first with ask-opinion.`);
      if (asked.given) return refuse('AlreadyDone', `${from} has given its opinion already; ask for a new one first.`);
      if (opinion !== 'inFavour' && !remarks)
        return refuse('InvalidInput', 'remarks: an opinion with remarks or against says what is wrong.');
      const request = { on: asked.askedOn, what: 'the opinion was asked for' };
      return onItsDay('The opinion', on, today, request, (given) => [
        { type: 'opinionGiven', item: asked.item, from, opinion, remarks, on: given },
      ]);
    },
  }),
};

export const opinion: DeadlineRule<Mou, MouEvent> = {
  stages: underDiscussion,
  owed: ({ opinions, document }) =>
    opinions.filter(isOpen).map(({ item, from, kind, draft, askedOn, replyBy }) => {
      const [noun, workingDays] =
        kind === 'legal'
          ? ['legal opinion', defaults.legalOpinionWorkingDays]
          : ['opinion', defaults.agencyOpinionWorkingDays];
      return {
        item,
        says: `${noun} on draft ${draft}`,
        since: askedOn,
        due: replyBy ? { on: replyBy } : { on: askedOn, workingDays },
        owedBy: partyOfAgency(from),
        ladder: twoThirdsLadder,
        lapses: true,
        attached: filesIn([document]),
      };
    }),
  answeredBy: { giveOpinion: owner('from') },
  whenPassed: {
    says: 'The opinion expires; the text can be agreed without it',
    foretold: { to: ['opinion'] },
    decide: ({ opinions }, item) => {
      const opinion = opinions.find((each) => each.item === item);
      return opinion ? [{ type: 'opinionExpired', item, from: opinion.from }] : [];
    },
  },
  whenMoved: movedIn('opinions', 'replyBy', ({ item }: Opinion) => item),
};

const words = { inFavour: 'in favour', withRemarks: 'with remarks', against: 'against' };
const kinds = { legal: 'a legal opinion', foreignMinistry: "the foreign ministry's opinion", other: 'an opinion' };

const changed = (mou: Mou, item: string, change: Partial<Opinion>): readonly Opinion[] =>
  mou.opinions.map((opinion) => (opinion.item === item ? { ...opinion, ...change } : opinion));

export const opinionEvents = eventRules({
  opinionAsked: {
    says: ({ from, kind, draft }) => `${from} was asked for ${kinds[kind]} on draft ${draft}.`,
    evolve: (s, { item, from, kind, draft, askedOn, replyBy, document }) => ({
      ...withDraft(s, document),
      stage: 'underReview',
      opinions: [...s.opinions, { item, from, kind, draft, askedOn, ...(replyBy ? { replyBy } : {}) }],
      reviewedSince: askedOn,
    }),
    follows: ({ item, from, kind, replyBy }, mou) =>
      withText(mou, asking('opinionAsked', from, { what: 'opinion', item }, { opinionKind: kind, opinionBy: replyBy })),
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
});
