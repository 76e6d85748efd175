import { html } from 'hono/html';
import { longDay } from '../activities/mail/days.ts';
import { aboutLetter, titleFor } from '../activities/mail/render.ts';
import type { Entente } from '../client/client.ts';
import { type Consequence, type Foreseen, type Mail, type Owing, toldBy } from '../client/consequences.ts';
import type { Names } from '../database/names.ts';
import type { Facts } from '../domain/lifecycle.ts';
import { isRefusal } from '../domain/refusal.ts';
import { referencesIn } from '../domain/story.ts';
import { type Html, recorded } from './pages.ts';
import { toldIn } from './story.ts';
import type { Texts } from './texts.ts';

/** What a form would lead to, before it is sent; what the page has no words for, as the record would say it. */
export const foreseenView = (
  { texts, names }: Reading,
  { wouldRecord, told, wouldFollow, noLongerOwed, newlyOwed }: Foreseen,
): Html => html`<p><strong>${texts.say('wouldFollow')}</strong></p>
<ul>${saidOf({ texts, names }, wouldRecord, told)}${consequences({ texts, names }, wouldFollow)}</ul>
${owing({ texts, names }, 'noLongerOwed', noLongerOwed)}${owing({ texts, names }, 'newlyOwed', newlyOwed)}`;

/** In whose language, and who is called what. */
export interface Reading {
  readonly texts: Texts;
  readonly names: Names;
}

/** Who is called what in what would follow. */
export const namesOf = (entente: Entente, all: readonly Foreseen[]): Promise<Names> =>
  entente.desks.names({
    told: referencesIn(all.flatMap(toldBy)),
    letters: mailsIn(all.flatMap(({ wouldFollow }) => wouldFollow)).flatMap(({ letter }) => textsOf(letter.facts)),
    owedBy: all.flatMap(({ noLongerOwed, newlyOwed }) => [...noLongerOwed, ...newlyOwed].map(({ owedBy }) => owedBy)),
  });

const textsOf = (facts: Facts): readonly string[] =>
  Object.values(facts).flatMap((fact) => (Array.isArray(fact) ? fact : typeof fact === 'string' ? [fact] : []));

const saidOf = ({ texts, names }: Reading, sentences: readonly string[], told: Foreseen['told']): readonly Html[] =>
  sentences.map((sentence, index) => {
    const said = told[index]?.map((each) => toldIn(texts, names, each)) ?? [undefined];
    return html`<li>${said.every((each) => each !== undefined) ? said.join(' ') : recorded(texts, sentence)}</li>`;
  });

const owing = (reading: Reading, head: string, all: Foreseen['newlyOwed']): Html =>
  all.length === 0
    ? html``
    : html`<p>${reading.texts.say(head)}</p><ul>${all.map((each) => html`<li>${owingIn(reading, each)}</li>`)}</ul>`;

/** What is owed, by whom and by when. */
export function owingIn({ texts, names }: Reading, { says, told, owedBy, due }: Owing): Html {
  const whom = names.get(owedBy)?.name ?? owedBy;
  const more = [whom, due ? longDay(due, texts.code) : ''].filter(Boolean).join(', ');
  return html`${toldIn(texts, names, told) ?? recorded(texts, says)}, ${more}`;
}

/** The letters among what would follow, in whichever case. */
export const mailsIn = (all: readonly Consequence[]): readonly Mail[] =>
  all.flatMap((each) => (each.type === 'mail' ? each : isRefusal(each) ? [] : mailsIn(each.wouldFollow)));

const consequences = (reading: Reading, all: readonly Consequence[]): readonly Html[] =>
  all.map((each) => {
    const { texts } = reading;
    if (each.type === 'mail') return html`<li>${mailIn(reading, each)}</li>`;
    const called = each.title ? `${titleFor(texts.code, each.case, each.title)} (${each.case})` : each.case;
    if (isRefusal(each)) {
      const why = html`${texts.refusals[each.refused]} ${recorded(texts, each.because)}`;
      return html`<li>${texts.say('trialRefused', { case: called })}. ${why}</li>`;
    }
    const head = each.type === 'open' ? texts.say('trialOpens', { case: called }) : called;
    const inside = saidOf(reading, each.wouldRecord, each.told);
    return html`<li>${head}<ul>${inside}${consequences(reading, each.wouldFollow)}</ul></li>`;
  });

/** With what it would say it is about. */
function mailIn({ texts, names }: Reading, { text, reaches, nobody, letter }: Mail): Html {
  const about = aboutLetter({ ...letter, case_id: letter.case, text }, texts.code, names);
  if (nobody) return html`${texts.say('trialMailNobody')} (${about}): ${recorded(texts, reaches)}`;
  return html`${texts.say('trialMail', { reader: reaches })} (${about})`;
}
