import { readFileSync } from 'node:fs';
import { connectEntente } from '../client/client.ts';
import { type SigningKey, signingKey } from '../client/proofs.ts';
import { settingsFrom } from '../client/settings.ts';
import { readWeb, SettingsError } from '../stack/settings.ts';
import { listen } from './listen.ts';
import { makeWeb } from './server.ts';

/** For how long a page may look for what it shows, in milliseconds: many wait behind it. */
const longestQuestion = 5_000;

/** Serves the answer pages until it is told to stop (SIGINT or SIGTERM). */
function main(): void {
  const { url, host, port, behindProxy, keyFile, provider } = readWeb(process.env);
  const entente = connectEntente({ ...settingsFrom(process.env), pagesKey: readPagesKey(keyFile), longestQuestion });
  const say = (line: string): void => void process.stderr.write(`${new Date().toISOString()} ${line}\n`);
  const app = makeWeb({ entente, url, behindProxy, provider, say });
  const server = listen(app, { host, port }, () => {
    process.stdout.write(`page server ready at ${url}, process ${process.pid}\n`);
  });
  server.on('error', (error) => {
    process.stderr.write(`The pages cannot listen at ${host}:${port}: ${error.message}\n`, () => process.exit(1));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.close();
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      void entente.close().finally(() => process.exit(0));
    });
}

function readPagesKey(file: string): SigningKey {
  try {
    return signingKey(readFileSync(file, 'utf8'));
  } catch {
    throw new SettingsError([
      `ENTENTE_WEB_KEY_FILE (an environment variable) names a file with no Ed25519 key in PEM: ${file}; make one with \`openssl genpkey -algorithm ed25519\`.`,
    ]);
  }
}

try {
  main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`, () => process.exit(error instanceof SettingsError ? 2 : 1));
}
