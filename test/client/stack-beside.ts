import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRunning } from '../../stack/running.ts';
import type { Register } from './register.ts';

/** What a command line finds beside an `npm start` on a register: a state folder with a folder of keys, and nothing in the environment. */
export interface StackBeside {
  readonly env: Readonly<Record<string, string>>;
  /** Where the stack keeps its keys. */
  readonly keys: string;
  /** Where people keep theirs, who have logged in. */
  readonly own: string;
  stop(): void;
}

export function stackBeside({ urls }: Pick<Register, 'urls'>): StackBeside {
  const folder = mkdtempSync(join(tmpdir(), 'entente-stack-'));
  const [keys, own] = [join(folder, 'keys'), join(folder, 'own')];
  mkdirSync(keys);
  mkdirSync(own);
  // Known by its name, as the real one is, of which nothing but the register and the keys is needed here.
  const start = spawn(process.execPath, ['-e', 'setInterval(() => {}, 60_000)', 'stack/start.ts'], { stdio: 'ignore' });
  const temporal = { address: '127.0.0.1:1', namespace: 'default', uiUrl: 'http://127.0.0.1:1' };
  writeRunning(folder, { pid: start.pid ?? 0, ...urls, temporal, keysFolder: keys });
  return {
    env: { ENTENTE_FOLDER: folder, ENTENTE_KEYS_FOLDER: own },
    keys,
    own,
    stop() {
      start.kill();
      rmSync(folder, { recursive: true });
    },
  };
}
