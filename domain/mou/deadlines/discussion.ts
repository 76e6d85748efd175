import { nothing, owner } from '../../case/settled.ts';
import { later, plus } from '../../dates.ts';
import { byCoordinator, type DeadlineRules, type Owed } from '../../deadlines.ts';
import { filesIn } from '../../document.ts';
import { partyOfAgency } from '../../fields.ts';
import { byRule } from '../../ladder.ts';
import { underDiscussion } from '../draft.ts';
import { opinion } from '../opinion.ts';
import { ruledAfter } from '../order.ts';
import { isOpen, missing, type Mou, type MouEvent } from '../state.ts';
import { bySaidDay, bySide, times } from './owed.ts';

const coordinatorWorkingDays = 10;

/** The coordinator's step, when nobody else owes anything. */
const isCoordinators = ({ turn, opinions }: Mou): boolean => turn.length === 0 && !opinions.some(isOpen);

const step = (round: number, says: string, since: string): Owed => ({
  ...times(round),
  ...byCoordinator(says, since, coordinatorWorkingDays),
});

export const discussion: DeadlineRules<Mou, MouEvent> = {
  // The sides that did not propose it answer the proposal within a month.
  proposal: {
    stages: ['proposed'],
    owed: (mou) =>
      missing(mou, [{ side: mou.proposedBy }]).map((side) => ({
        item: side,
        says: `answer to the proposal on ${mou.subject}`,
        since: mou.openedOn,
        ...byRule(plus(mou.openedOn, 'P30D')),
        owedBy: partyOfAgency(side),
      })),
    answeredBy: { takeUp: nothing, abandon: owner('side') },
  },
  draft: {
    stages: ['drafting'],
    owed: (mou) => {
      const { drafter, draftingSince: since, draftBy, subject } = mou;
      if (!drafter || !since || !draftBy) return [];
      const owedBy = partyOfAgency(drafter);
      return { item: drafter, says: `first draft on ${subject}`, since, ...bySaidDay(mou, 'draftBy', draftBy), owedBy };
    },
    answeredBy: { sendDraft: owner('from') },
    whenMoved: (mou, to) => ({ ...mou, draftBy: to, byRule: ruledAfter(mou, 'draftBy', false) }),
    whenResumed: (mou, to) => ({ ...mou, draftBy: to }),
  },
  reply: {
    stages: underDiscussion,
    owed: (mou) =>
      mou.turn.map((side) => ({
        item: bySide(side, mou.round),
        says: `reply to draft ${mou.draft}`,
        since: mou.turnSince ?? mou.openedOn,
        ...bySaidDay(mou, 'replyBy', mou.replyBy ?? mou.openedOn),
        owedBy: partyOfAgency(side),
        attached: filesIn([mou.document]),
      })),
    answeredBy: { acceptDraft: owner('side'), sendDraft: owner('from') },
    whenMoved: (mou, to) => ({ ...mou, replyBy: to, byRule: ruledAfter(mou, 'replyBy', false) }),
    // Each side has the working days that it had left: the reply that is shown is the last of them.
    whenResumed: (mou, to) => ({ ...mou, replyBy: later(mou.replyBy ?? to, to) }),
  },
  opinion,
  askOpinions: {
    stages: ['underNegotiation'],
    isOwed: isCoordinators,
    owed: ({ draft, round, openedOn, turnSince = openedOn }) =>
      step(round, `request for opinions on draft ${draft}`, later(turnSince, openedOn)),
    answeredBy: { askOpinion: nothing },
  },
  agreeText: {
    stages: ['underReview'],
    isOwed: isCoordinators,
    owed: ({ draft, round, openedOn, turnSince = openedOn, reviewedSince = openedOn }) =>
      step(round, `agreement on the text of draft ${draft}`, later(turnSince, reviewedSince)),
    answeredBy: { agreeText: nothing },
  },
};
