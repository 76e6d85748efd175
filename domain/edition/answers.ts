import { item, nominees, nothing } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = {
  nominate: { nominate: nominees, declineInvitation: item('country') },
  report: { submitReport: nothing },
  proposeNext: { proposeNext: nothing },
};
