import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { erasuresName } from '../client/erasures-file.ts';
import { Refusal } from './refusal.ts';

/** Deletes what is stored in the state folder, after asking; locks stay, and what knows of erasures when an old backup is restored. */
export async function beginAnew(folder: string, sure: boolean): Promise<void> {
  const doomed = readdirSync(folder).filter((name) => !name.endsWith('.lock') && name !== erasuresName);
  if (doomed.length === 0) return;
  const where = relative(process.cwd(), folder) || folder;
  if (!sure) await ask(where);
  for (const name of doomed) rmSync(join(folder, name), { recursive: true, force: true });
}

async function ask(where: string): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new Refusal(`--fresh deletes all cases and mail in ${where}; add --yes to do so unasked.`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-C and Ctrl-D are a no.
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const question = `Delete all cases and mail in ${where} and begin anew? (y/N) `;
  const answer = await Promise.race([terminal.question(question), closed]);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Refusal('Nothing was deleted.');
}
