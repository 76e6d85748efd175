import { html } from 'hono/html';
import type { Consequence, Foreseen } from '../client/consequences.ts';
import { spaced } from '../domain/case/label.ts';
import { isRefusal } from '../domain/refusal.ts';
import { type Html, recorded } from './pages.ts';
import type { Texts } from './texts.ts';

/** What a form would lead to, before it is sent: as the record would say it. */
export const foreseenView = (
  texts: Texts,
  { wouldRecord, wouldFollow, noLongerOwed, newlyOwed }: Foreseen,
): Html => html`<p><strong>${texts.say('wouldFollow')}</strong></p>
<ul>${wouldRecord.map((sentence) => html`<li>${recorded(sentence)}</li>`)}${consequences(wouldFollow)}</ul>
${owing(texts.say('noLongerOwed'), noLongerOwed)}${owing(texts.say('newlyOwed'), newlyOwed)}`;

const owing = (head: string, all: Foreseen['newlyOwed']): Html =>
  all.length === 0
    ? html``
    : html`<p>${head}</p><ul>${all.map(({ says, owedBy, due }) => html`<li>${recorded([says, owedBy, due].filter(Boolean).join(', '))}</li>`)}</ul>`;

/** The letters among what would follow, in whichever case. */
export const mailsIn = (all: readonly Consequence[]): readonly Extract<Consequence, { type: 'mail' }>[] =>
  all.flatMap((each) => (each.type === 'mail' ? each : isRefusal(each) ? [] : mailsIn(each.wouldFollow)));

const consequences = (all: readonly Consequence[]): readonly Html[] =>
  all.map((each) => {
    if (each.type === 'mail') {
      const about = spaced(each.text.split('.')[1] ?? each.text);
      return html`<li>${recorded(`Mail (${about}): ${each.reaches}`)}</li>`;
    }
    const head = each.type === 'open' ? `${each.case} is opened` : `${each.case}: ${spaced(each.command)}`;
    if (isRefusal(each)) return html`<li>${recorded(`${head}. It would refuse: ${each.because}`)}</li>`;
    const inside = each.wouldRecord.map((sentence) => html`<li>${recorded(sentence)}</li>`);
    return html`<li>${recorded(head)}<ul>${inside}${consequences(each.wouldFollow)}</ul></li>`;
  });
