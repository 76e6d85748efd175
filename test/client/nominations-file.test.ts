import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEvaluations } from '../../client/evaluation-file.ts';
import { readNominations } from '../../client/nominations-file.ts';
import type { Evaluation } from '../../domain/evaluation.ts';
import type { Nominations } from '../../domain/nomination.ts';
import { given, nominee, registration } from '../domain/workshop-stages.ts';

/** Files that people send, held against a workshop as it stands. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'entente-lists-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(content: string | Buffer, name = 'list.csv'): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

const { subject } = registration({ placesPerState: 400, places: 400 })
  .command('nominate', {
    nominees: ['Ana Ionescu', 'Dan Marin', 'Ion Radu', 'Elena Stan'].map((name) => nominee('RO', name)),
  })
  .command('withdrawNominee', { nominee: 'ro-dan-marin' })
  .command('declineNominees', { nominees: ['ro-ion-radu'], reason: 'one per ministry' })
  .command('confirmParticipants', { nominees: ['ro-elena-stan'] }).state;
const known = subject as unknown as Nominations;

const head = 'name,country,organisation,position,language,note';
const read = async (text: string | Buffer, name?: string, reason?: string) =>
  readNominations(await fileOf(text, name), known, reason);
const lines = (faults: readonly { readonly line: number; readonly because: string }[]) =>
  faults.map(({ line, because }) => `${line} ${because}`);

const long = 'x'.repeat(301);

/** A line with one fault of each kind, and what is said of it. */
const kinds: readonly (readonly [line: string, because: RegExp])[] = [
  [',RO,Ministry,Head,,', /^name: is missing/],
  ['"   ",RO,Ministry,Head,,', /^name: is missing/],
  ['TBD,RO,Ministry,Head,,', /names nobody/],
  ['N.N.,RO,Ministry,Head,,', /names nobody/],
  ['to be confirmed,RO,Ministry,Head,,', /names nobody/],
  ['---,RO,Ministry,Head,,', /names nobody/],
  ['Maria Pop (maria@example.org),RO,Ministry,Head,,', /more than a name/],
  ['Expert 2,RO,Ministry,Head,,', /more than a name/],
  [`${long},RO,Ministry,Head,,`, /^name: is longer than 300/],
  ['Maria\u0007 Pop,RO,Ministry,Head,,', /^name: holds a control character/],
  ['Maria \u202ePop,RO,Ministry,Head,,', /^name: .*writing direction/],
  ['Maria\u2028Pop,RO,Ministry,Head,,', /^name: must be a single line/],
  ['Maria Pop,,Ministry,Head,,', /^country: is missing/],
  ['Maria Pop,ro,Ministry,Head,,', /^country: must be a country code/],
  ['Maria Pop,ROU,Ministry,Head,,', /^country: must be a country code/],
  ['Maria Pop,Romania,Ministry,Head,,', /^country: must be a country code/],
  ['Jean Roux,FR,Ministry,Head,,', /FR is not invited/],
  ['Kim Minji,KR,Ministry,Head,,', /KR is not invited/],
  ['Maria Pop,XX,Ministry,Head,,', /XX is not invited/],
  ['Maria Pop,RO,,Head,,', /^organisation: is missing/],
  [`Maria Pop,RO,${long},Head,,`, /^organisation: is longer/],
  ['Maria Pop,RO,Min\u0001istry,Head,,', /^organisation: holds a control/],
  ['Maria Pop,RO,\u202dMinistry,Head,,', /^organisation: .*direction/],
  ['Maria Pop,RO,Mini\u2029stry,Head,,', /^organisation: must be a single line/],
  ['Maria Pop,RO,Ministry,,,', /^position: is missing/],
  [`Maria Pop,RO,Ministry,${long},,`, /^position: is longer/],
  ['Maria Pop,RO,Ministry,He\u0002ad,,', /^position: holds a control/],
  ['Maria Pop,RO,Ministry,He\u200fad,,', /^position: .*direction/],
  ['Maria Pop,RO,Ministry,He\u2028ad,,', /^position: must be a single line/],
  ['Maria Pop,RO,Ministry,Head,English,', /^language: must be a language code/],
  ['Maria Pop,RO,Ministry,Head,EN,', /^language: must be a language code/],
  ['Maria Pop,RO,Ministry,Head,en_GB,', /^language: must be a language code/],
  [`Maria Pop,RO,Ministry,Head,,${long}`, /^note: is longer/],
  ['Maria Pop,RO,Ministry,Head,,no\u0003te', /^note: holds a control/],
  ['Maria Pop,RO,Ministry,Head,,no\u2066te', /^note: .*direction/],
  ['Maria Pop,RO,Ministry,Head,,no\u2028te', /^note: must be a single line/],
  ['"Maria Pop,RO,Ministry,Head,,', /quoting is broken/],
  ['"Maria" Pop,RO,Ministry,Head,,', /quoting is broken/],
  ['Maria Pop,RO,Ministry,Head', /has 4 cells/],
  ['Maria Pop,RO,Ministry,Head,,,,late', /has 8 cells/],
  ['Alexandru Good,RO,Ministry,Head,,', /ro-alexandru-good stands on line 2 already/],
  ['ALEXANDRU  Góod,RO,Another,Chief,en,', /ro-alexandru-good stands on line 2 already/],
  ['Ana Ionescu,RO,Another ministry,Head,,', /was nominated already, on 2017-09-01/],
  ['Dan Marin,RO,Ministry of RO,Head of Unit,,', /was withdrawn; give a reason/],
  ['Ion Radu,RO,Another ministry,Head of Unit,,', /was not selected/],
  ['Elena Stan,RO,Another ministry,Head of Unit,,', /was nominated already/],
];

const letters = (n: number): string =>
  String.fromCharCode(65 + (n % 26), 97 + (Math.floor(n / 26) % 26), 97 + Math.floor(n / 676));

describe('a file of nominations', () => {
  it('of 500 lines with 40 kinds of fault has all of them reported with their lines', async () => {
    expect(kinds.length).toBeGreaterThanOrEqual(40);
    const right = Array.from(
      { length: 500 - kinds.length },
      (_, n) => `${letters(n)} Good,${n % 2 ? 'MD' : 'GR'},Ministry,Head,en,`,
    );
    // A fault stands on every tenth line, so that its line is not its rank.
    const rows = ['Alexandru Good,RO,Ministry,Head,,', ...right.slice(1)];
    const at = kinds.map((_, index) => 10 * (index + 1));
    for (const [index, [line]] of kinds.entries()) rows.splice(at[index] ?? 0, 0, line);
    const { faults, fresh } = await read([head, ...rows].join('\n'));
    expect(rows).toHaveLength(500);
    // The first line names the columns.
    expect(faults.map(({ line }) => line)).toEqual(at.map((index) => index + 2));
    for (const [index, [, because]] of kinds.entries()) expect(faults[index]?.because).toMatch(because);
    expect(fresh.length).toBeGreaterThan(450);
  });

  it('has several faults of one line reported, and a line in quotes where it begins', async () => {
    const text = [head, '"Maria', 'Pop",FR,,Head,,', 'Ana Good,RO,Ministry,Head,English,'].join('\n');
    const { faults } = await read(text);
    expect(lines(faults)).toEqual([
      '2 name: must be a single line',
      '2 organisation: is missing',
      expect.stringMatching(/^2 FR is not invited/),
      expect.stringMatching(/^4 language/),
    ]);
  });

  it('says of each state what it has too many of', async () => {
    const few = registration({ placesPerState: 1 }).state.subject as unknown as Nominations;
    const text = [head, 'Ana Good,RO,M,H,,', 'Dan Good,GR,M,H,,', 'Ion Good,RO,M,H,,'].join('\n');
    const { faults } = await readNominations(await fileOf(text), few, undefined);
    expect(lines(faults)).toEqual(['4 Ion Good is one too many: RO may nominate 1.']);
  });

  it('is harmless the second time, and adds what is new in it', async () => {
    const once = 'Ana Ionescu,RO,Ministry of RO,Head of Unit,,';
    expect(await read([head, once].join('\n'))).toEqual({ fresh: [], unchanged: 1, faults: [] });
    const { fresh, unchanged } = await read([head, once, 'Olga Rusu,MD,Ministry,Head,ro,speaks Korean'].join('\r\n'));
    expect(unchanged).toBe(1);
    expect(fresh).toEqual([
      {
        name: 'Olga Rusu',
        country: 'MD',
        organisation: 'Ministry',
        position: 'Head',
        language: 'ro',
        note: 'speaks Korean',
      },
    ]);
  });

  it('tells two of one name apart by a distinction, and says so where they are not', async () => {
    const two = ['김지훈,RO,MOIS,Head,,', '김지훈,RO,KLID,Head,,'];
    expect(lines((await read([head, ...two].join('\n'))).faults)).toEqual([
      expect.stringMatching(
        /^3 ro-\w+ stands on line 2 already\. If these are two people, give one of them a `distinction`/,
      ),
    ]);
    const told = await read([`${head},distinction`, `${two[0]},`, `${two[1]},KLID`].join('\n'));
    expect([told.fresh.length, told.faults]).toEqual([2, []]);
  });

  it('nominates somebody withdrawn again with a reason', async () => {
    const { fresh, faults } = await read(
      `${head}\nDan Marin,RO,Ministry of RO,Head of Unit,,`,
      'again.csv',
      'he can come',
    );
    expect([fresh.length, faults]).toEqual([1, []]);
  });

  it.each([
    ['commas', 'name,country,organisation,position\n'],
    ['semicolons', 'name;country;organisation;position\n'],
    ['a byte order mark', '\ufeffname,country,organisation,position\n'],
    ['columns in another order and capitals', 'Position,Organisation,Country,Name\n'],
  ])('is read with %s', async (what, first) => {
    const cells = what.startsWith('columns')
      ? ['Head', '행정안전부', 'GR', 'Ελένη Παππά']
      : ['Ελένη Παππά', 'GR', '행정안전부', 'Head'];
    const { fresh, faults } = await read(first + cells.join(first.includes(';') ? ';' : ','));
    expect(faults).toEqual([]);
    expect(fresh).toEqual([{ name: 'Ελένη Παππά', country: 'GR', organisation: '행정안전부', position: 'Head' }]);
  });

  it.each([
    [
      'half of UTF-16',
      Buffer.from('\ufeffname,country', 'utf16le').subarray(0, 9),
      /not whole UTF-16; save it as UTF-8/,
    ],
    ['a Korean code page', Buffer.concat([Buffer.from(`${head}\n`), Buffer.from([0xb1, 0xe8])]), /not UTF-8/],
    ['nothing', '', /is empty/],
    ['a column missing', 'name,country,organisation\nA,RO,B', /"position" of nominations is missing/],
    ['an unknown column', `${head},rank\n`, /no column "rank"; they have name, country, organisation/],
    ['a column twice', `${head},name\n`, /"name" stands there twice/],
    [
      'more than 500 lines',
      [head, ...Array.from({ length: 501 }, (_, n) => `${letters(n)} Good,MD,M,H,,`)].join('\n'),
      /more than 500/,
    ],
  ])('is refused with %s', async (_, content, because) => {
    const { faults } = await read(content);
    expect(lines(faults).join('\n')).toMatch(because);
  });
});

describe('a file of evaluation answers', () => {
  const held = given.held().command('answerEvaluation', { respondent: 'r1', answers: ['overall=4', 'best=Hometax'] });
  const evaluation = held.state.subject as unknown as Evaluation;
  const readAnswers = async (text: string) => readEvaluations(await fileOf(text), evaluation);

  it('holds a line for each respondent and a column for each question; empty cells are left out', async () => {
    const { fresh, unchanged, faults } = await readAnswers(
      'respondent,overall,best,apply\nr1,4,Hometax,\nr2,5,"The visit, and the talks",yes\n',
    );
    expect(faults).toEqual([]);
    expect(unchanged).toBe(1);
    expect(fresh).toEqual([{ respondent: 'r2', answers: ['overall=5', 'best=The visit, and the talks', 'apply=yes'] }]);
  });

  it('has every fault reported with its line', async () => {
    const { faults } = await readAnswers(
      [
        'respondent;overall;apply',
        'r1;5;',
        'r2;6;maybe',
        'r3;;',
        ';3;yes',
        'R 4;3;yes',
        'r5;2;no',
        'r5;3;no',
        'r6;4.5;no',
      ].join('\n'),
    );
    expect(lines(faults)).toEqual([
      '2 r1 has answered already; the first answer counts.',
      expect.stringMatching(/^3 overall: "6" is no answer; a whole number from 1 to 5 is\./),
      expect.stringMatching(/^3 apply: "maybe" is no answer; yes or no is\./),
      '4 answers: needs at least one answer',
      '5 respondent: is missing',
      expect.stringMatching(/^6 respondent: must be 1 to 64/),
      '8 r5 stands on line 7 already',
      expect.stringMatching(/^9 overall: "4.5" is no answer/),
    ]);
  });

  it('with a question that nobody asked is refused', async () => {
    const { faults } = await readAnswers('respondent,overall,stars\nr2,5,5');
    expect(lines(faults)).toEqual([
      expect.stringMatching(/^1 answers have no column "stars"; they have respondent, overall, content/),
    ]);
  });
});
