import type { Context } from 'hono';
import { html } from 'hono/html';
import { newSecret } from '../client/sessions.ts';
import type { Door } from './door.ts';
import { NoForm, typedIn } from './sent.ts';
import { layout, notice, recorded } from './pages.ts';
import { type Checks, NotVouchedError, type Provider, ProviderDownError } from './provider.ts';
import { textsFor, type Turn } from './replies.ts';
import { placeOf } from './own-pages.ts';
import type { Texts } from './texts.ts';
import { besideTicket, newTicket, ticketGoesTo } from './ticket.ts';

/** Signing in by the ministry's own provider: somebody is sent there, and comes back with what it says of them. */

interface Here extends Door {
  readonly provider: Provider;
  readonly say: (line: string) => void;
}

const checksOf = (browser: string, state: string): Checks => ({
  state,
  nonce: besideTicket(browser, 'nonce', state),
  verifier: besideTicket(browser, 'verifier', state),
});

/**
 * Sends somebody to the provider. By a page and not by a redirect: browsers hold each host that a form leads to against the
 * policy, also those to which the provider sends people on, and the policy names none but ours.
 */
export async function goToProvider(c: Context, here: Here): Promise<Turn> {
  const { cookies, provider } = here;
  const texts = textsFor(c);
  try {
    const goesTo = placeOf(typedIn(await c.req.text()).get('to'));
    const browser = cookies.errand(c) ?? newSecret();
    const address = await provider.address(checksOf(browser, newTicket(browser, 'provider', goesTo)));
    cookies.keepErrand(c, browser);
    const { name } = provider;
    const page = layout(
      texts,
      texts.say('signInWith', { name }),
      html`<main><h1>${texts.say('signInWith', { name })}</h1><p><a href="${address}">${texts.say('providerGo', { name })}</a></p></main>`,
      { goesOnTo: address },
    );
    return { page, status: 200 };
  } catch (error) {
    if (error instanceof NoForm)
      return { page: notice(texts, texts.say('refused'), [recorded(texts, error.message)]), status: 400 };
    return failedAt(here, texts, error);
  }
}

/** Signs in whoever comes back: in the browser that was sent, once, and if the directory has them. */
export async function comeFromProvider(c: Context, here: Here): Promise<Turn> {
  const { cookies, provider, entente } = here;
  const texts = textsFor(c);
  const { name } = provider;
  const browser = cookies.errand(c);
  const state = c.req.query('state') ?? '';
  const goesTo = ticketGoesTo(browser, 'provider', state);
  if (browser === undefined || goesTo === undefined) return not(texts, texts.say('providerRefused', { name }));
  const id = await entente.sessions.take({ ticket: state, browser, goesTo, way: 'provider' });
  if (id === undefined) return not(texts, texts.say('providerRefused', { name }));
  try {
    const { email, isVerified } = await provider.vouched(new URL(c.req.url).search, checksOf(browser, state));
    if (email === undefined || !isVerified) return not(texts, texts.say('providerUnverified', { name }));
    const secret = await entente.sessions.startByAddress(id, email);
    if (secret === undefined) return not(texts, texts.say('providerNobody', { name, address: email }));
    cookies.forgetErrand(c);
    cookies.keepSession(c, secret);
    return { to: placeOf(goesTo) };
  } catch (error) {
    return failedAt(here, texts, error);
  }
}

function failedAt({ provider: { name }, say }: Here, texts: Texts, error: unknown): Turn {
  if (error instanceof NotVouchedError) {
    say(`The provider signed nobody in: ${error.message}`);
    return not(texts, texts.say('providerRefused', { name }));
  }
  if (!(error instanceof ProviderDownError)) throw error;
  say(`The provider does not answer: ${error.message}`);
  return {
    page: notice(texts, texts.say('providerDown', { name }), [texts.say('providerDownWhat'), anotherWay(texts)]),
    status: 503,
  };
}

const not = (texts: Texts, why: string): Turn => ({
  page: notice(texts, texts.say('signInNotYou'), [why, anotherWay(texts)]),
  status: 403,
});

const anotherWay = (texts: Texts) => html`<a href="/sign-in">${texts.say('signInElse')}</a>`;
