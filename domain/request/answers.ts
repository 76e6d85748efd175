import { nothing, owner } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = {
  acknowledge: { acknowledge: nothing },
  completeness: { confirmComplete: nothing, askBack: nothing },
  assign: { assign: nothing },
  answer: { answer: nothing },
  opinion: { giveOpinion: owner('agency') },
  decide: { accept: nothing, decline: nothing },
};
