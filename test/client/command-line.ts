import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { main } from '../../client/main.ts';

const binary = fileURLToPath(new URL('../../client/entente.mjs', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the real `entente`, from a folder that is not the project's, with nothing but what is given in its environment. */
export function entente(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [binary, ...words], {
    cwd: '/',
    env: { PATH, HOME, TZ: 'UTC', ENTENTE_FOLDER: '/nonexistent', ...env },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** The same command line without the start of a process, of which a long table of refusals would need too many. */
export async function mainWith(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome> {
  let out = '';
  let err = '';
  const outWrite = vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))));
  const errWrite = vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((err += String(text))));
  // What the command before has left there is not this one's.
  process.exitCode = undefined;
  for (const [name, value] of Object.entries({ ENTENTE_FOLDER: '/nonexistent', ...env })) vi.stubEnv(name, value);
  try {
    const code = await main(words);
    return { code, out, err };
  } finally {
    process.exitCode = undefined;
    outWrite.mockRestore();
    errWrite.mockRestore();
    vi.unstubAllEnvs();
  }
}
