import type { Context, Hono } from 'hono';
import { agendaPage } from './agenda.ts';
import { casesPage } from './cases.ts';
import { commandCase, paperOf, showCase } from './case-door.ts';
import { countriesPage, countryPage } from './country.ts';
import { deskPage } from './desk.ts';
import { type Door, type Visitor, visitorOf } from './door.ts';
import type { Gate } from './gate.ts';
import { changeFeed, feedPage, readFeed } from './feed.ts';
import { keyRoutes } from './keys.ts';
import { importPage, importSheet } from './importing.ts';
import { revokeInLetter, showLetter } from './letter.ts';
import { listPage, listsPage } from './list.ts';
import { monthPage } from './month.ts';
import { openKind, openingPage, openingsPage } from './opening.ts';
import { peoplePage } from './people.ts';
import { changePerson, personPage } from './person.ts';
import { plain, tooMany, type Turn, turned } from './replies.ts';
import { timelinePage } from './timeline.ts';

/** The pages of those who are signed in. */
export function deskRoutes(app: Hono, door: Door, gate: Gate): void {
  const visited = async (
    c: Context,
    show: (visitor: Visitor) => Promise<Turn | Response | undefined>,
  ): Promise<Response> => {
    const visitor = await visitorOf(c, door);
    if (gate.isOneTooMany(c, visitor?.session.person.person)) return tooMany(c);
    if (!visitor) return c.redirect(`/sign-in?to=${encodeURIComponent(c.req.path)}`, 303);
    const shown = await show(visitor);
    // A case that there is not, and one that is not for this person, are the same to them.
    if (!shown) return plain(c, 'noCase', 404);
    return shown instanceof Response ? shown : turned(c, shown);
  };
  const sent =
    (act: (visitor: Visitor) => Promise<Turn | Response | undefined>) =>
    (c: Context): Promise<Response> =>
      visited(c, async (visitor) => (gate.isTooMany(visitor.session.id) ? tooMany(c) : act(visitor)));
  keyRoutes(app, gate, visited);
  const pages = { desk: deskPage, list: listsPage, month: monthPage, agenda: agendaPage, timeline: timelinePage };
  for (const [name, page] of Object.entries(pages)) app.get(`/${name}`, gate.visits, (c) => visited(c, page));
  app.get('/list/cases', gate.visits, (c) => visited(c, casesPage));
  app.get('/list/:name', gate.visits, (c) => visited(c, listPage));
  app.get('/country', gate.visits, (c) => visited(c, countriesPage));
  app.get('/country/:code', gate.visits, (c) => visited(c, countryPage));
  app.get('/people', gate.visits, (c) => visited(c, peoplePage));
  app.get('/person/:id', gate.visits, (c) => visited(c, personPage));
  app.post('/person/:id', gate.visits, gate.forms, sent(changePerson));
  app.get('/open', gate.visits, (c) => visited(c, openingsPage));
  app.get('/open/:kind', gate.visits, (c) => visited(c, openingPage));
  app.post('/open/:kind', gate.visits, gate.forms, sent(openKind));
  app.get('/import', gate.visits, (c) => visited(c, importPage));
  app.post('/import', gate.visits, gate.forms, sent(importSheet));
  app.get('/case/:kind/:id', gate.visits, (c) => visited(c, showCase));
  app.get('/case/:kind/:id/letter', gate.visits, (c) => visited(c, showLetter));
  app.post('/case/:kind/:id/letter', gate.visits, gate.forms, sent(revokeInLetter));
  app.get('/case/:kind/:id/paper/:sha256', gate.visits, (c) => visited(c, paperOf));
  app.get('/feed', gate.visits, (c) => visited(c, feedPage));
  app.post(
    '/feed',
    gate.visits,
    gate.forms,
    sent((visitor) => changeFeed(visitor, gate.url)),
  );
  // Calendar programs ask here, of whom there is nothing but the address.
  app.get('/feed/:token', gate.pages, (c) => gate.found(c, () => readFeed(c, door.entente)));
  app.post('/case/:kind/:id', gate.visits, gate.forms, sent(commandCase));
}
