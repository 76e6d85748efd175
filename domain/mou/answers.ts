import { nothing, owner } from '../case/settled.ts';
import type { AnswerRules } from '../lifecycle.ts';

export const answers: AnswerRules = {
  proposal: { takeUp: nothing, abandon: owner('side') },
  draft: { sendDraft: owner('from') },
  reply: { acceptDraft: owner('side'), sendDraft: owner('from') },
  opinion: { giveOpinion: owner('from') },
  authority: { grantAuthority: owner('side') },
  notify: { notify: owner('side') },
  posting: { post: nothing },
};
