import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { type BackupRows, RestoreError } from '../database/backup/restore.ts';
import type { BackupHeader } from '../database/backup/write.ts';
import { knownMigrations } from '../database/migrate.ts';
import { UsageError } from './errors.ts';

/** What a backup file holds, as it says itself and as was found true. */
export interface BackupFile {
  readonly header: BackupHeader;
  /** SHA-256 over its lines, uncompressed and without the last, which gives it. */
  readonly checksum: string;
}

/**
 * Writes a backup: lines of JSON, compressed, the last of which is their checksum. The file is there whole or not at
 * all, readable for its owner alone.
 *
 * @throws {@link UsageError} if there is a file of this name, or it cannot be written
 */
export async function writeBackupFile(
  file: string,
  fill: (write: (line: string) => Promise<void>) => Promise<BackupHeader>,
): Promise<BackupFile> {
  const draft = `${file}.${process.pid}.draft`;
  const handle = await open(draft, 'wx', 0o600).catch((cause: unknown) => {
    throw cannotWrite(file, cause);
  });
  try {
    const gzip = createGzip();
    const hash = createHash('sha256');
    const stored = pipeline(gzip, handle.createWriteStream({ flush: true }));
    // Told below, by whoever waits for it.
    stored.catch(() => undefined);
    const write = async (line: string): Promise<void> => {
      if (!gzip.write(`${line}\n`)) await Promise.race([once(gzip, 'drain'), stored]);
    };
    const header = await fill(async (line) => {
      hash.update(`${line}\n`);
      await write(line);
    });
    const checksum = hash.digest('hex');
    gzip.end(`${JSON.stringify({ sha256: checksum })}\n`);
    await stored;
    // Unlike a renaming, this puts nothing in the place of what is there.
    await link(draft, file);
    return { header, checksum };
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall ? cannotWrite(file, error) : error;
  } finally {
    await rm(draft, { force: true });
  }
}

function cannotWrite(file: string, cause: unknown): UsageError {
  const { code } = cause as NodeJS.ErrnoException;
  const why = code === 'EEXIST' ? 'is there already; give the backup another name' : `cannot be written (${code})`;
  return new UsageError(`The file ${file} ${why}.`, { cause });
}

const headerSchema = z.object({
  entente: z.literal('backup'),
  format: z.literal(1),
  takenAt: z.string(),
  postgres: z.string(),
  migrations: z.array(z.string()).min(1),
  tables: z.record(z.string(), z.object({ rows: z.number(), fingerprint: z.string() })),
});

/**
 * Reads a backup from end to end, and says what it holds.
 *
 * @throws {@link RestoreError} if it is damaged, cut off, no backup, or of a newer version
 */
export async function checkBackupFile(file: string): Promise<BackupFile> {
  const hash = createHash('sha256');
  let header: BackupHeader | undefined;
  let last: string | undefined;
  const counts: Record<string, number> = {};
  let table = '';
  for await (const line of linesOf(file)) {
    if (last !== undefined) {
      hash.update(`${last}\n`);
      header ??= headerIn(file, last);
      const begun = tableIn(last);
      if (begun !== undefined) table = begun;
      else if (table) counts[table] = (counts[table] ?? 0) + 1;
    }
    last = line;
  }
  const checksum = hash.digest('hex');
  if (!header || last !== JSON.stringify({ sha256: checksum })) throw damaged(file);
  for (const [name, { rows }] of Object.entries(header.tables)) if (rows !== (counts[name] ?? 0)) throw damaged(file);
  return { header, checksum };
}

/** Rows are loaded so many characters at a time. */
const charactersAtOnce = 500_000;

/** The rows of a backup that was checked, some at a time. */
export async function* rowsOf(file: string): BackupRows {
  let table = '';
  let rows: string[] = [];
  let characters = 0;
  for await (const line of linesOf(file)) {
    const begun = tableIn(line);
    const ends = begun !== undefined || isChecksum(line);
    if ((ends || characters > charactersAtOnce) && rows.length > 0) {
      yield { table, rows };
      rows = [];
      characters = 0;
    }
    if (begun !== undefined) table = begun;
    else if (!ends && table) {
      rows.push(line);
      characters += line.length;
    }
  }
}

/** The last line; rows have more fields. */
const isChecksum = (line: string): boolean => /^\{"sha256":"[0-9a-f]{64}"\}$/.test(line);

const tableIn = (line: string): string | undefined => /^\{"table":"(\w+)"\}$/.exec(line)?.[1];

function headerIn(file: string, line: string): BackupHeader {
  const json = parsed(line);
  const read = headerSchema.safeParse(json);
  const { entente, format } = (json ?? {}) as { entente?: unknown; format?: unknown };
  if (entente === 'backup' && format !== 1)
    throw new RestoreError(`${file} was written by a newer Entente (format ${String(format)}); update this one.`);
  if (!read.success) throw damaged(file);
  const unknown = read.data.migrations.filter((name) => !knownMigrations.includes(name));
  if (unknown.length > 0)
    throw new RestoreError(`${file} was written by a newer Entente (${unknown.join(', ')}); update this one.`);
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const damaged = (file: string): RestoreError =>
  new RestoreError(
    `${file} is not a whole backup of Entente: it is damaged, cut off, or something else. Take another one.`,
  );

/** By line feeds alone: other signs that end a line may stand in a text. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const gunzip = createGunzip();
  const read = pipeline(createReadStream(file), gunzip);
  read.catch(() => undefined);
  let rest = '';
  try {
    for await (const chunk of gunzip.setEncoding('utf8') as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    await read;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new UsageError(`The file ${file} cannot be read (${code}).`, { cause: error });
    throw damaged(file);
  }
  if (rest !== '') throw damaged(file);
}
