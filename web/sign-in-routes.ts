import type { Hono } from 'hono';
import { type Door, isTheirs, visitorOf } from './door.ts';
import { typedIn } from './form.ts';
import type { Gate } from './gate.ts';
import { plain, tooMany, turned } from './replies.ts';
import { askForAddress, mailLink, showLink, useLink } from './sign-in.ts';

/** How somebody comes in, and goes. */
export function signInRoutes(app: Hono, door: Door, gate: Gate): void {
  app.get('/', (c) => c.redirect('/desk', 303));
  app.get('/sign-in', gate.pages, (c) => turned(c, askForAddress(c)));
  app.post('/sign-in', gate.pages, gate.forms, async (c) => {
    if (gate.isTooManySignIns(c)) return tooMany(c);
    return turned(c, await mailLink(c, door));
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
