import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeXlsx, type WriteSheet } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSheet } from '../../client/sheets/read.ts';
import { textOf } from '../../client/sheets/sheet.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'entente-sheets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

const csv = async (content: string | Uint8Array) => readSheet(await written('a.csv', content));
const cellsOf = ({ rows }: Awaited<ReturnType<typeof csv>>) => rows.map(({ cells }) => cells.map(textOf));
const faultsOf = ({ faults }: Awaited<ReturnType<typeof csv>>) =>
  faults.map(({ line, because }) => `${line} ${because}`);

describe('a CSV file is read as it was meant', () => {
  const plain = 'id,name\nkr,Κορέα\n';
  const utf16be = Buffer.from(`\ufeff${plain}`, 'utf16le').swap16();
  it.each<[string, string | Uint8Array]>([
    ['as it is', plain],
    ['with a byte order mark', `\ufeff${plain}`],
    ['with CRLF', plain.replaceAll('\n', '\r\n')],
    ['with a lone CR as line end', plain.replaceAll('\n', '\r')],
    ['with semicolons', plain.replaceAll(',', ';')],
    ['with tabs', plain.replaceAll(',', '\t')],
    ['after sep=;', `sep=;\r\n${plain.replaceAll(',', ';')}`],
    ['after a mark and sep=,', `\ufeffsep=,\n${plain}`],
    ['in UTF-16 with a mark', Buffer.from(`\ufeff${plain}`, 'utf16le')],
    ['in UTF-16 without one', Buffer.from(plain, 'utf16le')],
    ['in UTF-16, big end first', utf16be],
    ['with blank rows at its end', `${plain}\n,\n , \n\u00a0,\u200b\n`],
    ['with blank cells beside it', 'id;name;;;\nkr;Κορέα;;;\n'],
    ['with blank cells beside some of its rows', 'id,name,,\nkr,Κορέα\n'],
    ['with no-break and zero-width spaces around', 'id,name\n\u00a0kr\u200b,\u2060Κορέα\u00a0\ufeff\n'],
  ])('%s', async (_, content) => {
    const sheet = await csv(content);
    expect(faultsOf(sheet)).toEqual([]);
    expect(cellsOf(sheet)).toEqual([
      ['id', 'name'],
      ['kr', 'Κορέα'],
    ]);
  });

  it('with the line on which each row begins, though sep= and line breaks in cells stand before it', async () => {
    const { rows } = await csv('sep=;\nid;name\na;"two\nlines"\nb;x\n');
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 5]);
  });

  it('with the line on which each row begins, though CRLF and lone CR stand in cells', async () => {
    const { rows } = await csv('id;name\r\na;"two\r\nlines"\r\nb;"x\ry"\r\nc;z;;\r\n');
    expect(rows.map(({ line, cells }) => [line, cells.length])).toEqual([
      [1, 2],
      [2, 2],
      [4, 2],
      [6, 2],
    ]);
  });

  it('with the other separator in a cell, though lines end in a lone CR', async () => {
    expect(cellsOf(await csv('id,name\rkr,a;b\r'))).toEqual([
      ['id', 'name'],
      ['kr', 'a;b'],
    ]);
  });

  it('names a row with something beyond the named columns, which is no blank beside it', async () => {
    expect(cellsOf(await csv('a;b;;\nx;y;;z\n'))[1]).toEqual(['x', 'y', '', 'z']);
  });

  it('keeps blanks and joiners within a text', async () => {
    expect(cellsOf(await csv('a,b\nx,n\u00a0o\u200ds\n'))[1]).toEqual(['x', 'n\u00a0o\u200ds']);
  });
});

describe('a CSV file that cannot be read is refused with line and cause', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['Latin-1', Buffer.from('id\nFran\xe7ais\n', 'latin1'), '2 is not UTF-8 (perhaps Latin-1'],
    ['half of UTF-16', Buffer.from('\ufeffid\n', 'utf16le').subarray(0, 7), '1 is not whole UTF-16'],
    ['a program', Buffer.from([0x7f, 0x45, 0, 0, 0x46]), '1 is binary'],
    ['a quote that is not closed', 'id,name\na,"b\nc,d\n', '2 its quoting is broken'],
  ])('%s', async (_, content, because) => {
    expect(faultsOf(await csv(content)).join('\n')).toContain(because);
  });
});

const xlsx = async (sheets: WriteSheet[], dateSystem: '1900' | '1904' = '1900', named?: string) =>
  readSheet(await written('a.xlsx', await writeXlsx({ sheets, dateSystem })), named);

const workbook = (name: string): string => fileURLToPath(new URL(`workbooks/${name}.xlsx`, import.meta.url));

describe('a workbook', () => {
  it.each(['1900', '1904'] as const)(
    'has the same days in the calendar of %s, as dates and as numbers',
    async (system) => {
      const serial = system === '1900' ? 43_525 : 42_063;
      const { rows } = await xlsx(
        [
          {
            name: 'A',
            rows: [
              ['on', 'n'],
              [new Date('2019-03-01T00:00:00Z'), serial],
            ],
          },
        ],
        system,
      );
      expect(rows[1]?.cells).toEqual(['2019-03-01', { serial, day: '2019-03-01' }]);
    },
  );

  it('is refused with the cells that are merged, hold a formula or an error', async () => {
    const sheet = await xlsx([
      {
        name: 'A',
        rows: [
          ['a', 'b'],
          ['x', ''],
          ['y', 5],
        ],
        cells: new Map([['2,1', { value: 5, formula: 'SUM(1,4)' }]]),
        merges: [{ startRow: 1, startCol: 0, endRow: 1, endCol: 1 }],
      },
    ]);
    expect(faultsOf(sheet)).toEqual([
      '2 A2:B2: are merged; take them apart and fill in each cell',
      '3 B3: holds a formula; paste its value in its place',
    ]);
  });

  // Made by hand of the XML that Excel writes: shared strings with runs of other fonts and readings, days in three formats,
  // cells and rows without a value, a hidden sheet. `unzip -p FILE xl/worksheets/sheet1.xml` shows it.
  it.each([
    ['1900', '1900-01-29'],
    ['1904', '1904-01-31'],
  ])('as Excel writes it is read rightly, with the calendar of %s', async (system, thirtieth) => {
    const sheet = await readSheet(workbook(`days-${system}`));
    expect(faultsOf(sheet)).toEqual([]);
    expect(sheet.rows.slice(1)).toEqual([
      {
        line: 2,
        cells: 'portal|Open data portal|KR;GR|kim-minji|Open data portal|klid|2018-12-14|2018-09-28|30;7'.split('|'),
      },
      {
        line: 4,
        cells: [
          ...'레벨|한글 제목|KR;GR|kim-minji|한글 제목|mindigital|2018-12-15|'.split('|'),
          { serial: 30, day: thirtieth },
        ],
      },
    ]);
  });

  it('as Excel writes it is refused with the cells that hold formulas, whatever was worked out last, errors and merges', async () => {
    expect(faultsOf(await readSheet(workbook('formulas-merged')))).toEqual([
      '5 A5:B5: are merged; take them apart and fill in each cell',
      '2 B2: holds a formula; paste its value in its place',
      '2 C2: holds a formula; paste its value in its place',
      '3 C3: holds a formula; paste its value in its place',
      '4 B4: holds an error (#N/A) in place of a value',
      '4 C4: holds a formula; paste its value in its place',
    ]);
  });

  it('names the sheet that is meant, by its name or by being alone', async () => {
    const two = [
      { name: 'mou', rows: [['a']] },
      { name: 'old', rows: [['b']] },
    ];
    expect(cellsOf(await xlsx(two, '1900', 'mou'))).toEqual([['a']]);
    expect(faultsOf(await xlsx(two))[0]).toContain('has the sheets "mou", "old"');
    expect(cellsOf(await xlsx([two[1] ?? { name: '' }, { name: 'columns', rows: [['c']] }]))).toEqual([['b']]);
  });

  it('is refused where it is none, or has nothing on it', async () => {
    expect(faultsOf(await readSheet(await written('b.xlsx', 'id,name\n')))[0]).toContain(
      'cannot be read as a workbook',
    );
    expect(faultsOf(await xlsx([{ name: 'A', rows: [] }]))[0]).toContain('has no sheet with anything on it');
  });
});
