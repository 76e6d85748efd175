import { later } from '../dates.ts';
import type { Deadline } from '../ladder.ts';
import type { CaseHeader, MoveRules, PassingRules } from '../lifecycle.ts';
import { discussion, drafting, proposal } from './deadlines/discussion.ts';
import { notifications, posting, signing } from './deadlines/signing.ts';
import { close, committee, currentTerm, end } from './deadlines/validity.ts';
import { ruledAfter } from './order.ts';
import { continues, type Mou, type MouEvent, withSigning } from './state.ts';
import { isComplete, nextTerm, termUntil } from './terms.ts';

export function deadlines(mou: Mou, header: CaseHeader): Deadline[] {
  switch (mou.stage) {
    case 'proposed':
      return proposal(mou);
    case 'drafting':
      return drafting(mou);
    case 'underNegotiation':
    case 'underReview':
      return discussion(mou, header);
    case 'textAgreed':
    case 'signingArranged':
      return signing(mou, header);
    case 'signed':
      return [...notifications(mou), ...posting(mou)];
    case 'inEffect':
      return [...posting(mou), ...committee(mou, header), ...currentTerm(mou, header)];
    case 'noticeGiven':
      return [...posting(mou), ...end(mou, header)];
    case 'lapsed':
    case 'terminated':
      return close(mou, header);
    case 'closed':
    case 'notConcluded':
      return [];
  }
}

export const whenPassed: PassingRules<Mou, MouEvent> = {
  opinion: {
    says: 'The opinion expires; the text can be agreed without it',
    at: ['underNegotiation', 'underReview'],
    foretold: { to: ['opinion'] },
    decide: ({ opinions }, item) => {
      const opinion = opinions.find((each) => each.item === item);
      return opinion ? [{ type: 'opinionExpired', item, from: opinion.from }] : [];
    },
  },
  decide: {
    says: 'The day to decide is over; the term goes on to its end, and then as the text says',
    at: ['inEffect'],
    decide: ({ term }) => (term ? [{ type: 'decideByPassed', term: term.number }] : []),
  },
  termEnd: {
    says: 'The next term begins if the MOU renews tacitly or its renewal was agreed; else it lapses',
    at: ['inEffect'],
    leads: ['inEffect', 'lapsed'],
    foretold: { to: ['decide'], facts: ['termEnds'] },
    decide: (mou) => {
      const { term, validity, renewFor } = mou;
      if (!term?.ends || !isComplete(validity)) return [];
      return continues(mou)
        ? [
            {
              type: 'renewed',
              term: nextTerm(term, validity, renewFor),
              how: validity.renewal === 'tacit' ? 'tacit' : 'express',
            },
          ]
        : [{ type: 'lapsed', on: term.ends }];
    },
  },
  end: {
    says: 'The MOU has ended',
    at: ['noticeGiven'],
    leads: ['terminated'],
    decide: ({ ending }) => (ending ? [{ type: 'terminated', on: ending.endsOn, how: ending.how }] : []),
  },
};

/** Days that the MOU keeps itself: the record of a moved one shows the same day everywhere. */
export const whenMoved: MoveRules<Mou> = {
  draft: (mou, to) => ({ ...mou, draftBy: to, byRule: ruledAfter(mou, 'draftBy', false) }),
  reply: (mou, to) => ({ ...mou, replyBy: to, byRule: ruledAfter(mou, 'replyBy', false) }),
  opinion: (mou, to, item) => ({
    ...mou,
    opinions: mou.opinions.map((each) => (each.item === item ? { ...each, replyBy: to } : each)),
  }),
  signing: (mou, to) => withSigning(mou, { date: to }),
  termEnd: (mou, to) => (mou.term ? { ...mou, term: termUntil(to, mou.term) } : mou),
  end: (mou, to) => (mou.ending ? { ...mou, ending: { ...mou.ending, endsOn: to } } : mou),
};

/** Each side has the working days that it had left: the reply that is shown is the last of them. */
export const whenResumed: MoveRules<Mou> = {
  draft: (mou, to) => ({ ...mou, draftBy: to }),
  reply: (mou, to) => ({ ...mou, replyBy: later(mou.replyBy ?? to, to) }),
  authority: (mou, to) => ({ ...mou, authorityBy: later(mou.authorityBy ?? to, to) }),
};
