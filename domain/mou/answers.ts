import { nothing, owner } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = {
  proposal: { takeUp: nothing, abandon: owner('side') },
  draft: { sendDraft: owner('from') },
  reply: { acceptDraft: owner('side'), sendDraft: owner('from') },
  askOpinions: { askOpinion: nothing },
  opinion: { giveOpinion: owner('from') },
  agreeText: { agreeText: nothing },
  authority: { grantAuthority: owner('side') },
  languages: { checkLanguages: nothing },
  arrangeSigning: { arrangeSigning: nothing },
  signing: { sign: nothing },
  notify: { notify: owner('side') },
  posting: { post: nothing },
  committee: { constituteCommittee: nothing },
  // The second is for an MOU that goes on unless somebody gives notice, the third for one that ends unless it is renewed.
  decide: { renew: nothing, giveNotice: nothing, letLapse: nothing },
  close: { recordSurviving: nothing, close: nothing },
};
