import { nothing } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = {
  accept: { accept: nothing, refuse: nothing },
  newOwner: { handOver: nothing },
  complete: { reportDone: nothing, report: nothing, block: nothing, unblock: nothing },
  verify: { verify: nothing, return: nothing },
};
