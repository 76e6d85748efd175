import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import type { Entente } from '../client/client.ts';
import { answer, show } from './answer.ts';
import { Cookies } from './cookies.ts';
import { deskRoutes } from './desk-routes.ts';
import { Gate } from './gate.ts';
import { isAddressedToUs, isOurAddress, securityHeaders } from './guard.ts';
import type { ProviderSettings } from '../stack/settings.ts';
import { Provider } from './provider.ts';
import { type Limits, usualLimits } from './rate.ts';
import { failed, plain, tooMany, type Turn } from './replies.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { type Asked, letterPage } from './standing.ts';
import { textsIn } from './texts.ts';

export interface WebOptions {
  readonly entente: Entente;
  /** As people open it. */
  readonly url: string;
  /** What connects is a proxy of ours, which says who asks. */
  readonly behindProxy: boolean;
  /** By whom people may sign in, besides by a mailed link. */
  readonly provider?: ProviderSettings | undefined;
  readonly limits?: Limits;
  /** Told of faults, never of addresses. */
  readonly say: (line: string) => void;
}

const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8');
const passkeyScript = readFileSync(new URL('./passkey.js', import.meta.url), 'utf8');

/** The pages on which letters are answered, and the desk. Keeps nothing: several may run side by side. */
export function makeWeb(options: WebOptions): Hono {
  const { entente, url, limits = usualLimits, say } = options;
  const gate = new Gate(options, limits);
  const app = new Hono();
  const { host, protocol } = new URL(url);
  app.use((c, next) => {
    securityHeaders(c, protocol === 'https:');
    return next();
  });
  // Whoever looks after processes asks each of them, by whatever address it has.
  app.get('/livez', (c) => c.text('alive\n'));
  app.get('/readyz', readiness(entente, say));
  app.use(async (c, next) => {
    if (isOurAddress(c, url)) return c.redirect(url + placeIn(c.req.url));
    if (!isAddressedToUs(c, host)) return c.text('This is not the address of these pages.\n', 421);
    return next();
  });
  app.get('/passkey.js', (c) => c.body(passkeyScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/style.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }));
  answerRoutes(app, entente, gate);
  const provider = options.provider && new Provider(options.provider, `${url}/sign-in/provider`);
  const door = { entente, cookies: new Cookies(protocol === 'https:'), url, provider };
  signInRoutes(app, door, gate, say);
  deskRoutes(app, door, gate);
  app.notFound((c) => plain(c, 'unknown', 404));
  app.onError((error, c) => failed(c, error, say));
  return app;
}

/** What is asked for, whatever host it is asked of: whoever names one with a password in it leads to no other. */
function placeIn(asked: string): string {
  const { pathname, search } = new URL(asked);
  return pathname + search;
}

const looksEveryMs = 1_000;

/**
 * Whether what the pages need answers. Anybody may ask: so many who do within a second hear the same, and keep neither
 * Postgres nor Temporal busy; where these are is said in the log alone.
 */
function readiness(entente: Entente, say: WebOptions['say']): (c: Context) => Promise<Response> {
  let last: { readonly at: number; readonly trouble: ReturnType<Entente['health']['trouble']> } | undefined;
  return async (c) => {
    if (!last || Date.now() - last.at >= looksEveryMs) {
      const trouble = entente.health.trouble();
      last = { at: Date.now(), trouble };
      void trouble.then(
        (found) => found && say(`Not ready: ${found.why}`),
        () => undefined,
      );
    }
    const trouble = await last.trouble;
    return trouble === undefined ? c.text('ready\n') : c.text(`${trouble.what} does not answer.\n`, 503);
  };
}

/** What a letter's address leads to. */
function answerRoutes(app: Hono, entente: Entente, gate: Gate): void {
  const answered = (c: Context, token: string, ask: (asked: Asked) => Promise<Turn>): Promise<Response> =>
    gate.found(c, async () => {
      const link = await entente.links.open(token);
      const place = { at: `/a/${token}`, shows: () => true, reopen: () => entente.links.open(token), page: letterPage };
      return link && ask({ c, entente, link, token, texts: textsIn(link.person.language), place });
    });
  app.get('/a/:token', gate.pages, (c) => answered(c, c.req.param('token'), show));
  app.post('/a/:token', gate.pages, gate.forms, (c) => {
    const token = c.req.param('token');
    return gate.isTooMany(token) ? tooMany(c) : answered(c, token, answer);
  });
}
