import { inflateRawSync } from 'node:zlib';

/** What is asked of an archive at most: a document is a few dozen parts, and what one of them unfolds to is bounded. */
const mostParts = 10_000;
const largestPart = 50_000_000;

const signatures = { part: 0x04034b50, entry: 0x02014b50, end: 0x06054b50 } as const;
const endLength = 22;
const longestComment = 65_535;

/** A part of a ZIP archive, such as an office document. */
export interface ZipPart {
  readonly name: string;
  /** @throws if it is damaged, encrypted, or larger than anybody would make it */
  read(): Buffer;
}

/** The parts of an archive by its directory; undefined if it is none, or is damaged or cut off. */
export function zipParts(file: Buffer): readonly ZipPart[] | undefined {
  const end = endOf(file);
  if (end === undefined) return undefined;
  const count = file.readUInt16LE(end + 10);
  if (count > mostParts) return undefined;
  const parts: ZipPart[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let each = 0; each < count; each++) {
    if (at + 46 > end || file.readUInt32LE(at) !== signatures.entry) return undefined;
    const nameLength = file.readUInt16LE(at + 28);
    const entry = at;
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    parts.push({ name, read: () => contentAt(file, entry) });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts;
}

/** Where the directory ends: the last such mark, behind which only a comment may stand. */
function endOf(file: Buffer): number | undefined {
  const last = file.length - endLength;
  for (let at = last; at >= Math.max(0, last - longestComment); at--)
    if (file.readUInt32LE(at) === signatures.end) return at;
  return undefined;
}

function contentAt(file: Buffer, entry: number): Buffer {
  const isEncrypted = (file.readUInt16LE(entry + 8) & 1) === 1;
  const method = file.readUInt16LE(entry + 10);
  const [packed, whole] = [file.readUInt32LE(entry + 20), file.readUInt32LE(entry + 24)];
  const part = file.readUInt32LE(entry + 42);
  if (isEncrypted || whole > largestPart || file.readUInt32LE(part) !== signatures.part)
    throw new Error('This part of the archive cannot be read.');
  const from = part + 30 + file.readUInt16LE(part + 26) + file.readUInt16LE(part + 28);
  const data = file.subarray(from, from + packed);
  if (method === 0) return data;
  if (method !== 8) throw new Error('This part of the archive is packed in a way that is not known.');
  return inflateRawSync(data, { maxOutputLength: largestPart });
}
