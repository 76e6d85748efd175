import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { listen } from './listen.ts';
import { writePrivately } from './running.ts';
import { entrance } from './ui-entrance.ts';

export type UiDoorOptions = {
  /** Where the Temporal UI itself listens, on this machine. */
  uiHost: string;
  uiPort: number;
  /** Where the door is to be; any free port when somebody has taken it. */
  port: number;
  token: string;
  /** The namespace of our cases, whose lists a browser is furnished with. */
  namespace: string;
};

/** The door before the Temporal UI, which itself asks nobody who they are. */
export type UiDoor = { url: string; port: number; stop(): Promise<void> };

/** The token of a state folder, the same at each start, so that a browser that has it stays let in; else one for once. */
export function uiToken(folder?: string): string {
  const file = folder && join(folder, 'ui.token');
  if (file && existsSync(file)) return readFileSync(file, 'utf8').trim() || renewed(file);
  return renewed(file);
}

function renewed(file: string | undefined): string {
  const token = randomBytes(24).toString('base64url');
  if (file) writePrivately(file, `${token}\n`);
  return token;
}

/** Opens the door: `url` has the token in it, which the first visit turns into a cookie. */
export async function openUiDoor({ port: wanted, ...door }: UiDoorOptions): Promise<UiDoor> {
  const server = createServer((asked, answer) => {
    try {
      receive(asked, answer, door);
    } catch (error) {
      say(answer, 500, `The door to the Temporal UI has failed: ${(error as Error).message}`);
    }
  });
  const port = await listen(server, wanted);
  return {
    url: `http://127.0.0.1:${port}/?token=${door.token}`,
    port,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

type Door = Omit<UiDoorOptions, 'port'>;

function receive(asked: IncomingMessage, answer: ServerResponse, { uiHost, uiPort, token, namespace }: Door): void {
  const port = asked.socket.localPort ?? 0;
  const { host = '', origin } = asked.headers;
  // A page elsewhere can make its own host name lead here (DNS rebinding), but change neither of these headers.
  if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(host))
    return say(answer, 403, 'The Temporal UI is not known by this host name; use the address that npm start prints.');
  if (origin !== undefined && origin !== `http://${host}`)
    return say(answer, 403, 'Pages from elsewhere may ask the Temporal UI for nothing.');
  const target = asked.url ?? '/';
  if (!/^\/(?![/\\])/.test(target) || !URL.canParse(target, `http://${host}`))
    return say(answer, 400, 'This is no address of the Temporal UI.');
  const url = new URL(target, `http://${host}`);
  const shown = url.searchParams.get('token');
  const cookie = `entente-ui-${port}`;
  if (shown !== null && isSame(shown, token)) return letIn(answer, url, { namespace, cookie: `${cookie}=${token}` });
  if (!isSame(cookieOf(asked, cookie), token))
    return say(answer, 403, 'Open the address with the token first: npm start prints it.');
  pass(asked, answer, { uiHost, uiPort, cookie });
}

/** Goes on without the token, which is not to stand in bookmarks, histories and what is sent to others. */
function letIn(answer: ServerResponse, url: URL, { namespace, cookie }: { namespace: string; cookie: string }): void {
  url.searchParams.delete('token');
  // Two slashes would name another host.
  const path = url.pathname.replace(/^\/+/, '/');
  const { html, policy } = entrance(namespace, path + url.search);
  answer.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'set-cookie': `${cookie}; Path=/; HttpOnly; SameSite=Strict`,
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  answer.end(html);
}

function pass(
  asked: IncomingMessage,
  answer: ServerResponse,
  { uiHost, uiPort, cookie }: Pick<Door, 'uiHost' | 'uiPort'> & { cookie: string },
) {
  const own = `${uiHost}:${uiPort}`;
  const headers: NodeJS.Dict<string | string[]> = { ...asked.headers, host: own };
  if (headers['origin']) headers['origin'] = `http://${own}`;
  headers['cookie'] = cookiesOf(asked)
    .filter(([name]) => name !== cookie)
    .map((pair) => pair.join('='))
    .join('; ');
  const { method, url: path } = asked;
  const passedOn = request({ host: uiHost, port: uiPort, method, path, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    // Whoever goes away in the middle is nobody's fault.
    pipeline(reply, answer, () => {});
  });
  passedOn.on('error', (error) => say(answer, 502, `The Temporal UI does not answer: ${error.message}`));
  answer.once('close', () => passedOn.destroy());
  pipeline(asked, passedOn, () => {});
}

const cookiesOf = ({ headers }: IncomingMessage): [string, string][] =>
  (headers.cookie ?? '').split(/;\s*/).flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)]] : [];
  });

const cookieOf = (asked: IncomingMessage, name: string): string =>
  cookiesOf(asked).find(([given]) => given === name)?.[1] ?? '';

/** In a time that says nothing of where two texts differ. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function say(answer: ServerResponse, status: number, sentence: string): void {
  if (answer.headersSent) return void answer.destroy();
  answer.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  answer.end(`${sentence}\n`);
}
