import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { readPagesUrl } from '../../stack/settings.ts';
import { UsageError } from '../errors.ts';
import { momentOf } from '../output/moment.ts';
import { say } from '../output/output.ts';
import { withEntente } from './session.ts';

/** How often the register is asked whether somebody has confirmed. */
const everyMs = 1_000;

/** `./entente login`: says once at this computer who one is; commands are proved with its key from then on. */
export function addLogin(program: Command): void {
  program
    .command('login')
    .description('Say who you are at this computer: it makes a key, and you confirm it on the pages')
    .helpGroup('Directory:')
    .addHelpText(
      'after',
      '\nThe key is kept in ~/.config/entente (XDG_CONFIG_HOME, ENTENTE_KEYS_FOLDER), readable for you alone, and is\ngood for a year. Logging in again makes another one, and ends the one before.',
    )
    .action(login);
}

async function login(): Promise<void> {
  const pages = readPagesUrl();
  if (pages === undefined)
    throw new UsageError('There are no pages on which to confirm who you are: start them, or set ENTENTE_WEB_URL.');
  const { newPem, signingKey } = await import('../proofs.ts');
  const { confirmMinutes, newCode } = await import('../keys.ts');
  const { keysFolder, writeKeyOf } = await import('../key-files.ts');
  const pem = newPem();
  const { id, publicKey } = signingKey(pem);
  const code = newCode();
  await withEntente(async (entente) => {
    await entente.keys.ask({ publicKey, place: hostname().slice(0, 100), code });
    say(
      `Your code: ${code}\n\nOpen ${pages}/login/${code}\nThere, see that the code is the same, and confirm that it is you.\n`,
    );
    const until = performance.now() + confirmMinutes * 60_000;
    for (;;) {
      const owner = await entente.keys.ownerOf(id);
      if (owner) {
        const file = writeKeyOf(keysFolder(process.env), owner.person, pem);
        say(
          `You are ${owner.person} at this computer until ${momentOf(owner.until ?? '')}. The key ${id} is in ${file}`,
        );
        return;
      }
      if (performance.now() > until)
        throw new UsageError(`Nobody has confirmed it within ${confirmMinutes} minutes; log in again.`);
      await delay(everyMs);
    }
  });
}
