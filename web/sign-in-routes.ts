import type { Hono } from 'hono';
import { type Door, isTheirs, visitorOf } from './door.ts';
import { typedIn } from './sent.ts';
import type { Gate } from './gate.ts';
import { plain, tooMany, turned } from './replies.ts';
import { signInByPasskey } from './passkeys.ts';
import { comeFromProvider, goToProvider } from './sign-in-provider.ts';
import { askForAddress, mailLink, showLink, useLink } from './sign-in.ts';

/** How somebody comes in, and goes. */
export function signInRoutes(app: Hono, door: Door, gate: Gate, say: (line: string) => void): void {
  app.get('/', (c) => c.redirect('/desk', 303));
  app.get('/sign-in', gate.pages, async (c) => turned(c, await askForAddress(c, door)));
  app.post('/sign-in', gate.pages, gate.forms, async (c) => {
    if (gate.isTooManySignIns(c)) return tooMany(c);
    return turned(c, await mailLink(c, door));
  });
  if (door.provider) providerRoutes(app, { ...door, provider: door.provider, say }, gate);
  app.post('/sign-in/passkey', gate.pages, gate.forms, async (c) => {
    if (gate.isTooMuch(c, 'brought back', gate.limits.signIns)) return tooMany(c);
    return turned(c, await signInByPasskey(c, door));
  });
  app.get('/sign-in/:token', gate.pages, (c) => gate.found(c, () => showLink(c, door, c.req.param('token'))));
  app.post('/sign-in/:token', gate.pages, gate.forms, (c) =>
    gate.found(c, () => useLink(c, door, c.req.param('token'))),
  );
  app.post('/sign-out', gate.pages, gate.forms, async (c) => {
    const visitor = await visitorOf(c, door);
    if (visitor && !isTheirs(visitor, typedIn(await c.req.text()))) return plain(c, 'foreign', 403);
    if (visitor) await door.entente.sessions.end(visitor.session);
    door.cookies.forget(c);
    return c.redirect('/sign-in', 303);
  });
}

/** To the ministry's provider and back; its address has to be known there as `https://HOST/sign-in/provider`. */
function providerRoutes(app: Hono, here: Parameters<typeof goToProvider>[1], gate: Gate): void {
  app.post('/sign-in/provider', gate.pages, gate.forms, async (c) => {
    if (gate.isTooMuch(c, 'sign-in', gate.limits.signIns)) return tooMany(c);
    return turned(c, await goToProvider(c, here));
  });
  app.get('/sign-in/provider', gate.pages, async (c) => {
    if (gate.isTooMuch(c, 'brought back', gate.limits.signIns)) return tooMany(c);
    return turned(c, await comeFromProvider(c, here));
  });
}
