import { readFile, stat } from 'node:fs/promises';
import type { FileFault } from '../database/directory.ts';
import { UsageError } from './errors.ts';

const largestFile = 5_000_000;

/** The text of a file, or where it stops being UTF-8. */
export type FileText = { readonly text: string } | { readonly fault: FileFault };

/**
 * Reads a text file as UTF-8, with or without a byte order mark.
 *
 * @throws {@link UsageError} if the file cannot be read or is larger than 5 MB
 */
export async function readText(file: string): Promise<FileText> {
  const bytes = await readBytes(file);
  const encoding = foreignEncoding(bytes);
  if (encoding) return { fault: { file, line: 1, because: `is ${encoding}; save it as UTF-8` } };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const because = 'is not UTF-8 (perhaps Latin-1 or a Windows code page); save it as UTF-8';
    return { fault: { file, line: firstForeignLine(bytes), because } };
  }
}

/** @throws {@link UsageError} if the file cannot be read or is larger than 5 MB, or than is said */
export async function readBytes(file: string, largest = largestFile): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    refuseLarge(file, size, largest);
    return await readFile(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`;
    throw new UsageError(`The file ${file} ${why}.`, { cause: error });
  }
}

/** @throws {@link UsageError} */
export function refuseLarge(file: string, size: number, largest = largestFile): void {
  if (size > largest) throw new UsageError(`${file} has ${size} bytes; at most ${largest} are read.`);
}

function foreignEncoding(bytes: Buffer): string | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF-16';
  return bytes.subarray(0, 1000).includes(0) ? 'binary, or UTF-16' : undefined;
}

function firstForeignLine(bytes: Buffer): number {
  const lines = bytes.toString('latin1').split('\n');
  const index = lines.findIndex((line) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(line, 'latin1'));
      return false;
    } catch {
      return true;
    }
  });
  return index + 1;
}
