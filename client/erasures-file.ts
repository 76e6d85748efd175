import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { stateFolder } from '../stack/settings.ts';
import { UsageError } from './errors.ts';

/** Who was erased, kept beside the register: in it nobody is known again, and a backup of before knows nothing of it. */
const line = z.object({ pseudonym: z.string(), salt: z.string(), digest: z.string(), erasedAt: z.string() });

type KeptErasure = z.output<typeof line>;

export const erasuresName = 'erasures.jsonl';

/** Of the state folder, unless another is named. */
export const erasuresFile = (env: NodeJS.ProcessEnv = process.env): string =>
  env.ENTENTE_ERASURES || join(stateFolder(env), erasuresName);

const digestOf = (salt: string, person: string): string =>
  createHash('sha256').update(`${salt} ${person}`).digest('hex');

/**
 * Says whether an erasure can be kept, before there is one.
 *
 * @throws {@link UsageError} if the file cannot be written
 */
export function checkErasuresFile(file = erasuresFile()): void {
  append(file, '');
}

/** Keeps by which somebody who comes back with a backup is known again, without saying who it is. */
export function keepErasure(person: string, pseudonym: string, file = erasuresFile()): void {
  const salt = randomBytes(16).toString('hex');
  const kept: KeptErasure = { pseudonym, salt, digest: digestOf(salt, person), erasedAt: new Date().toISOString() };
  append(file, `${JSON.stringify(kept)}\n`);
}

function append(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    appendFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(
      `${file} cannot be written (${(error as NodeJS.ErrnoException).code}); erasures are kept there, so that no backup brings anybody back unnoticed. Name another with ENTENTE_ERASURES.`,
    );
  }
}

/**
 * Those among some people who were erased; undefined where there is no file that knows.
 *
 * @throws {@link UsageError} if the file is there and cannot be read
 */
export function erasedAmong(people: readonly string[], file = erasuresFile()): readonly string[] | undefined {
  const kept = read(file);
  return kept && people.filter((person) => kept.some(({ salt, digest }) => digestOf(salt, person) === digest));
}

function read(file: string): readonly KeptErasure[] | undefined {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((each) => each.trim() !== '')
      .map((each) => line.parse(JSON.parse(each)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(
      `${file}, which says who was erased, cannot be read: ${(error as Error).message.slice(0, 200)}`,
    );
  }
}
