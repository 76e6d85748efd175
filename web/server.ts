import { readFileSync } from 'node:fs';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Entente } from '../client/client.ts';
import { UnavailableError } from '../client/errors.ts';
import { largestDocument } from '../domain/document.ts';
import { answer, show } from './answer.ts';
import { isAddressedToUs, isFromOurPages, securityHeaders, whoAsks } from './guard.ts';
import { type Html, notice } from './pages.ts';
import { type Limits, Rate, usualLimits } from './rate.ts';
import type { Asked } from './standing.ts';
import { preferredLanguage, type Texts, textsIn } from './texts.ts';

export interface WebOptions {
  readonly entente: Entente;
  /** As people open it. */
  readonly url: string;
  /** What connects is a proxy of ours, which says who asks. */
  readonly behindProxy: boolean;
  readonly limits?: Limits;
  /** Told of faults, never of addresses. */
  readonly say: (line: string) => void;
}

const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8');
const largestForm = 96 * 1024;
/** With files: those of one letter, and what is typed. */
const largestFormWithFiles = largestDocument + largestForm;

/** The pages on which letters are answered. Keeps nothing: several may run side by side. */
export function makeWeb(options: WebOptions): Hono {
  const { entente, url, limits = usualLimits } = options;
  const rate = new Rate();
  const app = new Hono();
  const { host, protocol } = new URL(url);
  app.get('/livez', (c) => c.text('alive\n'));
  app.get('/readyz', (c) => ready(c, entente));
  app.use(async (c, next) => {
    securityHeaders(c, protocol === 'https:');
    if (!isAddressedToUs(c, host)) return c.text('This is not the address of these pages.\n', 421);
    return next();
  });
  app.get('/style.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }));
  const guarded = async (c: Context, next: () => Promise<void>) =>
    rate.isTooMuch(`page ${whoAsks(c, options.behindProxy)}`, limits.pages) ? tooMany(c) : next();
  app.get('/a/:token', guarded, (c) => answered(c, options, rate, show));
  const limited = (maxSize: number) => bodyLimit({ maxSize, onError: (c) => plain(c, 'tooLarge', 413) });
  const [typedAlone, withFiles] = [limited(largestForm), limited(largestFormWithFiles)];
  const isSmall: MiddlewareHandler = (c, next) =>
    c.req.header('content-type')?.startsWith('multipart/form-data') ? withFiles(c, next) : typedAlone(c, next);
  app.post('/a/:token', guarded, isSmall, async (c) => {
    if (!isFromOurPages(c, url)) return c.text('Pages from elsewhere may send nothing here.\n', 403);
    if (rate.isTooMuch(`form ${c.req.param('token')}`, limits.forms)) return tooMany(c);
    return answered(c, options, rate, answer);
  });
  app.notFound((c) => plain(c, 'unknown', 404));
  app.onError((error, c) => failed(c, error, options));
  return app;
}

async function ready(c: Context, entente: Entente): Promise<Response> {
  const trouble = await entente.health.trouble();
  return trouble === undefined ? c.text('ready\n') : c.text(`${trouble}\n`, 503);
}

type Ask = (asked: Asked) => Promise<{ readonly page: Html; readonly status: number } | { readonly to: string }>;

async function answered(c: Context, options: WebOptions, rate: Rate, ask: Ask): Promise<Response> {
  const { limits = usualLimits, entente } = options;
  const token = c.req.param('token') ?? '';
  const missing = `miss ${whoAsks(c, options.behindProxy)}`;
  if (rate.isUsedUp(missing, limits.misses)) return tooMany(c);
  const link = await entente.links.open(token);
  if (!link) {
    rate.isTooMuch(missing, limits.misses);
    return plain(c, 'unknown', 404);
  }
  const texts = textsIn(link.person.language);
  const reply = await ask({ c, entente, link, token, texts });
  return 'to' in reply ? c.redirect(reply.to, 303) : c.html(await reply.page, reply.status as 200);
}

const textsFor = (c: Context): Texts => textsIn(preferredLanguage(c.req.header('accept-language')));

/** A page that says one thing, in the language that the browser asks for. */
function plain(c: Context, name: string, status: 404 | 413 | 429 | 500): Response | Promise<Response> {
  const texts = textsFor(c);
  const sentences = name === 'broken' ? ['downNothingLost'] : [`${name}What`];
  return c.html(
    notice(
      texts,
      texts.say(name),
      sentences.map((each) => texts.say(each)),
    ),
    status,
  );
}

const tooMany = (c: Context): Response | Promise<Response> => {
  c.header('retry-after', '60');
  return plain(c, 'tooMany', 429);
};

/** What is down is said, and that nothing is lost; anything else is a fault of ours, which the log has without the address. */
function failed(c: Context, error: Error, { say }: WebOptions): Response | Promise<Response> {
  if (!(error instanceof UnavailableError)) {
    say(`A page could not be made: ${(error.stack ?? error.message).replaceAll(c.req.param('token') ?? '\0', '…')}`);
    return plain(c, 'broken', 500);
  }
  say(`${error.what} does not answer: ${error.message}`);
  const texts = textsFor(c);
  const what = texts.say(error.what === 'Postgres' ? 'register' : 'engine');
  return c.html(notice(texts, texts.say('down', { what }), [texts.say('downNothingLost')]), 503);
}
