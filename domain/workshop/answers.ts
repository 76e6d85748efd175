import { item, nominees, nothing } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = {
  announce: { announce: nothing },
  nominate: { nominate: nominees, declineInvitation: item('country') },
  confirm: { confirmParticipants: nothing, putOnWaitingList: nothing, declineNominees: nothing },
  record: { recordHeld: nothing },
  materials: { receiveMaterials: item('talk') },
  circulate: { circulateMaterials: nothing },
  evaluate: { recordEvaluation: nothing, closeEvaluation: nothing },
  report: { recordReport: nothing },
  close: { close: nothing },
};
