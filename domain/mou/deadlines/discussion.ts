import { later, plus } from '../../dates.ts';
import { filesIn } from '../../document.ts';
import { partyOfAgency, partyOfPerson } from '../../fields.ts';
import { type Deadline, defaults, shortLadder, twoThirdsLadder } from '../../ladder.ts';
import type { CaseHeader } from '../../lifecycle.ts';
import { isOpen, missing, type Mou, type Opinion } from '../state.ts';
import { numbered, owedBy, owedByRule } from './owed.ts';

const coordinatorWorkingDays = 10;

/** The sides that did not propose it answer the proposal within a month. */
export const proposal = (mou: Mou): Deadline[] =>
  missing(mou, [{ side: mou.proposedBy }]).map((side) =>
    owedByRule(
      partyOfAgency(side),
      `proposal:${side}`,
      `answer to the proposal on ${mou.subject}`,
      mou.openedOn,
      plus(mou.openedOn, 'P30D'),
    ),
  );

export function drafting(mou: Mou): Deadline[] {
  const { drafter, draftingSince, draftBy, subject } = mou;
  if (!drafter || !draftingSince || !draftBy) return [];
  const name = `draft:${drafter}`;
  return [owedBy(mou, 'draftBy', partyOfAgency(drafter), name, `first draft on ${subject}`, draftingSince, draftBy)];
}

/** Replies of those whose turn it is, opinions of those asked; when nobody else owes anything, the coordinator's step. */
export function discussion(mou: Mou, header: CaseHeader): Deadline[] {
  const { turn, turnSince, replyBy, draft, round } = mou;
  const attached = filesIn([mou.document]);
  const replies = turn.map((side) => ({
    ...owedBy(
      mou,
      'replyBy',
      partyOfAgency(side),
      `reply:${numbered(side, round, '-')}`,
      `reply to draft ${draft}`,
      turnSince ?? mou.openedOn,
      replyBy ?? mou.openedOn,
    ),
    attached,
  }));
  const opinions = mou.opinions.filter(isOpen).map((opinion) => ({ ...opinionOn(opinion), attached }));
  return replies.length + opinions.length > 0 ? [...replies, ...opinions] : [coordinatorStep(mou, header)];
}

const opinionOn = ({ item, from, kind, draft, askedOn, replyBy }: Opinion): Deadline => ({
  name: `opinion:${item}`,
  says: `${kind === 'legal' ? 'legal opinion' : 'opinion'} on draft ${draft}`,
  since: askedOn,
  due: replyBy
    ? { on: replyBy }
    : {
        on: askedOn,
        workingDays: kind === 'legal' ? defaults.legalOpinionWorkingDays : defaults.agencyOpinionWorkingDays,
      },
  owedBy: partyOfAgency(from),
  ladder: twoThirdsLadder,
  lapses: true,
});

function coordinatorStep({ stage, draft, round, turnSince, reviewedSince, openedOn }: Mou, header: CaseHeader) {
  const reviewed = stage === 'underReview';
  const since = later(turnSince ?? openedOn, reviewed ? (reviewedSince ?? openedOn) : openedOn);
  const step: Deadline = {
    name: numbered(reviewed ? 'agreeText' : 'askOpinions', round, ':'),
    says: reviewed ? `agreement on the text of draft ${draft}` : `request for opinions on draft ${draft}`,
    since,
    due: { on: since, workingDays: coordinatorWorkingDays },
    owedBy: partyOfPerson(header.coordinator),
    ladder: shortLadder,
  };
  return step;
}
