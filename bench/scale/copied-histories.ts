import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Clones } from './clones.ts';

const script = fileURLToPath(new URL('./copy_histories.py', import.meta.url));

/**
 * Gives each clone a history of its own, in the database of a dev server that is stopped: that of the pilot, which is asleep.
 *
 * @param file the database, as the server was given it by `--db-filename`
 */
export async function copyHistories(file: string, { pilot, ...clones }: Clones): Promise<void> {
  const python = spawn('python3', [script, file], { stdio: ['pipe', 'inherit', 'inherit'] });
  python.stdin.end(JSON.stringify({ ...pilot, wakeAt: pilot.wakesAt, ...clones }));
  const [code] = (await once(python, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
}
