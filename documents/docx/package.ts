import { readable } from '../../domain/text.ts';
import type { About } from './docx.ts';

/** The first moment that a ZIP can tell: as ZIP has it, and for a text of nothing that is on record. */
const zipBegins = { time: 0x0021_0000, instant: '1980-01-01T00:00:00.000Z' };

const escaped = (text: string): string =>
  readable(text).replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** What the file says of itself; the library would put the machine's clock here. */
export const coreProperties = ({ title, language, asOf }: About): { path: string; data: string } => {
  const moment = `${(asOf ?? zipBegins.instant).slice(0, 19)}Z`;
  return {
    path: 'docProps/core.xml',
    data:
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
      '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"' +
      ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
      ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
      `<dc:title>${escaped(title)}</dc:title><dc:creator>Entente</dc:creator><dc:language>${escaped(language)}</dc:language>` +
      `<dcterms:created xsi:type="dcterms:W3CDTF">${moment}</dcterms:created>` +
      `<dcterms:modified xsi:type="dcterms:W3CDTF">${moment}</dcterms:modified></cp:coreProperties>`,
  };
};

// ZIP, APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16: where each header names its time, and the lengths that tell where the next begins.
const local = { signature: 0x04034b50, time: 10, size: 18, name: 26, extra: 28, length: 30 };
const central = { signature: 0x02014b50, time: 12, name: 28, extra: 30, comment: 32, length: 46 };

/** The same archive with the same time on every file, whenever it was made. */
export function withoutClock(archive: Buffer): Buffer {
  const fixed = Buffer.from(archive);
  let at = 0;
  while (fixed.readUInt32LE(at) === local.signature) {
    fixed.writeUInt32LE(zipBegins.time, at + local.time);
    at +=
      local.length +
      fixed.readUInt16LE(at + local.name) +
      fixed.readUInt16LE(at + local.extra) +
      fixed.readUInt32LE(at + local.size);
  }
  while (fixed.readUInt32LE(at) === central.signature) {
    fixed.writeUInt32LE(zipBegins.time, at + central.time);
    at +=
      central.length +
      fixed.readUInt16LE(at + central.name) +
      fixed.readUInt16LE(at + central.extra) +
      fixed.readUInt16LE(at + central.comment);
  }
  return fixed;
}
