import type { Context, Hono } from 'hono';
import { deskPage } from './desk.ts';
import { type Door, type Visitor, visitorOf } from './door.ts';
import type { Gate } from './gate.ts';
import { type Turn, turned } from './replies.ts';

/** The pages of those who are signed in. */
export function deskRoutes(app: Hono, door: Door, gate: Gate): void {
  const visited = async (c: Context, show: (visitor: Visitor) => Promise<Turn>): Promise<Response> => {
    const visitor = await visitorOf(c, door);
    if (visitor) return turned(c, await show(visitor));
    return c.redirect(`/sign-in?to=${encodeURIComponent(c.req.path)}`, 303);
  };
  app.get('/desk', gate.pages, (c) => visited(c, deskPage));
}
