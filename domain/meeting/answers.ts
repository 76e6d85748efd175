import { item, nothing } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = {
  // Its letter asks for the hour as well, as long as nobody has said it.
  agenda: { circulateAgenda: nothing, setTime: nothing },
  record: { recordHeld: nothing },
  draftMinutes: { circulateMinutes: nothing },
  comment: { agreeMinutes: item('side'), object: item('side') },
  sign: { signMinutes: item('side') },
};
