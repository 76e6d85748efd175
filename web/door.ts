import type { Context } from 'hono';
import type { Entente } from '../client/client.ts';
import type { Session } from '../client/sessions.ts';
import type { Cookies } from './cookies.ts';
import { isOurs } from './form.ts';
import type { Provider } from './provider.ts';
import { type Texts, textsIn } from './texts.ts';

/** What pages need of those who are signed in. */
export interface Door {
  readonly entente: Entente;
  readonly cookies: Cookies;
  /** Of the pages, as people open them. */
  readonly url: string;
  /** By whom people may sign in, besides by a mailed link. */
  readonly provider?: Provider | undefined;
}

/** Somebody who is signed in, and asks for a page. */
export interface Visitor {
  readonly c: Context;
  readonly entente: Entente;
  readonly session: Session;
  /** Of the session; forms are made with it. */
  readonly secret: string;
  readonly texts: Texts;
  /** Of the pages, as people open them. */
  readonly url: string;
}

export async function visitorOf(c: Context, { entente, cookies, url }: Door): Promise<Visitor | undefined> {
  const secret = cookies.session(c);
  const session = secret === undefined ? undefined : await entente.sessions.open(secret);
  if (!session || secret === undefined) return undefined;
  return { c, entente, session, secret, texts: textsIn(session.person.language), url };
}

/** Whether a form was made for this session. */
export const isTheirs = ({ secret }: Visitor, typed: ReadonlyMap<string, string>): boolean =>
  isOurs(secret, typed.get('sending') ?? '', typed.get('secret') ?? '');
