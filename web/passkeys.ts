import type { Context } from 'hono';
import { html } from 'hono/html';
import { challengeOf, handleOf, type PasskeyRow, ticketOf } from '../client/passkeys.ts';
import { newSecret } from '../client/sessions.ts';
import { longDay } from '../activities/mail/days.ts';
import { dayIn } from '../domain/dates.ts';
import type { Door, Visitor } from './door.ts';
import { ownInputs } from './form.ts';
import { NoForm, typedIn } from './sent.ts';
import { withOurScript } from './guard.ts';
import { type Html, notice } from './pages.ts';
import { textsFor, type Turn } from './replies.ts';
import { placeOf } from './own-pages.ts';
import type { Texts } from './texts.ts';
import { newTicket, ticketGoesTo } from './ticket.ts';

/** Passkeys: signing in by them, and where somebody has theirs. The forms are shown by the script that they need. */

const longestName = 60;

/** Authenticators take names of hosts alone, and no addresses of networks. */
export const hasPasskeys = (url: string): boolean => !/^[\d.]+$|^\[/.test(new URL(url).hostname);

const script = html`<script src="/passkey.js" type="module"></script>`;

const formOf = (how: 'get' | 'create', action: string, options: object, body: Html, texts: Texts): Html =>
  html`<form method="post" action="${action}" class="plain" data-passkey="${how}" data-options="${JSON.stringify(options)}" hidden>
${body}
<input type="hidden" name="answer" value="">
<p class="wrong" role="alert" hidden>${texts.say('passkeyFailed')}</p>
</form>${script}`;

/** The button by which somebody signs in who has one. */
export function passkeyForm(c: Context, { cookies, url }: Door, texts: Texts, to: string): Html {
  if (!hasPasskeys(url)) return html``;
  const browser = cookies.errand(c) ?? newSecret();
  cookies.keepErrand(c, browser);
  withOurScript(c);
  const options = {
    challenge: challengeOf(newTicket(browser, 'passkey', to)),
    rpId: new URL(url).hostname,
    userVerification: 'required',
  };
  return formOf(
    'get',
    '/sign-in/passkey',
    options,
    html`<button type="submit">${texts.say('passkeySignIn')}</button>`,
    texts,
  );
}

/** Signs in whoever has the passkey that has signed what this browser was given. */
export async function signInByPasskey(c: Context, { cookies, entente, url }: Door): Promise<Turn> {
  const texts = textsFor(c);
  const answer = await answerIn(c);
  const browser = cookies.errand(c);
  const ticket = ticketOf(answer);
  const goesTo = ticketGoesTo(browser, 'passkey', ticket);
  const site = { url, isTicket: (given: string) => ticketGoesTo(browser, 'passkey', given) !== undefined };
  const secret =
    browser === undefined || goesTo === undefined
      ? undefined
      : await entente.passkeys.start(answer, site, { ticket, browser, goesTo, way: 'passkey' });
  if (secret === undefined) {
    const another = html`<a href="/sign-in">${texts.say('signInElse')}</a>`;
    return { page: notice(texts, texts.say('signInNotYou'), [texts.say('passkeyNot'), another]), status: 403 };
  }
  cookies.forgetErrand(c);
  cookies.keepSession(c, secret);
  return { to: placeOf(goesTo) };
}

async function answerIn(c: Context): Promise<string> {
  try {
    return typedIn(await c.req.text()).get('answer') ?? '';
  } catch (error) {
    if (error instanceof NoForm) return '';
    throw error;
  }
}

/** Those that somebody has, on their page of keys. */
export async function passkeysPart(
  visitor: Visitor,
  button: (id: string, label: string, about: string) => Html,
): Promise<Html> {
  const { entente, session, secret, texts, url } = visitor;
  if (!hasPasskeys(url)) return html``;
  const passkeys = await entente.passkeys.list(session);
  const day = (at: string): string => longDay(dayIn(at, session.person.zone), texts.code);
  const row = ({ id, name, made_at, used_at }: PasskeyRow, nth: number): Html => html`<li><strong>${name}</strong>
<span class="quiet">${texts.say('passkeyFrom', { day: day(made_at) })} ${used_at === null ? texts.say('passkeyUnused') : texts.say('passkeyUsed', { day: day(used_at) })}</span>
<details><summary aria-label="${texts.say('passkeyRenameOf', { name })}">${texts.say('passkeyRename')}</summary>
<form method="post" action="/keys/passkey/${id}/name" class="plain">
${ownInputs(secret)}
${nameField(`passkey-name-${nth}`, texts, name)}
<button type="submit">${texts.say('passkeyRenameSave')}</button>
</form></details>
${button(`/keys/passkey/${id}/remove`, texts.say('passkeyRemove'), texts.say('passkeyRemoveOf', { name }))}</li>`;
  return html`<h2>${texts.say('passkeys')}</h2>
<p>${texts.say('passkeysWhat')}</p>
${passkeys.length > 0 ? html`<ul class="rows">${passkeys.map(row)}</ul>` : ''}
<noscript><p class="quiet">${texts.say('passkeyScript')}</p></noscript>
${newPasskey(visitor, passkeys)}`;
}

const nameField = (id: string, texts: Texts, name = ''): Html =>
  html`<div class="field"><label for="${id}">${texts.say('passkeyName')}</label>
<input id="${id}" name="name" value="${name}" maxlength="${longestName}" required autocomplete="off"></div>`;

function nameIn(typed: ReadonlyMap<string, string>): string | undefined {
  const name = (typed.get('name') ?? '').trim();
  return name !== '' && name.length <= longestName && !/\p{Cc}/u.test(name) ? name : undefined;
}

function newPasskey({ c, session, secret, texts, url }: Visitor, passkeys: readonly PasskeyRow[]): Html {
  withOurScript(c);
  const { person, name, address } = session.person;
  const options = {
    challenge: challengeOf(newTicket(secret, 'new passkey', '/keys')),
    rp: { id: new URL(url).hostname, name: 'Entente' },
    user: { id: handleOf(person), name: address ?? person, displayName: name },
    pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
    excludeCredentials: passkeys.map(({ id }) => ({ type: 'public-key', id })),
  };
  const body = html`${ownInputs(secret)}
${nameField('passkey-name', texts)}
<button type="submit">${texts.say('passkeyAdd')}</button>`;
  return formOf('create', '/keys/passkey', options, body, texts);
}

/** Keeps a new one, by the form that the page of keys has made. */
export async function addPasskey(
  { entente, session, secret, texts, url }: Visitor,
  typed: ReadonlyMap<string, string>,
): Promise<Turn> {
  const name = nameIn(typed);
  const site = { url, isTicket: (given: string) => ticketGoesTo(secret, 'new passkey', given) !== undefined };
  const answer = typed.get('answer') ?? '';
  if (name !== undefined && (await entente.passkeys.add(session, name, answer, site))) return { to: '/keys' };
  return notTaken(texts, 'passkeyNotKept', 'passkeyNotKeptWhat');
}

/** Calls one of their own something else; of one of somebody else nothing is said. */
export async function renamePasskey(
  { c, entente, session, texts }: Visitor,
  typed: ReadonlyMap<string, string>,
): Promise<Turn> {
  const name = nameIn(typed);
  if (name === undefined) return notTaken(texts, 'passkeyNotRenamed', 'passkeyNotRenamedWhat');
  await entente.passkeys.rename(session, c.req.param('id') ?? '', name);
  return { to: '/keys' };
}

function notTaken(texts: Texts, title: string, what: string): Turn {
  const back = html`<a href="/keys">${texts.say('keys')}</a>`;
  return { page: notice(texts, texts.say(title), [texts.say(what), back]), status: 422 };
}
