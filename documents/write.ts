import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { MadeFile } from './make.ts';

/** Thrown when files cannot be written; none of them is there then, and what was there before still is. */
export class WriteError extends Error {
  override readonly name: string = 'WriteError';
}

/** Thrown when files are there already with another content, and may not be replaced. */
export class OtherContentError extends WriteError {
  override readonly name = 'OtherContentError';
}

/**
 * Writes all files into a folder, or none. A file that is there with the same content is left alone.
 *
 * @returns their full paths
 * @throws {@link OtherContentError} if one is there with another content and `replace` is not set
 * @throws {@link WriteError} if the folder cannot be written
 */
export async function writeFiles(
  folder: string,
  files: readonly MadeFile[],
  replace: boolean,
): Promise<readonly string[]> {
  const targets = await Promise.all(
    files.map(async ({ name, content }) => {
      const path = resolve(folder, name);
      const before = await contentOf(path);
      return { path, content, isNew: before === undefined, isSame: before?.equals(content) ?? false };
    }),
  );
  const others = targets.filter(({ isNew, isSame }) => !isNew && !isSame).map(({ path }) => path);
  if (others.length > 0 && !replace)
    throw new OtherContentError(
      `Nothing was written: ${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} there already with another content; name another folder (--to), or give --replace.`,
    );
  const toWrite = targets.filter(({ isSame }) => !isSame);
  await writtenOrNot(folder, toWrite);
  return targets.map(({ path }) => path);
}

/** First beside where they belong, under names of their own; only when all are written they take their places. */
async function writtenOrNot(folder: string, files: readonly { path: string; content: Buffer }[]): Promise<void> {
  const beside = files.map(({ path, content }) => ({ path, content, draft: `${path}.${process.pid}.new` }));
  try {
    // For whoever made them alone: papers name people and what is not public yet.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const { draft, content } of beside) await writeFile(draft, content, { mode: 0o600 });
    for (const { draft, path } of beside) await rename(draft, path);
  } catch (error) {
    await Promise.all(beside.map(({ draft }) => rm(draft, { force: true })));
    const why = error instanceof Error ? error.message : String(error);
    throw new WriteError(`Nothing was written: ${why}; name another folder (--to).`, { cause: error });
  }
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new WriteError(`Nothing was written: ${path} cannot be read; name another folder (--to).`, { cause: error });
  }
}
