import { item, nothing } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = {
  agenda: { circulateAgenda: nothing },
  draftMinutes: { circulateMinutes: nothing },
  comment: { agreeMinutes: item('side'), object: item('side') },
  sign: { signMinutes: item('side') },
};
