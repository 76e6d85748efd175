import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './ports.ts';
import { writePrivately } from './running.ts';

/** The answer pages of `npm start`: where they listen, and what everything else has to know of them. */
export interface Pages {
  /** Of our own choice; absent when the environment says where they are. */
  readonly port?: number;
  readonly env: Readonly<Record<string, string>>;
}

/** Chooses where the answer pages listen, and makes the key of their addresses at the first start. */
export async function choosePages(
  folder: string,
  env: NodeJS.ProcessEnv,
  preferred: readonly number[],
): Promise<Pages> {
  const keys = {
    ENTENTE_LINK_KEY_FILE: env.ENTENTE_LINK_KEY_FILE || ownKey(folder),
    ENTENTE_WEB_KEY_FILE: env.ENTENTE_WEB_KEY_FILE || ownSigningKey(folder),
  };
  if (env.ENTENTE_WEB_URL) return { env: keys };
  const port = await freePort(preferred);
  return {
    port,
    env: {
      // A name: authenticators make no passkey for an address.
      ENTENTE_WEB_URL: `http://localhost:${port}`,
      ENTENTE_WEB_LISTEN: `127.0.0.1:${port}`,
      ...keys,
    },
  };
}

/** Kept from one start to the next: letters that wait, or are sent once more, keep their addresses. */
function ownKey(folder: string): string {
  const file = join(folder, 'link-key');
  if (!existsSync(file)) writePrivately(file, `${randomBytes(32).toString('base64url')}\n`);
  return file;
}

/** With which the pages sign what is given by them; another file is another key, and the register then has both. */
function ownSigningKey(folder: string): string {
  const file = join(folder, 'web-key.pem');
  if (existsSync(file)) return file;
  const { privateKey } = generateKeyPairSync('ed25519');
  writePrivately(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return file;
}
