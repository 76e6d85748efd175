import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { TemplateFolders } from '../../documents/templates.ts';
import { action } from '../../domain/action.ts';
import { meeting } from '../../domain/meeting.ts';
import { mainWith } from '../client/command-line.ts';
import { type Register, startRegister } from '../client/register.ts';
import { importExamples, opened, put } from './filled-register.ts';

let register: Register;
let folder: string;

const convened = (on: string, id = 'kr-gr-2') =>
  opened(meeting, id, 'Committee on e-government, meeting 2', '2018-06-01', {
    countries: ['KR', 'GR'],
    committee: 'committee/kr-gr',
    number: 2,
    on,
    place: 'Athens',
    host: 'mar',
    sides: ['mois', 'mar'],
    coChairs: ['yoon-jaeho', 'nikolaidis-georgios'],
    secretaries: ['kim-minji', 'papadopoulou-eleni'],
  }).command('proposeItem', { title: 'Plan | review', side: 'mar' });

const held = () =>
  convened('2018-09-28')
    .passes('2018-09-10')
    .command('circulateAgenda')
    .passes('2018-09-28')
    .command('adoptAgenda')
    .command('recordHeld', { attended: ['yoon-jaeho', 'nikolaidis-georgios', 'georgiou-dimitris'] })
    .command('decide', { item: 1, decision: '# The plan is shared.\n\n1. Soon.' });

const addresses = ['https://example.org/main.do#section-2', 'https://example.org/~kim/a_b'];

const linked = () =>
  opened(action, 'linked', addresses.join(' '), '2018-10-01', {
    topic: `Publish ${addresses.join(' and ')}`,
    owner: 'klid',
    due: '2018-12-14',
    countries: ['KR', 'GR'],
  });

beforeAll(async () => {
  register = await startRegister();
  await importExamples(register.db);
  await put(register.db, action, linked());
  await put(register.db, meeting, held());
});
afterAll(() => register.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'entente-documents-'));
});
afterEach(() => rm(folder, { recursive: true }));

const entente = (...words: string[]) => mainWith(words, { DATABASE_URL: register.url });
const make = (...words: string[]) =>
  entente('document', 'make', 'minutes', 'meeting/kr-gr-2', '--to', join(folder, 'out'), ...words);

const originals = [
  'minutes-kr-gr-2-mar.docx',
  'minutes-kr-gr-2-mar.md',
  'minutes-kr-gr-2-mois.docx',
  'minutes-kr-gr-2-mois.md',
];

describe('entente document make', () => {
  it('writes an original for each side, in which it is named first, and prints the paths', async () => {
    const { code, out } = await make();
    expect(code).toBe(0);
    expect(out.trim().split('\n').sort()).toEqual(originals.map((name) => join(folder, 'out', name)).sort());
    const signing = async (side: string) =>
      /\| For (.*?) \|/.exec(await readFile(join(folder, 'out', `minutes-kr-gr-2-${side}.md`), 'utf8'))?.[1];
    expect(await signing('mar')).toContain('the Ministry of Administrative Reconstruction');
    expect(await signing('mois')).toContain('the Ministry of the Interior and Safety');
  });

  it('shows decisions in their paragraphs, and no Markdown of theirs', async () => {
    await make('--format', 'md');
    expect(await readdir(join(folder, 'out'))).toEqual(originals.filter((name) => name.endsWith('.md')));
    const text = await readFile(join(folder, 'out', 'minutes-kr-gr-2-mar.md'), 'utf8');
    expect(text).toContain('\\# The plan is shared.\n\n1\\. Soon.\n');
    expect(text).toContain('### Item 1: Plan \\| review');
  });

  it('lists what is missing on standard error, and everything as JSON', async () => {
    const { out, err } = await make('--output', 'json');
    expect(err).toMatch(/minutes-kr-gr-2-mar\.md: missing: title of the committee \(committee\)/);
    const [document] = JSON.parse(out) as { kind: string; paths: string[]; missing: { field: string }[] }[];
    expect(document).toMatchObject({ kind: 'minutes', of: 'meeting/kr-gr-2', language: 'en' });
    expect(document?.paths).toHaveLength(2);
    expect(document?.missing).toContainEqual({ field: 'committee', says: 'title of the committee' });
  });

  it('asked twice leaves the same files as they are', async () => {
    await make();
    const path = join(folder, 'out', 'minutes-kr-gr-2-mar.docx');
    const before = await stat(path);
    expect((await make()).code).toBe(0);
    expect((await stat(path)).ino).toBe(before.ino);
  });

  it('keeps a file that somebody has changed, and writes none of the others, until told to replace it', async () => {
    await make('--format', 'md');
    const changed = join(folder, 'out', 'minutes-kr-gr-2-mar.md');
    await writeFile(changed, 'By hand.');
    const { code, err } = await make();
    expect(code).toBe(3);
    expect(err).toContain(`${changed} is there already with another content`);
    expect(await readFile(changed, 'utf8')).toBe('By hand.');
    expect(await readdir(join(folder, 'out'))).toHaveLength(2);
    expect((await make('--replace')).code).toBe(0);
    expect(await readFile(changed, 'utf8')).toContain('Draft Agreed Minutes');
    expect(await readdir(join(folder, 'out'))).toEqual(originals);
  });

  it('says of a folder that cannot be one that it cannot, and leaves it alone', async () => {
    await writeFile(join(folder, 'out'), 'A file.');
    const { code, err } = await make();
    expect(code).toBe(2);
    expect(err).toMatch(/Nothing was written: .*; name another folder/);
    expect(await readFile(join(folder, 'out'), 'utf8')).toBe('A file.');
  });

  it('is refused before the meeting is held', async () => {
    await put(register.db, meeting, convened('2018-09-28', 'kr-gr-9'));
    const { code, err } = await entente('document', 'make', 'minutes', 'meeting/kr-gr-9', '--to', folder);
    expect(code).toBe(3);
    expect(err).toContain('Refused (NotReady): meeting/kr-gr-9 has not been held');
    expect(await readdir(folder)).toEqual([]);
  });
});

it.each([
  ['in a cell of the action matrix', ['action-matrix', 'GR']],
  ['in the briefing book of a country', ['briefing-book', 'GR']],
])(
  'addresses stand as they were typed %s, within what makes them links in Markdown',
  async (_, [kind = '', of = '']) => {
    const { code } = await entente('document', 'make', kind, of, '--to', join(folder, 'out'));
    expect(code).toBe(0);
    const [markdown = ''] = (await readdir(join(folder, 'out'))).filter((name) => name.endsWith('.md'));
    const text = await readFile(join(folder, 'out', markdown), 'utf8');
    for (const address of addresses) expect(text).toContain(`<${address}>`);
    expect(text).not.toMatch(/\\[#~](section|kim)/);
  },
);

describe('templates of a ministry', () => {
  const withTemplate = async (name: string, source: string, ...words: string[]) => {
    await writeFile(join(folder, name), source);
    return make('--templates', folder, '--format', 'md', ...words);
  };

  it('go before the usual ones', async () => {
    await withTemplate('minutes.md', 'Our minutes of {{ on | day }}.\n');
    expect(await readFile(join(folder, 'out', 'minutes-kr-gr-2-mar.md'), 'utf8')).toBe(
      'Our minutes of 28 September 2018.\n',
    );
  });

  it('are refused with file, line and the nearest name where they name an unknown field; nothing is written', async () => {
    const { code, err, out } = await withTemplate('minutes.md', '# Minutes\n\n{{ plce }}\n{{ hosts.name }}\n');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toBe(
      `Nothing was written: there are 2 faults.\n${join(folder, 'minutes.md')}, line 3: there is no field "plce"; did you mean "place"?.\n` +
        `${join(folder, 'minutes.md')}, line 4: there is no field "hosts"; did you mean "host"?.\n`,
    );
    expect(await readdir(folder)).toEqual(['minutes.md']);
  });

  it('are refused with their line where their syntax is broken', async () => {
    const { code, err } = await withTemplate('minutes.md', 'x\n{% if host %}\n');
    expect(code).toBe(3);
    expect(err).toContain(`${join(folder, 'minutes.md')}, line 2: tag {% if host %} not closed.`);
  });

  it('are taken in the languages of the text that have one, else in English', async () => {
    await writeFile(join(folder, 'minutes.ko.md'), '{{ on | day }}\n');
    const folders = await TemplateFolders.open(folder);
    const languagesOf = async (...wanted: string[]) =>
      (await folders.of('minutes', wanted)).map(({ language }) => language);
    expect(await languagesOf('ko', 'el', 'en')).toEqual(['ko', 'en']);
    expect(await languagesOf('el')).toEqual(['en']);
  });

  it('that are the template of nothing are named', async () => {
    const { code, err } = await withTemplate('minute.md', 'x');
    expect(code).toBe(0);
    expect(err).toContain('minute.md is the template of no document');
  });

  it('in a folder that there is not: the command line is wrong', async () => {
    const { code, err } = await make('--templates', join(folder, 'none'));
    expect(code).toBe(2);
    expect(err).toContain('cannot be read (ENOENT)');
  });
});

it('lists documents, and the fields of each', async () => {
  const kinds = JSON.parse((await entente('document', 'kinds', '--output', 'json')).out) as {
    name: string;
    of: string[];
  }[];
  expect(kinds).toContainEqual(expect.objectContaining({ name: 'minutes', of: ['meeting'], template: 'minutes.md' }));
  const fields = JSON.parse((await entente('document', 'fields', 'minutes', '--output', 'json')).out) as object[];
  expect(fields).toContainEqual({
    template: 'minutes.md',
    field: 'sides[].coChair.name',
    type: 'text',
    says: 'name of the co-chair',
  });
  expect((await entente('document', 'fields', 'minute')).code).toBe(3);
});
