import { item, nominees, nothing } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = {
  fixDays: { fixDays: nothing, addHost: nothing },
  openNominations: { openNominations: nothing },
  nominate: { nominate: nominees, declineInvitation: item('country') },
  confirm: { confirmParticipants: nothing, declineNominees: nothing, closeNominations: nothing },
  plan: { addActivity: nothing, circulatePlan: nothing },
  record: { recordHeld: nothing },
  evaluate: { recordEvaluation: nothing, closeEvaluation: nothing },
  report: { submitReport: nothing },
  proposeNext: { proposeNext: nothing },
  close: { close: nothing },
};
