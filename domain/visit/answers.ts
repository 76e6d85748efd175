import { facts, nothing } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

const leg = facts({ leg: 'leg' });

export const answers: AnswerRules = {
  confirm: { confirmLeg: leg, declineLeg: leg },
  checklist: { checkOff: facts({ agency: 'agencyId', subject: 'preparation', leg: 'leg' }) },
  briefingBook: { circulateBriefingBook: nothing },
  report: { submitReport: nothing },
};
