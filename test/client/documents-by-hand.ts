import { deflateRawSync } from 'node:zlib';

const u16 = (value: number): Buffer => Buffer.from(Uint16Array.of(value).buffer);
const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);

/** A ZIP archive of these parts, as programs write them; checksums are left out, which readers of a directory do not ask for. */
export function zipOf(
  parts: Readonly<Record<string, string | Buffer>>,
  stored: readonly string[] = ['mimetype'],
): Buffer {
  const files: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const whole = Buffer.from(content);
    const isStored = stored.includes(name);
    const data = isStored ? whole : deflateRawSync(whole);
    const common = Buffer.concat([
      ...[20, 0, isStored ? 0 : 8, 0, 0].map(u16),
      ...[crc32(whole), data.length, whole.length].map(u32),
      u16(Buffer.byteLength(name)),
      u16(0),
    ]);
    const file = Buffer.concat([u32(0x04034b50), common, Buffer.from(name), data]);
    entries.push(
      Buffer.concat([u32(0x02014b50), u16(20), common, u16(0), u16(0), u16(0), u32(0), u32(at), Buffer.from(name)]),
    );
    files.push(file);
    at += file.length;
  }
  const directory = Buffer.concat(entries);
  const count = u16(entries.length);
  return Buffer.concat([
    ...files,
    directory,
    u32(0x06054b50),
    u16(0),
    u16(0),
    count,
    count,
    u32(directory.length),
    u32(at),
    u16(0),
  ]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

const types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

export const docxOf = (text: string): Buffer =>
  zipOf({
    '[Content_Types].xml': types,
    'word/document.xml': `<w:document><w:p><w:r>${text}</w:r></w:p></w:document>`,
  });
export const odtOf = (text: string): Buffer =>
  zipOf({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': `<text:p>${text}</text:p>` });
export const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
