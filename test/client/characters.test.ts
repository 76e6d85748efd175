import { mkdtemp, open, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import ICAL from 'ical.js';
import { lexer, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { render } from '../../activities/mail/render.ts';
import { invitationOf } from '../../calendars/icalendar.ts';
import { csvOf, markFor } from '../../client/output/csv.ts';
import { plain } from '../../client/output/plain.ts';
import { tableOf } from '../../client/output/table.ts';
import { asParagraphs, asWords } from '../../documents/markdown.ts';
import { docxOf } from '../../documents/docx/docx.ts';
import { line, text } from '../../domain/fields.ts';
import { readable } from '../../domain/text.ts';
import { message, names } from '../activities/mail/samples.ts';
import { partOf } from '../documents/zip.ts';

/** Every code point, lone surrogates among them. */
const codePoints = Array.from({ length: 0x11_0000 }, (_, code) => code);

/** As the standards have it, said in another way than the rule itself. */
const isNoncharacter = (code: number): boolean => (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe;
const isControl = (code: number): boolean => code < 0x20 || (code >= 0x7f && code <= 0x9f);
const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;
const turnsDirection = new Set([
  0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
]);
const isText = (code: number): boolean =>
  !isNoncharacter(code) &&
  !isSurrogate(code) &&
  !turnsDirection.has(code) &&
  (!isControl(code) || code === 9 || code === 10);

const named = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

/** Production 2 of XML 1.0: any other character makes a file that nothing opens. */
const xml = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** A text with all that a register of earlier versions could hold, in pieces that fit a case. */
const pieces = Array.from({ length: Math.ceil(0x11_0000 / 4096) }, (_, index) =>
  codePoints
    .slice(index * 4096, (index + 1) * 4096)
    .map((code) => String.fromCodePoint(code))
    .join('\u0378'),
);
const held = pieces.filter((piece) => /\p{L}|\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/u.test(piece));

describe('the door', () => {
  it('takes every character that is one, and no other', () => {
    const wrong = codePoints.filter(
      (code) => text.safeParse(`a${String.fromCodePoint(code)}b`).success !== isText(code),
    );
    // A carriage return is a line end, and becomes a line feed.
    expect(wrong.map(named)).toEqual(['U+000D']);
  });

  it('takes no line end into a single line', () => {
    const wrong = codePoints.filter(
      (code) =>
        line.safeParse(`a${String.fromCodePoint(code)}b`).success !==
        (isText(code) && ![9, 10, 0x2028, 0x2029].includes(code)),
    );
    expect(wrong.map(named)).toEqual([]);
  });

  it.each([
    ['U+FFFE', '\ufffe'],
    ['U+FFFF', '\uffff'],
    ['U+FDD0', '\ufdd0'],
    ['U+1FFFE', '\u{1fffe}'],
    ['U+10FFFF', '\u{10ffff}'],
  ])('says which character is none: %s', (name, character) => {
    expect(line.safeParse(`Agreed ${character} minutes`).error?.issues[0]?.message).toBe(
      `holds ${name}, which is no character`,
    );
  });
});

it('what goes out holds every character that is one, and U+FFFD for any other', () => {
  const wrong = codePoints.filter(
    (code) => readable(String.fromCodePoint(code)) !== (isText(code) ? String.fromCodePoint(code) : '\ufffd'),
  );
  expect(wrong).toEqual([]);
});

describe('a register that holds any character at all can be shown', () => {
  it('as a document that opens', async () => {
    const about = { title: held.join(''), language: 'en', countries: ['KR', 'BG'], asOf: undefined };
    const docx = await docxOf(held.map((piece) => asParagraphs(piece).text).join('\n\n'), about);
    for (const part of ['word/document.xml', 'docProps/core.xml']) expect(xml.test(partOf(docx, part))).toBe(true);
  });

  it('as Markdown that says what it says', () => {
    const words = (tokens: readonly Token[]): string =>
      tokens
        .map((token) =>
          'tokens' in token && token.tokens ? words(token.tokens) : 'text' in token ? String(token.text) : '',
        )
        .join('');
    for (const piece of pieces.slice(0, 8)) {
      const bare = piece.replaceAll(/[&<>"'\\`*[\]#|~_\s]/gu, 'x');
      expect(words(lexer(asWords(bare)))).toBe(readable(bare).trim());
    }
  });

  it('in a calendar', () => {
    for (const piece of held) {
      const calendar = invitationOf({
        uid: 'one@entente',
        sequence: 0,
        withdrawn: false,
        entry: { name: 'meeting', summary: piece, from: '2026-06-10', to: '2026-06-10', place: piece, attendees: [] },
        stamp: '2026-01-01T00:00:00.000Z',
        caseId: 'meeting/kr-gr-1',
        organizer: { name: piece, address: 'entente@example.org' },
      });
      const event = new ICAL.Component(ICAL.parse(calendar) as unknown[]).getFirstSubcomponent('vevent');
      expect(readable(calendar.replaceAll('\r', ''))).toBe(calendar.replaceAll('\r', ''));
      expect(event?.getFirstPropertyValue('location')).toBe(readable(piece).replaceAll('\r', '\n'));
    }
  });

  it('in a letter', () => {
    for (const piece of held) {
      const facts = { title: piece, topic: piece };
      const { subject, text: body, html } = render(message({}, facts), { language: 'en', zone: 'Asia/Seoul' }, names);
      for (const part of [subject, body, html]) expect(readable(part)).toBe(part);
      expect(xml.test(html)).toBe(true);
    }
  });

  it('as CSV, and at a terminal', () => {
    for (const piece of held) {
      expect(parse(csvOf(['x'], [[`a${piece}`]]), { columns: true })).toEqual([{ x: `a${readable(piece)}` }]);
      expect(readable(plain(piece))).toBe(plain(piece));
    }
    expect(tableOf(['x'], [['a\ufffe\u0000\ud800']], 40)).toContain('a\ufffd\ufffd\ufffd');
  });
});

it('a file gets a byte order mark at its beginning, a pipe none', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'entente-csv-')), 'list.csv');
  const handle = await open(file, 'w');
  expect(markFor(handle.fd)).toBe('\ufeff');
  await handle.write(`${markFor(handle.fd)}${csvOf(['이름'], [['김민지']])}`);
  // More of the same file, as with >>.
  expect(markFor(handle.fd)).toBe('');
  await handle.close();
  expect(markFor(undefined)).toBe('');
  expect((await readFile(file)).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
});
