import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entente, mainWith } from './command-line.ts';
import { type Register, startRegister } from './register.ts';
import { seed } from './seed.ts';

let register: Register;
let env: Record<string, string>;
let folder: string;

beforeAll(async () => {
  register = await startRegister();
  env = register.env;
  folder = await mkdtemp(join(tmpdir(), 'entente-client-'));
  await seed(register.db);
});
afterAll(async () => {
  await register?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

describe('cases from a file', () => {
  const right = (id: string) =>
    `kind: action\nid: ${id}\ntitle: T\ncountries: [KR]\ncoordinator: kim-minji\ntopic: T\nowner: klid\ndue: 2026-12-31\n`;

  it('are checked, also those that follow from one another', async () => {
    const file = await fileOf('right.yaml', `${right('f1')}---\n${right('f2')}`);
    const { code, err } = await mainWith(['open', '--file', file, '--as', 'kim-minji', '--dry-run'], env);
    expect([code, err]).toEqual([0, 'All 2 would be accepted; nothing was done.\n']);
  });

  it('show every letter that would go in the first day: what lies behind, to the coordinator alone', async () => {
    const file = await fileOf('old.yaml', right('f1').replace('2026-12-31', '2019-01-31'));
    const { out } = await mainWith(['open', '--file', file, '--as', 'kim-minji', '--dry-run'], env);
    const said = out.replaceAll(/\s+/g, ' ');
    expect(said).toMatch(
      /mail: complete - to person\/kim-minji: [^-]*\(by itself, \d{4}-\d\d-\d\d \d\d:\d\d Asia\/Seoul\)/,
    );
    expect(said).toMatch(/mail: asked - to agency\/klid/);
    expect(said.match(/ - to /g)).toHaveLength(2);
  });

  it('show none by itself where nothing lies behind or close ahead', async () => {
    const file = await fileOf('new.yaml', right('f1').replace('2026-12-31', '2035-12-31'));
    const { out } = await mainWith(['open', '--file', file, '--as', 'kim-minji', '--dry-run'], env);
    expect(out).not.toContain('by itself');
  });

  it('with faults are refused as a whole, every fault with its line', async () => {
    const text = [
      '- kind: treaty',
      '- kind: action\n  id: Bad Id\n  title: 7\n  countries: [KR]\n  coordinator: kim-minji\n  topic: T\n  owner: klid\n  due: 2026-02-30',
      '- id: x',
      '- just text',
    ].join('\n');
    const { code, out, err } = await mainWith(
      ['open', '--file', await fileOf('wrong.yaml', text), '--as', 'kim-minji'],
      env,
    );
    const places = [...err.matchAll(/, line (\d+): (\w+)/g)].map(([, line, word]) => `${line} ${word}`);
    expect(places).toEqual(['1 kind', '3 id', '4 title', '9 due', '10 kind', '11 a']);
    expect([code, out]).toEqual([3, '']);
  });

  it('that name what is not on record are refused, all of them', async () => {
    const text = `${right('f1')}---\n${right('f2').replace('owner: klid', 'owner: nobody')}---\n${right('f3').replace('[KR]', '[XX]')}`;
    const { code, err } = await mainWith(
      ['open', '--file', await fileOf('unknown.yaml', text), '--as', 'kim-minji'],
      env,
    );
    expect(err).toMatch(/there are 2 faults/);
    expect(err).toMatch(/line 16: action\/f2: owner: there is no agency "nobody"/);
    expect(code).toBe(3);
    const rows = await register.db.selectFrom('cases').select('id').where('id', 'like', 'action/f%').execute();
    expect(rows).toEqual([]);
  });

  it('with aliases by the thousand are refused', async () => {
    const file = await fileOf('aliases.yaml', `- &a {kind: action}\n${'- *a\n'.repeat(1000)}`);
    const { code, err } = await mainWith(['open', '--file', file, '--as', 'kim-minji'], env);
    expect(err).toMatch(/has 1000 aliases/);
    expect(code).toBe(3);
  });
});

describe('the directory', () => {
  it('is imported all or nothing, and says what was new', async () => {
    const file = await fileOf('people.csv', 'id,name,agency\nlee-jun,이준,klid\n');
    const first = await entente(['directory', 'import', file, '--output', 'json'], env);
    expect(JSON.parse(first.out)).toContainEqual({ table: 'people', added: 1, changed: 0, unchanged: 0 });
    const broken = await fileOf('broken.csv', 'id,name,agency\npark,Park,nowhere\nx y,X,klid\n');
    const { code, out, err } = await mainWith(['directory', 'import', broken], env);
    expect(err).toMatch(/broken\.csv, line 2: agency: there is no agency "nowhere"/);
    expect(err).toMatch(/broken\.csv, line 3: id: must be/);
    expect([code, out]).toEqual([3, '']);
  });

  it('as CSV can be imported again', async () => {
    const { out } = await mainWith(['directory', 'list', '--table', 'countries', '--output', 'csv'], env);
    const { out: result } = await mainWith(['directory', 'import', await fileOf('again.csv', out), '-o', 'json'], env);
    expect(JSON.parse(result)).toContainEqual({ table: 'countries', added: 0, changed: 0, unchanged: 2 });
  });

  it('brings back from CSV what a spreadsheet must not run', async () => {
    const file = await fileOf(
      'odd.csv',
      "id,name,agency,office\nkim-test,=Kim Test,klid,-\nlee-test,＝1+1,klid,+82 2\no-test,'@O',klid,''=x\n",
    );
    await mainWith(['directory', 'import', file], env);
    const { out } = await mainWith(['directory', 'list', '--output', 'csv'], env);
    expect(out).not.toMatch(/(^|,)"?[=+＝]/m);
    const { out: result } = await mainWith(['directory', 'import', await fileOf('back.csv', out), '-o', 'json'], env);
    expect(JSON.parse(result)).toContainEqual(expect.objectContaining({ table: 'people', added: 0, changed: 0 }));
  });
});
