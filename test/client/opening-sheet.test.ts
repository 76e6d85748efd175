import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileFaultsError } from '../../client/errors.ts';
import { readOpeningSheet } from '../../client/opening-sheet.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'entente-openings-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

const head = 'id,title,countries,coordinator,topic,owner,due,remindBefore,coChairs';
const row = (id: string) => `${id},Portal ${id},KR;GR,kim,Portal,klid,2026-12-14,30;7,"kim, lee"`;
const openings = async (content: string) => readOpeningSheet(await written('o.csv', content), 'action', 'kim');
const refusal = async (content: string) =>
  openings(content).then(
    () => 'accepted',
    (error: unknown) => (error instanceof FileFaultsError ? error.message.replaceAll(folder, '') : String(error)),
  );

describe('a sheet of cases', () => {
  it('gives each row as an opening, with lists, numbers and who brings it in', async () => {
    const [first] = await openings(`${head}\n${row('a')}\n`);
    expect(first?.opening).toEqual({
      id: 'a',
      by: 'kim',
      title: 'Portal a',
      countries: ['KR', 'GR'],
      coordinator: 'kim',
      topic: 'Portal',
      owner: 'klid',
      due: '2026-12-14',
      remindBefore: [30, 7],
      coChairs: ['kim', 'lee'],
    });
  });

  it.each([
    ['a column twice', `${head},Title\n`, 'line 1: J the column "Title" stands there twice'],
    ['an unknown column', `${head},rank\n`, 'line 1: J there is no column "rank" of action; there are id, '],
    ['a column missing', 'id,title\na,b\n', 'line 1: the column "countries" is missing'],
    ['the header again', `${head}\n${row('a')}\n${head}\n`, 'line 3: repeats the names of the columns'],
    ['an id twice', `${head}\n${row('a')}\n${row('b')}\n${row('a')}\n`, 'line 4: action/a stands on line 2 already'],
    ['a wrong day', `${head}\n${row('a').replace('2026-12-14', '14.12.2026')}\n`, 'line 2: G (due): must be a day'],
    [
      'a day as a number',
      `${head}\n${row('a').replace('2026-12-14', '46370')}\n`,
      '46370 is a day as a spreadsheet counts',
    ],
    ['a needed cell blank', `${head}\n${row('a').replace('klid', '')}\n`, 'line 2: F (owner): is missing'],
    ['a cell too many', `${head}\n${row('a')},x\n`, 'line 2: J: lies beyond the named columns'],
    ['a cell too few', `${head}\na,b\n`, 'line 2: has 2 cells where the first row names 9 columns'],
    ['nothing', '', 'line 1: is empty'],
  ])('is refused with %s, by row, column and cause', async (_, content, because) => {
    expect(await refusal(content)).toContain(because);
  });

  it.each([
    ['|', head.replaceAll(',', '|')],
    ['commas after sep=;', `sep=;\n${head}`],
  ])('is refused for one cause where its columns are not separated: %s', async (_, first) => {
    expect(await refusal(`${first}\n`)).toMatch(/^Nothing was brought in: there is 1 fault\.\n.*is one column, "id/);
  });

  it('names of a cell that cannot be read nothing else', async () => {
    const cells = [head.split(','), ['a', 'Portal', 'KR', 'kim', '', 'klid', '2026-12-14', '7', 'kim']];
    const file = await written(
      'unread.xlsx',
      await writeXlsx({
        sheets: [
          {
            name: 'action',
            rows: [...cells, ['b', 'Portal', 'KR', 'kim', 'Portal', '', '2026-12-14', '7', 'kim']],
            cells: new Map([['1,4', { value: 'x', formula: 'A1' }]]),
            merges: [{ startRow: 1, startCol: 5, endRow: 2, endCol: 5 }],
          },
        ],
      }),
    );
    const faults = await readOpeningSheet(file, 'action', 'kim').then(
      () => [],
      (error: unknown) => (error as FileFaultsError).faults.map(({ line, because }) => `${line} ${because}`),
    );
    expect(faults).toEqual([
      '2 F2:F3: are merged; take them apart and fill in each cell',
      '2 E2: holds a formula; paste its value in its place',
    ]);
  });

  it('names the first 200 faults where there are thousands', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => row(`A${index}`));
    const said = (await refusal(`${head}\n${rows.join('\n')}\n`)).split('\n');
    expect([said.length, said.at(-1)]).toEqual([202, 'And 2800 more.']);
  });

  it('names all faults of all rows at once', async () => {
    const wrong = `${head}\n${row('A')}\n${row('b').replace('KR;GR', 'Korea')}\n`;
    expect(await refusal(wrong)).toContain('there are 2 faults');
  });

  it('may have 10,000 rows and no more', async () => {
    const rows = Array.from({ length: 10_001 }, (_, index) => row(`a${index}`));
    expect(await openings(`${head}\n${rows.slice(1).join('\n')}\n`)).toHaveLength(10_000);
    expect(await refusal(`${head}\n${rows.join('\n')}\n`)).toContain('line 10002: these are more than 10000 rows');
  });
});
