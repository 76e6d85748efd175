import { item, nominees, nothing } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = {
  announce: { announce: nothing },
  nominate: { nominate: nominees, declineInvitation: item('country') },
  materials: { receiveMaterials: item('talk') },
  report: { recordReport: nothing },
};
