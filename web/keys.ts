import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { codePattern, type ListedKey } from '../client/keys.ts';
import { longDay } from '../activities/mail/days.ts';
import { dayIn } from '../domain/dates.ts';
import { isTheirs, type Visitor } from './door.ts';
import { ownInputs } from './form.ts';
import { NoForm, typedIn } from './sent.ts';
import type { Gate } from './gate.ts';
import { type Html, notice } from './pages.ts';
import { addPasskey, passkeysPart, renamePasskey } from './passkeys.ts';
import { plain, tooMany, type Turn } from './replies.ts';
import { sheet } from './sheet.ts';

/** The computers at which somebody has said who they are, and where they say so. */

type Visited = (c: Context, show: (visitor: Visitor) => Promise<Turn | Response | undefined>) => Promise<Response>;

export function keyRoutes(app: Hono, gate: Gate, visited: Visited): void {
  const sent = (act: (visitor: Visitor) => Promise<Turn | undefined>) => (c: Context) =>
    visited(c, async (visitor) => {
      if (gate.isTooMany(visitor.session.id)) return tooMany(c);
      return (await isOfSession(visitor)) ? act(visitor) : plain(c, 'foreign', 403);
    });
  app.get('/keys', gate.visits, (c) => visited(c, keysPage));
  app.post('/keys/:id/revoke', gate.visits, gate.forms, sent(revoke));
  app.post(
    '/keys/passkey',
    gate.visits,
    gate.forms,
    sent(async (visitor) => addPasskey(visitor, typedIn(await visitor.c.req.text()))),
  );
  app.post(
    '/keys/passkey/:id/name',
    gate.visits,
    gate.forms,
    sent(async (visitor) => renamePasskey(visitor, typedIn(await visitor.c.req.text()))),
  );
  app.post('/keys/passkey/:id/remove', gate.visits, gate.forms, sent(removePasskey));
  app.get('/login/:code', gate.visits, (c) => visited(c, askPage));
  app.post('/login/:code', gate.visits, gate.forms, sent(confirm));
}

async function isOfSession(visitor: Visitor): Promise<boolean> {
  try {
    return isTheirs(visitor, typedIn(await visitor.c.req.text()));
  } catch (error) {
    if (error instanceof NoForm) return false;
    throw error;
  }
}

function button({ secret }: Visitor, to: string, label: string, about?: string): Html {
  return html`<form method="post" action="${to}" class="plain">
${ownInputs(secret)}
<button type="submit"${about === undefined ? '' : html` aria-label="${about}"`}>${label}</button>
</form>`;
}

async function askPage(visitor: Visitor): Promise<Turn> {
  const { c, entente, session, texts } = visitor;
  const code = c.req.param('code') ?? '';
  const asked = codePattern.test(code) ? await entente.keys.asked(code) : undefined;
  if (!asked) return nothingAsked(visitor);
  const facts = { place: asked.place, name: session.person.name };
  const page = sheet(
    visitor,
    texts.say('loginTitle'),
    html`<p>${texts.say('loginAsked', facts)}</p>
<p class="code"><strong>${code}</strong></p>
<p>${texts.say('loginOnly', facts)}</p>
${button(visitor, `/login/${code}`, texts.say('loginMe'))}`,
  );
  return { page, status: 200 };
}

const nothingAsked = ({ texts }: Visitor): Turn => ({
  page: notice(texts, texts.say('loginNone'), [texts.say('loginNoneWhat')]),
  status: 410,
});

async function confirm(visitor: Visitor): Promise<Turn> {
  const { c, entente, session } = visitor;
  const code = c.req.param('code') ?? '';
  const isConfirmed = codePattern.test(code) && (await entente.keys.confirm(code, session));
  return isConfirmed ? { to: '/keys' } : nothingAsked(visitor);
}

async function keysPage(visitor: Visitor): Promise<Turn> {
  const { entente, session, texts } = visitor;
  const keys = await entente.keys.list(session.person.person);
  const page = sheet(
    visitor,
    texts.say('keys'),
    html`<p>${texts.say('keysWhat')}</p>
${keys.length > 0 ? html`<ul class="rows">${keys.map((key) => row(visitor, key))}</ul>` : html`<p class="quiet">${texts.say('keysNone')}</p>`}
${await passkeysPart(visitor, (to, label, about) => button(visitor, to, label, about))}`,
  );
  return { page, status: 200 };
}

function row(visitor: Visitor, { id, place, from, until, revokedAt, isGood, used }: ListedKey): Html {
  const { session, texts } = visitor;
  const day = (at: string | null): string => (at === null ? '' : longDay(dayIn(at, session.person.zone), texts.code));
  const span = { from: day(from), until: day(revokedAt ?? until) };
  return html`<li><strong>${place}</strong> <span class="id">${id}</span>
<span class="quiet">${texts.say(revokedAt === null ? 'keySpan' : 'keyRevoked', span)} ${texts.say('keyUsed', { count: used })}</span>
${isGood ? button(visitor, `/keys/${id}/revoke`, texts.say('keyRevoke'), texts.say('keyRevokeOf', { place })) : ''}</li>`;
}

/** Of their own: of a key of somebody else nothing is said. */
async function revoke(visitor: Visitor): Promise<Turn | undefined> {
  const { c, entente, session } = visitor;
  const { person } = session.person;
  const own = (await entente.keys.list(person)).find(({ id }) => id === c.req.param('id'));
  if (!own) return undefined;
  await entente.keys.revoke(own.id, { by: person, why: 'revoked on the page of keys' });
  return { to: '/keys' };
}

async function removePasskey({ c, entente, session }: Visitor): Promise<Turn> {
  await entente.passkeys.remove(session, c.req.param('id') ?? '');
  return { to: '/keys' };
}
