import type { Context } from 'hono';
import { RefusedError, TakesTooLongError, UnavailableError } from '../client/errors.ts';
import { csvOf } from '../client/output/csv.ts';
import { type Html, notice, recorded } from './pages.ts';
import { preferredLanguage, type Texts, textsIn } from './texts.ts';

export type Reply = Response | Promise<Response>;

/** In the language that the browser asks for. */
export const textsFor = (c: Context): Texts => textsIn(preferredLanguage(c.req.header('accept-language')));

/** A page that says one thing, in the language that the browser asks for. */
export function plain(c: Context, name: string, status: 400 | 403 | 404 | 413 | 429 | 500): Reply {
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

export const tooMany = (c: Context): Reply => {
  c.header('retry-after', '60');
  return plain(c, 'tooMany', 429);
};

/** What is down is said, and that nothing is lost; anything else is a fault of ours, which the log has without the address. */
export function failed(c: Context, error: Error, say: (line: string) => void): Reply {
  if (!(error instanceof UnavailableError)) {
    say(`A page could not be made: ${(error.stack ?? error.message).replaceAll(c.req.param('token') ?? '\0', '…')}`);
    return plain(c, 'broken', 500);
  }
  say(`${error.what} does not answer: ${error.message}`);
  const texts = textsFor(c);
  if (error instanceof TakesTooLongError) return turned(c, tooLong(texts));
  const what = texts.say(error.what === 'Postgres' ? 'register' : 'engine');
  return c.html(notice(texts, texts.say('down', { what }), [texts.say('downNothingLost')]), 503);
}

/** A page, or where to go instead. */
export type Turn = { readonly page: Html; readonly status: number } | { readonly to: string };

export const turned = async (c: Context, turn: Turn): Promise<Response> =>
  'to' in turn ? c.redirect(turn.to, 303) : c.html(await turn.page, turn.status as 200);

/** A list as a file has as many rows as this, at most. */
export const mostRows = 10_000;

export function asCsv(
  c: Context,
  name: string,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Response {
  // Without the mark Excel reads UTF-8 in the system's code page.
  return c.body(`\ufeff${csvOf(head, rows)}`, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
  });
}

/** What is asked of a list, unless the address names what cannot be, or it takes too long: that is said. */
export async function listedOr(texts: Texts, list: () => Promise<Turn | Response>): Promise<Turn | Response> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof TakesTooLongError) return tooLong(texts);
    if (!(error instanceof RefusedError)) throw error;
    return noList(texts, recorded(texts, error.because));
  }
}

/** The address asks for a list, or for something of a list, that there is not. */
export const noList = (texts: Texts, why: string | Html = texts.say('noListWhat')): Turn => ({
  page: notice(texts, texts.say('noList'), [why]),
  status: 400,
});

/** What was asked would have held up others. */
const tooLong = (texts: Texts): Turn => ({
  page: notice(texts, texts.say('tooLong'), [texts.say('tooLongWhat')]),
  status: 503,
});
