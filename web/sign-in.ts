import type { Context } from 'hono';
import { html } from 'hono/html';
import { linkMinutes, newSecret, sessionHours } from '../client/sessions.ts';
import type { Door } from './door.ts';
import { NoForm, typedIn } from './sent.ts';
import { type Html, layout, notice, recorded } from './pages.ts';
import { passkeyForm } from './passkeys.ts';
import { placeOf } from './own-pages.ts';
import { textsFor, type Turn } from './replies.ts';
import type { Texts } from './texts.ts';

/** The page that asks for an address, and what it answers: the same whether the address is somebody's or not. */

const looksLikeAddress = /^[^\s@\p{C}]{1,64}@[^\s@\p{C}]{1,255}$/u;

export const askForAddress = async (c: Context, door: Door): Promise<Turn> => ({
  page: await addressPage(c, door, { to: placeOf(c.req.query('to')), typed: '' }),
  status: 200,
});

/** Has the link mailed. */
export async function mailLink(c: Context, door: Door): Promise<Turn> {
  const { entente, cookies } = door;
  const texts = textsFor(c);
  try {
    const typed = typedIn(await c.req.text());
    const [address, to] = [(typed.get('address') ?? '').trim(), placeOf(typed.get('to'))];
    if (!looksLikeAddress.test(address))
      return { page: await addressPage(c, door, { to, typed: address, isWrong: true }), status: 422 };
    if (!(await areMailed(door))) return { page: await addressPage(c, door, { to, typed: address }), status: 503 };
    const browser = newSecret();
    await entente.sessions.ask({ address, goesTo: to }, browser);
    cookies.keepBrowser(c, browser);
    const sentences = ['signInMailed', 'signInMailedElse'].map((each) =>
      texts.say(each, { address, minutes: linkMinutes }),
    );
    return { page: notice(texts, texts.say('signInLook'), sentences), status: 200 };
  } catch (error) {
    if (!(error instanceof NoForm)) throw error;
    return { page: notice(texts, texts.say('refused'), [recorded(texts, error.message)]), status: 400 };
  }
}

/** What a link from a mail is good for; programs that look through mail open it, so it does nothing yet. */
export async function showLink(c: Context, { entente, cookies }: Door, token: string): Promise<Turn | undefined> {
  const link = await entente.sessions.link(token, cookies.browser(c));
  const texts = textsFor(c);
  if (!link) return undefined;
  if (link.is !== 'good') return useless(texts, link.is === 'over' ? 'signInOver' : 'signInElsewhere');
  const { name } = link.person;
  const page = layout(
    texts,
    texts.say('signIn'),
    html`<main>
<h1>${texts.say('signInAs', { name })}</h1>
<p>${texts.say('signInFor', { hours: sessionHours })}</p>
<form method="post" action="/sign-in/${token}" class="plain">
<button type="submit">${texts.say('signIn')}</button>
</form>
</main>`,
  );
  return { page, status: 200 };
}

/** Signs in: once, and in the browser that asked. */
export async function useLink(c: Context, { entente, cookies }: Door, token: string): Promise<Turn | undefined> {
  const browser = cookies.browser(c);
  const started = await entente.sessions.start(token, browser);
  if (started) {
    cookies.keepSession(c, started.secret);
    return { to: placeOf(started.goesTo) };
  }
  return (await entente.sessions.link(token, browser)) ? useless(textsFor(c), 'signInOver') : undefined;
}

const useless = (texts: Texts, why: string): Turn => ({
  page: notice(texts, texts.say('signInNot'), [
    texts.say(why),
    html`<a href="/sign-in">${texts.say('signInAnother')}</a>`,
  ]),
  status: 410,
});

/** Whether there is anybody who can make a link: nobody is to wait for one that never comes. */
const areMailed = async ({ entente }: Door): Promise<boolean> => (await entente.sessions.linksLeadTo()) !== null;

interface Asking {
  readonly to: string;
  readonly typed: string;
  readonly isWrong?: boolean;
}

async function addressPage(c: Context, door: Door, asking: Asking) {
  const texts = textsFor(c);
  const { provider } = door;
  const { to } = asking;
  return layout(
    texts,
    texts.say('signIn'),
    html`<main>
<h1>${texts.say('signIn')}</h1>
${provider ? byProvider(texts, provider.name, to) : ''}
${passkeyForm(c, door, texts, to)}
${(await areMailed(door)) ? byMail(texts, asking) : html`<p>${texts.say('signInNoMail')}</p>`}
</main>`,
  );
}

function byMail(texts: Texts, { to, typed, isWrong }: Asking): Html {
  const told = isWrong ? html` aria-invalid="true" aria-describedby="address-wrong"` : '';
  return html`<p>${texts.say('signInHow')}</p>
<form method="post" action="/sign-in" class="plain" novalidate>
<input type="hidden" name="to" value="${to}">
<div class="field"><label for="address">${texts.say('signInAddress')}</label>
<input type="email" id="address" name="address" autocomplete="email" maxlength="320" value="${typed}" aria-required="true"${told}>
${isWrong ? html`<p class="wrong" id="address-wrong">${texts.say('signInNoAddress')}</p>` : ''}</div>
<button type="submit">${texts.say('signInMail')}</button>
</form>`;
}

const byProvider = (
  texts: Texts,
  name: string,
  to: string,
) => html`<form method="post" action="/sign-in/provider" class="plain">
<input type="hidden" name="to" value="${to}">
<button type="submit">${texts.say('signInWith', { name })}</button>
</form>`;
