import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listPage, messagePage, script, style } from './pages.ts';
import type { Message } from './message.ts';
import type { Filter, Store } from './store.ts';

/** An example that a newcomer may begin by a button, and where to go on with it. */
export interface Offered {
  isOffered(): Promise<boolean>;
  begin(): Promise<void>;
  /** The address of one's desk. */
  readonly desk: string;
}

type Reply = { status?: number; type: string; body: string | Buffer; headers?: Record<string, string> };

/** Our own pages: nothing from elsewhere, no inline script, and no other page may frame them. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * What came by mail: no script, no network, no forms, and to be framed by us alone. What a link opens is itself again. It
 * shares our origin so that the page around it sees how high it is; without scripts it can do nothing with that.
 */
const MAIL_POLICY =
  "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'";

const OURS = 'http://127.0.0.1';

const json = (value: unknown, status = 200): Reply => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify(value, null, 2)}\n`,
});

const page = (body: string, status = 200): Reply => ({
  status,
  type: 'text/html; charset=utf-8',
  body,
  // Without a referrer to itself a form of ours would come from nowhere.
  headers: { 'content-security-policy': PAGE_POLICY, 'referrer-policy': 'same-origin' },
});

const NOT_FOUND = json({ error: 'There is no such page or message.' }, 404);

/** Makes the web side of the mailbox. */
export function makeWebServer(store: Store, offered: () => Offered | undefined): Server {
  return createServer((request, response) => void answered(request, response, store, offered()));
}

async function answered(
  request: IncomingMessage,
  response: ServerResponse,
  store: Store,
  offered: Offered | undefined,
): Promise<void> {
  try {
    send(response, await reply(request, store, offered));
  } catch (error) {
    // What went out already cannot be taken back; whoever asked next is answered all the same.
    if (response.headersSent) response.destroy();
    else send(response, json({ error: `The mailbox cannot show this: ${(error as Error).message}` }, 500));
  }
}

async function reply(request: IncomingMessage, store: Store, offered: Offered | undefined): Promise<Reply> {
  if (!isAddressedToUs(request)) return json({ error: 'Unknown host.' }, 421);
  if (!isFromOurPages(request)) return json({ error: 'Pages from elsewhere may ask nothing here.' }, 403);
  const target = request.url ?? '/';
  // A second slash would make what follows the name of a host.
  if (!/^\/(?![/\\])/.test(target) || !URL.canParse(target, OURS))
    return json({ error: 'This is no address of the mailbox.' }, 400);
  const url = new URL(target, OURS);
  if (url.pathname === '/example') return example(request.method ?? 'GET', offered);
  if (url.pathname === '/') return list(url, store, offered);
  return answer(request.method ?? 'GET', url, store);
}

/** A page elsewhere can make its own host name lead here (DNS rebinding), but not change the Host header. */
function isAddressedToUs(request: IncomingMessage): boolean {
  const port = request.socket.localPort;
  return [`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.host ?? '');
}

/** Browsers name the page that asks, but for a link that is followed; other programs name none. */
const isFromOurPages = ({ headers: { host, origin } }: IncomingMessage): boolean =>
  origin === undefined || origin === `http://${host}`;

function send(response: ServerResponse, { status = 200, type, body, headers }: Reply): void {
  response.writeHead(status, {
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}

async function example(method: string, offered: Offered | undefined): Promise<Reply> {
  if (method !== 'POST') return json({ error: 'This address takes POST only.' }, 405);
  if (!offered) return NOT_FOUND;
  try {
    if (await offered.isOffered()) await offered.begin();
  } catch (error) {
    const why = `The example could not be begun: ${(error as Error).message} Go back and try again in a moment; npm start -- --fresh throws away what was begun.`;
    return json({ error: why }, 503);
  }
  return { status: 303, type: 'text/plain', body: '', headers: { location: '/?example' } };
}

const filterIn = ({ searchParams }: URL): Filter => ({
  to: searchParams.get('to') ?? '',
  text: searchParams.get('q') ?? '',
});

/** Where Postgres is away nothing is offered, and mail is read as always. */
async function list(url: URL, store: Store, offered: Offered | undefined): Promise<Reply> {
  const isNew = offered !== undefined && store.list().length === 0 && (await offered.isOffered().catch(() => false));
  const desk = url.searchParams.has('example') ? offered?.desk : undefined;
  return page(listPage(store, filterIn(url), { isNew, desk }));
}

function answer(method: string, url: URL, store: Store): Reply {
  if (method === 'DELETE' && url.pathname === '/api/messages') {
    store.clear();
    return json({ deleted: true });
  }
  if (method !== 'GET' && method !== 'HEAD') return json({ error: 'This address takes GET only.' }, 405);
  const [first, ...rest] = url.pathname.split('/').filter(Boolean);
  if (first === 'style.css') return { type: 'text/css; charset=utf-8', body: style };
  if (first === 'script.js') return { type: 'text/javascript; charset=utf-8', body: script };
  if (first === 'api' && rest[0] === 'newest') return json({ id: store.list()[0]?.id ?? '' });
  if (first === 'api' && rest[0] === 'messages') return api(store, rest[1], filterIn(url));
  const message = first === 'messages' ? store.get(rest[0] ?? '') : undefined;
  return message ? part(message, rest.slice(1)) : NOT_FOUND;
}

function api(store: Store, id: string | undefined, filter: Filter): Reply {
  if (id === undefined) return json(store.list(filter).map(summary));
  const message = store.get(id);
  return message ? json({ ...summary(message), html: message.html, headers: message.headers }) : NOT_FOUND;
}

const summary = ({ id, receivedAt, date, envelope, messageId, subject, text, attachments }: Message) => ({
  id,
  receivedAt,
  date,
  envelope,
  messageId,
  subject,
  text,
  attachments: attachments.map(({ filename, contentType, size }, index) => ({
    filename,
    contentType,
    size,
    url: `/messages/${id}/attachments/${index}`,
  })),
});

function part(message: Message, [kind, index]: string[]): Reply {
  if (kind === undefined) return page(messagePage(message));
  if (kind === 'raw') return download(message.raw, 'message/rfc822', `${message.id}.eml`);
  const attachment =
    kind === 'attachments' && /^\d+$/.test(index ?? '') ? message.attachments[Number(index)] : undefined;
  // Always as a file of no type: what a mail brings is never shown by the browser at our address.
  if (attachment) return download(attachment.content, 'application/octet-stream', attachment.filename);
  if (kind !== 'html') return NOT_FOUND;
  const headers = { 'content-security-policy': MAIL_POLICY };
  return { type: 'text/html; charset=utf-8', body: withLinksOutside(message.html), headers };
}

/** A link in a letter opens beside it, as in a mail program: the page behind it lets nobody frame it. */
const withLinksOutside = (mail: string): string => mail.replace(/<head>/i, '<head><base target="_blank">');

function download(body: Buffer, type: string, filename: string): Reply {
  const plain = filename.replaceAll(/[^\w.-]/g, '_');
  const disposition = `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(filename.toWellFormed())}`;
  return { type, body, headers: { 'content-disposition': disposition, 'content-security-policy': MAIL_POLICY } };
}
