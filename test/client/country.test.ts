import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectEntente } from '../../client/client.ts';
import { readCountryFiles } from '../../client/country-files.ts';
import { widthOf } from '../../client/output/width.ts';
import { mainWith } from './command-line.ts';
import { type Register, startRegister } from './register.ts';
import { seed } from './seed.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const profiles = join(examples, 'country-profiles.yaml');

let register: Register;
let env: Record<string, string>;
let folder: string;

beforeAll(async () => {
  register = await startRegister();
  env = { ...register.env, ENTENTE_AS: 'kim-minji' };
  folder = await mkdtemp(join(tmpdir(), 'entente-country-'));
  await seed(register.db);
  await run('directory', 'import', join(examples, 'directory.yaml'));
});
afterAll(async () => {
  await register?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => sql`truncate country_records restart identity`.execute(register.db));

const run = (...words: string[]) => mainWith(words, env);

async function fileOf(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

const json = async (...words: string[]): Promise<unknown> => JSON.parse((await run(...words, '-o', 'json')).out);
const counts = async (...files: string[]) =>
  ((await json('country', 'import', ...files)) as { added: number; replaced: number; unchanged: number }[]).map(
    ({ added, replaced, unchanged }) => [added, replaced, unchanged],
  );

describe('country import', () => {
  it('records the profiles of the examples, and nothing the second time', async () => {
    expect(await counts(profiles)).toEqual([
      [6, 0, 0],
      [1, 0, 0],
      [17, 0, 0],
    ]);
    expect(await counts(profiles)).toEqual([
      [0, 0, 6],
      [0, 0, 1],
      [0, 0, 17],
    ]);
  });

  it('takes the same indicators from CSV', async () => {
    await counts(profiles);
    expect((await counts(join(examples, 'country-profiles.csv')))[0]).toEqual([0, 0, 3]);
  });

  it('records once what ten import at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const entente = connectEntente({ databaseUrl: () => register.url, temporal: () => expect.fail() });
        const read = await readCountryFiles([profiles]);
        try {
          return await entente.countries.import(read.profiles, 'kim-minji');
        } finally {
          await entente.close();
        }
      }),
    );
    expect(results.reduce((sum, { indicators }) => sum + indicators.added, 0)).toBe(6);
  });

  it('puts what differs in the place of the former, which stays in the history with who replaced it', async () => {
    const first = await fileOf('a.csv', 'country,indicator,year,rank,source\nRO,EGDI,2018,67,UN\n');
    const second = await fileOf(
      'b.csv',
      'country;indicator;year;rank;source\nRO;EGDI;2018;66;UN\nRO;EGDI;2020;55;UN\n',
    );
    await counts(first);
    expect((await counts(second))[0]).toEqual([1, 1, 0]);
    expect(await json('country', 'indicators', '--country', 'RO')).toMatchObject([
      { year: 2020, rank: 55 },
      { year: 2018, rank: 66 },
    ]);
    expect(await json('country', 'history', 'RO')).toMatchObject([
      { record: { rank: 67 }, supersededBy: 'kim-minji' },
      { record: { rank: 66 }, supersededBy: null },
      { record: { rank: 55 }, supersededBy: null },
    ]);
  });

  it('refuses to change or delete a record behind its back', async () => {
    await counts(profiles);
    await expect(sql`delete from country_records`.execute(register.db)).rejects.toThrow(/stay as they are/);
    await expect(sql`update country_records set data = '{}'`.execute(register.db)).rejects.toThrow(/stay as they are/);
  });

  const csv = 'country,indicator,year,value,rank,source\n';
  it.each<[string, string, string, readonly string[]]>([
    ['an unknown country', 'x.csv', `${csv}XX,EGDI,2018,,1,UN\n`, ['2: country: there is no country "XX"']],
    ['no value and no rank', 'x.csv', `${csv}RO,EGDI,2018,,,UN\n`, ['2: needs a value or a rank']],
    ['a year that is none', 'x.csv', `${csv}RO,EGDI,MMXVIII,,1,UN\nRO,EGDI,18,,1,UN\n`, ['2: year: ', '3: year: ']],
    ['a rank of zero', 'x.csv', `${csv}RO,EGDI,2018,,0,UN\n`, ['2: rank: ']],
    ['no source', 'x.csv', `${csv}RO,EGDI,2018,,1,\n`, ['2: source: is missing']],
    [
      'the same indicator twice',
      'x.csv',
      `${csv}RO,EGDI,2018,,1,UN\nRO,EGDI,2018,,2,UN\n`,
      ['3: is the same indicator as in '],
    ],
    ['an unknown column', 'x.csv', 'country,indicator,year,place,source\n', ['1: indicators have no column "place"']],
    [
      'faults of YAML, each at its line',
      'x.yaml',
      'plans:\n  - country: RO\n    plan: P\n    from: 2020\n    to: 2014\n    source: S\n  - country: RO\n    plan: Q\n    amount: 5\n    source: S\nnotes:\n  - country: RO\n    note: N\n    on: 2018-02-30\n    source: S\ngoals: []\n',
      ['5: to: lies before', '9: amount: an amount needs', '14: on: must be a year', '16: "goals" is none of'],
    ],
  ])('refuses %s, and stores nothing', async (_, name, text, expected) => {
    const right = await fileOf('right.csv', `${csv}RO,Right,2018,,1,UN\n`);
    const { code, out, err } = await run('country', 'import', right, await fileOf(name, text));
    const faults = [...err.matchAll(/, line (.*)/g)].map(([, fault]) => fault ?? '');
    expect(faults).toHaveLength(expected.length);
    expected.forEach((fault, index) => expect(faults[index]).toContain(fault));
    expect([code, out]).toEqual([3, '']);
    expect(await json('country', 'indicators')).toEqual([]);
  });

  it('refuses an importer who is nobody', async () => {
    const { code, err } = await run('country', 'import', profiles, '--as', 'nobody');
    expect([code, err]).toEqual([3, expect.stringMatching(/^Refused \(UnknownPerson\)/)]);
  });
});

describe('one thing at a time', () => {
  it('is recorded by a command, replaced, and withdrawn with a reason', async () => {
    const words = ['country', 'add-indicator', 'RO', '--indicator', 'EGDI', '--year', '2018', '--source', 'UN'];
    expect((await run(...words, '--rank', '67')).err).toBe('It is recorded.\n');
    expect((await run(...words, '--rank', '67')).err).toBe('It was on record already.\n');
    expect((await run(...words, '--rank', '66')).err).toBe('It is recorded, in place of the one before.\n');
    expect((await run('country', 'withdraw', 'RO', '2')).err).toMatch(/^Refused \(ReasonMissing\)/);
    expect((await run('country', 'withdraw', 'GR', '2', '--reason', 'x')).err).toMatch(/^Refused \(UnknownItem\)/);
    expect((await run('country', 'withdraw', 'RO', '2', '--reason', 'a slip')).code).toBe(0);
    expect((await run('country', 'withdraw', 'RO', '2', '--reason', 'a slip')).code).toBe(3);
    expect((await run('country', 'history', 'RO', '-o', 'csv')).out).toMatch(/withdrawn .* by kim-minji: a slip/);
    expect(await json('country', 'indicators')).toEqual([]);
  });

  it.each<[string[], RegExp]>([
    [['add-indicator', 'RO', '--indicator', 'X', '--year', '2018', '--source', 'S'], /needs a value or a rank/],
    [['add-indicator', 'XX', '--indicator', 'X', '--year', '1', '--source', 'S', '--rank', '1'], /--year: must be/],
    [['add-plan', 'XX', '--plan', 'P', '--source', 'S'], /there is no country "XX"/],
    [['add-note', 'RO', '--note', 'N', '--on', '2018-13', '--source', 'S'], /--on: must be a year, a month or a day/],
  ])('is refused when it is wrong: %j', async (words, because) => {
    const { code, err } = await run('country', ...words);
    expect(err).toMatch(because);
    expect(code).toBe(3);
  });
});

describe('country show', () => {
  it('is a page of 80 columns with profile, cases, actions and what is next', async () => {
    await counts(profiles);
    const { out } = await run('country', 'show', 'RO');
    for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
    const words = out.replaceAll(/\s+/g, ' ');
    for (const part of [
      '2018 UN E-Government Development Index: 67th among UN member states',
      '2018 Share of IT experts in the population: 1st among EU member states. The highest of all. The source names no year; 2018 is when it was published. (Korean press release of September 2018)',
      '2017 High-speed communications network: 5th among the countries of the world',
      'Digital Agenda 2020, from 2014 to 2020, about 250 million euros: E-government',
      'Government documents are largely on paper',
      'Instruments in effect: none',
    ])
      expect(words).toContain(part);
    const greece = (await run('country', 'show', 'GR')).out;
    expect(greece).toMatch(/Open cases\n\ncase[\s\S]*action\/a1[\s\S]*Action matrix\n\naction/);
    expect(greece).toMatch(/Due next[\s\S]*agency\/klid/);
  });

  it('as JSON holds everything, and refuses a country that is not there', async () => {
    await counts(profiles);
    expect(await json('country', 'show', 'RO')).toMatchObject({
      country: { code: 'RO', zone: 'Europe/Bucharest' },
      indicators: [{ year: 2018, recordedBy: 'kim-minji' }, { year: 2018 }, { year: 2017, rank: 5 }],
      plans: [{ plan: 'Digital Agenda 2020', from: '2014', to: '2020', amount: 250_000_000 }],
      openCases: { rows: [] },
    });
    expect(await run('country', 'show', 'XX')).toMatchObject({ code: 3, out: '' });
  });

  it('lists the countries, and indicators that can be imported again', async () => {
    await counts(profiles);
    expect(await json('country', 'list')).toContainEqual(
      expect.objectContaining({ code: 'RO', indicators: 3, plans: 1, notes: 2 }),
    );
    const { out } = await run('country', 'indicators', '-o', 'csv');
    expect((parse(out, { columns: true }) as unknown[]).length).toBe(6);
    expect((await counts(await fileOf('again.csv', out)))[0]).toEqual([0, 0, 6]);
  });
});
