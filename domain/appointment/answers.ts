import { nothing } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = {
  confirm: { confirm: nothing, decline: nothing },
  record: { recordHeld: nothing },
  settle: { postpone: nothing, cancel: nothing },
  followUps: { openAction: nothing, dropFollowUp: nothing },
};
