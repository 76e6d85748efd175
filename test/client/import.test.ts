import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf, minus, plus } from '../../domain/dates.ts';
import { startWorld, type World } from '../world.ts';
import { mainWith } from './command-line.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await startWorld('2018-10-01T01:00:00.000Z');
  folder = await mkdtemp(join(tmpdir(), 'entente-import-'));
});
afterAll(async () => {
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});

const entente = (...words: string[]) => mainWith(words, { ...world.stack.env, ENTENTE_AS: 'kim' });

const today = dayOf(new Date().toISOString());
const at = (day: string) => new Date(`${day}T00:00:00Z`);

const columns = [
  'id',
  'title',
  'countries',
  'coordinator',
  'subject',
  'sides',
  'inEffectSince',
  'duration',
  'renewal',
  'notice',
  'termEnds',
  'termNumber',
  'lapsedOn',
];

/** By turns: in its first term, undecided too long, renewed tacitly for years, indefinite, lapsed years ago. */
function mou(index: number): (string | number | Date | null)[] {
  const terms: (string | number | Date | null)[][] = [
    [at(minus(today, 'P1Y')), 'P3Y', 'tacit', 'P6M', null, null, null],
    [at('2009-05-12'), 'P3Y', 'tacit', 'P6M', at(plus(today, 'P20D')), 4, null],
    [at('2004-02-29'), 'P2Y', 'tacit', 'P3M', null, null, null],
    [at('2011-11-11'), 'indefinite', null, 'P6M', null, null, null],
    [at('1998-07-01'), null, null, null, null, 2, at('2008-07-01')],
  ];
  return [
    `m${index}`,
    `MOU no. ${index}`,
    'KR; GR',
    '\u00a0kim\u200b',
    `Matter ${index}`,
    'mois; mar',
    ...(terms[index % 5] ?? []),
  ];
}

const sheet = async (name: string, rows: (string | number | Date | null)[][]) => {
  const file = join(folder, name);
  await writeFile(file, await writeXlsx({ sheets: [{ name: 'mou', rows: [columns, ...rows] }] }));
  return file;
};

const stages = async () => {
  const rows = await world.db.selectFrom('cases').select('stage').orderBy('id').execute();
  return { inEffect: rows.filter(({ stage }) => stage === 'inEffect').length, all: rows.length };
};
const readers = async () =>
  [
    ...new Set((await world.db.selectFrom('messages').select('recipient').execute()).map(({ recipient }) => recipient)),
  ].toSorted();

describe('a sheet of 174 MOUs', () => {
  const rows = Array.from({ length: 174 }, (_, index) => mou(index));

  it('is refused as a whole if one of them is: nothing is stored', async () => {
    const file = await sheet('wrong.xlsx', [
      ...rows,
      mou(174).with(10, at('2010-01-01')),
      mou(175).with(5, 'mois; nobody'),
    ]);
    const refused = await entente('import', file, '--kind', 'mou', '--yes');
    expect(refused).toMatchObject({ code: 3, out: '' });
    expect(refused.err).toMatch(/line 176: mou\/m174: /);
    expect(refused.err).toMatch(/line 177: mou\/m175: .*"nobody"/);
    expect(await stages()).toEqual({ inEffect: 0, all: 0 });
  });

  it('is shown with what would follow, and comes in at one go; nobody abroad is written to about the past', async () => {
    const file = await sheet('mous.xlsx', rows);
    const shown = await entente('import', file, '--kind', 'mou', '--dry-run', '-o', 'csv');
    expect(shown.err).toContain('Nothing was done. To be opened: 174 cases.');
    expect(shown.err).not.toContain('agency/mar');
    expect(shown.out).toMatch(/mou\/m1,.*decision on term 4.*person\/kim/);
    expect(await stages()).toEqual({ inEffect: 0, all: 0 });

    const done = await entente('import', file, '--kind', 'mou', '--yes', '-o', 'csv');
    expect(done.err).toContain('Opened: 174 cases.');
    expect(await stages()).toEqual({ inEffect: 140, all: 174 });
    expect(await readers()).toEqual(['person/kim']);
  });

  it('asked twice brings nothing in again; a row that has changed since is refused with all others', async () => {
    const again = await entente('import', await sheet('again.xlsx', rows), '--kind', 'mou', '--yes');
    expect(again.err).toContain('Open already, with the same fields: 174 cases.');
    const changed = await sheet('changed.xlsx', [mou(900), mou(3).with(1, 'Another title')]);
    const refused = await entente('import', changed, '--kind', 'mou', '--yes');
    expect(refused.err).toContain('line 3: mou/m3: mou/m3 was opened before with other fields');
    expect((await world.db.selectFrom('cases').select('id').execute()).length).toBe(174);
  });
});

it('given to open, a sheet is told the command that brings it in', async () => {
  const said = async (file: string) => {
    const { code, out, err } = await entente('open', '--file', file);
    return [code, out, err.replace(/^.*\.\/entente /, '').replaceAll(folder, '')];
  };
  expect(await said(await sheet('of mine.xlsx', [mou(1)]))).toEqual([2, '', "import '/of mine.xlsx' --kind mou\n"]);
  const csv = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text);
    return said(file);
  };
  expect(await csv('a.csv', (await entente('open', '--template', 'mou')).out)).toEqual([
    2,
    '',
    'import /a.csv --kind mou\n',
  ]);
  expect(await csv('p.csv', 'id,name,agency\n')).toEqual([2, '', 'directory import /p.csv\n']);
  expect(await csv('what.csv', 'rank,colour\n')).toEqual([2, '', 'import /what.csv --kind KIND\n']);
});

describe('a template', () => {
  it('names the columns, in a workbook with what each means, and as CSV', async () => {
    const file = join(folder, 'template.xlsx');
    expect(await entente('open', '--template', 'mou', '--file', file)).toMatchObject({ code: 0 });
    const workbook = await readXlsx(await readFile(file));
    expect(workbook.sheets.map(({ name }) => name)).toEqual(['mou', 'columns']);
    expect(workbook.sheets[0]?.rows[0]).toEqual(expect.arrayContaining(columns));
    const { out } = await entente('open', '--template', 'mou');
    expect(out.trim().split(',')).toEqual(workbook.sheets[0]?.rows[0]);
    expect((await entente('open', '--template', 'people')).out).toContain('id,name');
  });

  it('never writes over a file, and is written as nothing else', async () => {
    expect(await entente('open', '--template', 'mou', '--file', join(folder, 'template.xlsx'))).toMatchObject({
      code: 2,
    });
    expect(await entente('open', '--template', 'mou', '--file', join(folder, 'a.pdf'))).toMatchObject({ code: 2 });
  });
});

it('people come in from a workbook, too', async () => {
  const file = join(folder, 'people.xlsx');
  const rows = [
    ['id', 'name', 'email', 'agency'],
    ['eleni', 'Ελένη Παππά', '\u200beleni@mar.example.org\u00a0', 'mar'],
    [null, ' ', null, null],
  ];
  await writeFile(file, await writeXlsx({ sheets: [{ name: 'people', rows }] }));
  expect(await entente('directory', 'import', file)).toMatchObject({ code: 0 });
  const { email } = await world.db
    .selectFrom('people')
    .select('email')
    .where('id', '=', 'eleni')
    .executeTakeFirstOrThrow();
  expect(email).toBe('eleni@mar.example.org');
});
