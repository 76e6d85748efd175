import { html } from 'hono/html';
import type { Visitor } from './door.ts';
import type { Turn } from './replies.ts';
import { sheet } from './sheet.ts';

/** What somebody who is signed in has to do, and waits for. */
export const deskPage = (visitor: Visitor): Promise<Turn> =>
  Promise.resolve({ page: sheet(visitor, visitor.texts.say('desk'), html``), status: 200 });
