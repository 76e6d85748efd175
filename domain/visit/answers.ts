import { facts, nothing } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

const leg = facts({ leg: 'leg' });
const act = facts({ act: 'act' });

export const answers: AnswerRules = {
  confirm: { confirmLeg: leg, declineLeg: leg },
  settleLeg: { confirmLeg: leg, moveLeg: leg, cancelLeg: leg },
  head: { nameHead: facts({ agency: 'agencyId' }) },
  members: { addMember: facts({ agency: 'agencyId' }) },
  checklist: { checkOff: facts({ agency: 'agencyId', subject: 'preparation', leg: 'leg' }) },
  briefingBook: { circulateBriefingBook: nothing },
  departure: { depart: nothing, postpone: nothing, cancel: nothing },
  report: { submitReport: nothing },
  act: { handOverAct: act, dropAct: act },
  refused: { addAct: act, dropAct: act },
  close: { openAction: nothing, close: nothing },
};
