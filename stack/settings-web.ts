import { readFileSync } from 'node:fs';
import { redacted } from './redacted.ts';
import { webFault } from './settings-faults.ts';
import { type ProviderSettings, readProvider } from './settings-provider.ts';

/** Where letters are answered, and the key that the addresses in them are made with. */
export type AnswerPages = Readonly<{ url: string; key: string }>;

/** Where the answer pages listen, and how they are reached. */
export type WebSettings = Readonly<{
  /** As people open it, without a slash at its end: `https://entente.example.org`. */
  url: string;
  host: string;
  port: number;
  /** What connects is a proxy of ours: it says who asks. */
  behindProxy: boolean;
  /** The file of the key with which the pages sign what is given by them; an Ed25519 key in PEM. */
  keyFile: string;
  /** By whom people may sign in, besides by a mailed link. */
  provider?: ProviderSettings;
}>;

const shortestKey = 32;

/** Faults are added to `faults`; nothing when ENTENTE_WEB_URL is not set: letters then name commands. */
export function readAnswerPages(env: NodeJS.ProcessEnv, faults: string[]): { answerPages?: AnswerPages } {
  if (!env.ENTENTE_WEB_URL) return {};
  const url = readUrl(env, faults);
  const file = env.ENTENTE_LINK_KEY_FILE;
  if (!file) {
    faults.push('ENTENTE_WEB_URL is set and ENTENTE_LINK_KEY_FILE is not; letters carry addresses made with that key.');
    return {};
  }
  const key = readKey(file, faults);
  return { answerPages: redacted({ url, key }, { url, key: '***' }) };
}

/** Faults are added to `faults`. */
export function readWebSettings(env: NodeJS.ProcessEnv, faults: string[]): WebSettings {
  if (!env.ENTENTE_WEB_URL) faults.push('ENTENTE_WEB_URL is not set: say under which address people open the pages.');
  const url = env.ENTENTE_WEB_URL ? readUrl(env, faults) : '';
  const listen = env.ENTENTE_WEB_LISTEN || '127.0.0.1:8030';
  const [, host = '', port = ''] = /^(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})$/i.exec(listen) ?? [];
  if (host === '' || Number(port) > 65_535)
    faults.push('ENTENTE_WEB_LISTEN (an environment variable) is no host and port, such as 127.0.0.1:8030.');
  const { ENTENTE_WEB_KEY_FILE: keyFile = '' } = env;
  if (!keyFile)
    faults.push(
      'ENTENTE_WEB_KEY_FILE is not set: workers take what is given on the pages with their signature alone. Make a key (`openssl genpkey -algorithm ed25519 -out web-key.pem`) and name its file.',
    );
  const place = { url, host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  return {
    ...place,
    behindProxy: readProxy(env, faults),
    keyFile,
    ...readProvider(env, faults),
  };
}

function readProxy(env: NodeJS.ProcessEnv, faults: string[]): boolean {
  const value = env.ENTENTE_WEB_PROXY || 'no';
  if (value !== 'yes' && value !== 'no')
    faults.push('ENTENTE_WEB_PROXY (an environment variable) is neither "yes" nor "no".');
  return value === 'yes';
}

/** Whoever reads an address on its way can answer with it: but for our own machine, it is https. */
function readUrl(env: NodeJS.ProcessEnv, faults: string[]): string {
  const value = env.ENTENTE_WEB_URL ?? '';
  const wrong = webFault(value) ?? placeFault(new URL(value));
  if (wrong) faults.push(`ENTENTE_WEB_URL (an environment variable) ${wrong}`);
  return value.replace(/\/$/, '');
}

function placeFault({ protocol, hostname, pathname, search, hash }: URL): string | undefined {
  if (pathname !== '/' || search || hash) return 'has more than a host in it; pages lie at the top of their host.';
  const isOurs = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return protocol === 'https:' || isOurs
    ? undefined
    : 'is not https; what a letter carries must not be read on its way. Put a proxy that ends TLS before it.';
}

function readKey(file: string, faults: string[]): string {
  try {
    const key = readFileSync(file, 'utf8').trim();
    if (key.length < shortestKey)
      faults.push(
        `ENTENTE_LINK_KEY_FILE (an environment variable) names a file with less than ${shortestKey} characters: ${file}`,
      );
    return key;
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    faults.push(`ENTENTE_LINK_KEY_FILE (an environment variable) names a file that cannot be read (${code}): ${file}`);
    return '';
  }
}
