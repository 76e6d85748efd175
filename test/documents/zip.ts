import { inflateRawSync } from 'node:zlib';

/** A part of a DOCX, read by the list at the end of the ZIP, as word processors read it. */
export function partOf(docx: Buffer, name: string): string {
  const end = docx.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = docx.readUInt32LE(end + 16);
  while (docx.readUInt32LE(at) === 0x02014b50) {
    const [nameLength, extra, comment] = [
      docx.readUInt16LE(at + 28),
      docx.readUInt16LE(at + 30),
      docx.readUInt16LE(at + 32),
    ];
    if (docx.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const local = docx.readUInt32LE(at + 42);
      const start = local + 30 + docx.readUInt16LE(local + 26) + docx.readUInt16LE(local + 28);
      const data = docx.subarray(start, start + docx.readUInt32LE(at + 20));
      return (docx.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8');
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`There is no ${name} in it.`);
}
