import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDirectoryFiles } from '../../client/directory-files.ts';
import { unlessRefused } from '../../client/errors.ts';
import { zoneAt } from '../../database/calendars.ts';
import { DirectoryError, importDirectory, readDirectory } from '../../database/directory.ts';
import { readerOffice } from '../../database/office.ts';
import { findPerson } from '../../database/people/person.ts';
import { faultyFiles, type Files, right } from './directory-faults.ts';
import { type Register, startRegister } from '../client/register.ts';

let register: Register;
let folder: string;

beforeAll(async () => {
  register = await startRegister();
  folder = await mkdtemp(join(tmpdir(), 'entente-directory-'));
});
afterAll(async () => {
  await register?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await sql`truncate countries, agencies, people cascade`.execute(register.db);
});

const noContact = 'id,country,name\nklid,KR,KLID\n';

const written = (files: Files): Promise<string[]> =>
  Promise.all(
    Object.entries(files).map(async ([name, text]) => {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    }),
  );

const importFiles = async (files: Files) => importPaths(await written(files));

async function importPaths(paths: string[]) {
  const { directory, faults } = await readDirectoryFiles(paths);
  return unlessRefused(await importDirectory(register.db, directory, faults, 'kim'));
}

/** The faults of an import as `file:line because`; fails when it is not refused, or when something is stored. */
async function faultsOf(files: Files): Promise<string[]> {
  const error = await importFiles(files).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DirectoryError)) throw new Error('The import was not refused.', { cause: error });
  const { countries, agencies, people } = await readDirectory(register.db);
  expect([...countries, ...agencies, ...people]).toEqual([]);
  return error.faults.map(({ file, line, because }) => `${file.slice(folder.length + 1)}:${line} ${because}`);
}

/** The language of a person, and the zone: as it is shown, of the office, and of what they owe. */
async function habits(id: string): Promise<unknown[]> {
  const found = await findPerson(register.db, id);
  const { calendar } = await readerOffice(register.db, `person/${id}`);
  return [found?.language, found?.zone, calendar.zone, await zoneAt(register.db, `person/${id}`)];
}

describe('an import of files that are right', () => {
  it('stores them, whatever the delimiter, and no language or zone of people of whom none is said', async () => {
    const result = await importFiles(right);
    expect(result).toEqual({
      countries: { added: 2, changed: 0, unchanged: 0 },
      agencies: { added: 2, changed: 0, unchanged: 0 },
      people: { added: 3, changed: 0, unchanged: 0 },
    });
    const { people } = await readDirectory(register.db);
    expect(people[0]).toEqual({
      id: 'kim-minji',
      name: '김민지',
      email: 'minji@klid.example.org',
      agency: 'klid',
      office: null,
      language: null,
      zone: null,
      superior: 'lee-jun',
      other_addresses: [],
      working_from: '09:00',
      working_until: '18:00',
      left_on: null,
      left_by: null,
      terminal: false,
    });
  });

  it('lets people follow their country in what was not said of them, and keeps what was', async () => {
    const people = 'id,name,agency,language,zone\nkim-minji,김민지,klid,,\nlee-jun,이준,klid,en,Asia/Tokyo\n';
    await importFiles({ ...right, 'agencies.csv': noContact, 'people.csv': people });
    expect(await habits('kim-minji')).toEqual(['ko', 'Asia/Seoul', 'Asia/Seoul', 'Asia/Seoul']);
    await importFiles({ 'countries.csv': 'code,name,zone,language\nKR,Korea,Asia/Pyongyang,en\n' });
    expect(await habits('kim-minji')).toEqual(['en', 'Asia/Pyongyang', 'Asia/Pyongyang', 'Asia/Pyongyang']);
    expect(await habits('lee-jun')).toEqual(['en', 'Asia/Tokyo', 'Asia/Tokyo', 'Asia/Tokyo']);
    const said = 'id,name,agency,language,zone\nkim-minji,김민지,klid,ko,Asia/Seoul\n';
    expect((await importFiles({ 'people.csv': said })).people).toEqual({ added: 0, changed: 1, unchanged: 0 });
    expect(await habits('kim-minji')).toEqual(['ko', 'Asia/Seoul', 'Asia/Seoul', 'Asia/Seoul']);
  });

  it('lets people who go to an agency of another country follow that one, but for what was said of them', async () => {
    const countries = 'code,name,zone,language\nKR,Korea,Asia/Seoul,ko\nGR,Greece,Europe/Athens,el\n';
    const agencies = 'id,country,name\nklid,KR,KLID\nmindigital,GR,Ministry\n';
    const peopleAt = (agency: string) => `id,name,agency,language,zone\nkim,Kim,${agency},,\nlee,Lee,${agency},en,\n`;
    await importFiles({ 'countries.csv': countries, 'agencies.csv': agencies, 'people.csv': peopleAt('klid') });
    const seoul = ['Asia/Seoul', 'Asia/Seoul', 'Asia/Seoul'];
    expect([await habits('kim'), await habits('lee')]).toEqual([
      ['ko', ...seoul],
      ['en', ...seoul],
    ]);
    await importFiles({ 'people.csv': peopleAt('mindigital') });
    const athens = ['Europe/Athens', 'Europe/Athens', 'Europe/Athens'];
    expect([await habits('kim'), await habits('lee')]).toEqual([
      ['el', ...athens],
      ['en', ...athens],
    ]);
  });

  it('keeps several addresses in their order, and hours, the same from CSV and from YAML', async () => {
    const csv = `id,name,agency,addresses,hours\nkim-minji,Kim,klid,"a@klid.example.org; b@klid.example.org",08:30-17:15\n`;
    const yaml =
      'people:\n  - {id: kim-minji, name: Kim, agency: klid, hours: 08:30-17:15,\n     addresses: [a@klid.example.org, b@klid.example.org]}\n';
    await importFiles({ ...right, 'agencies.csv': noContact, 'people.csv': csv });
    const { people } = await readDirectory(register.db);
    expect(people[0]).toMatchObject({
      email: 'a@klid.example.org',
      other_addresses: ['b@klid.example.org'],
      working_from: '08:30',
      working_until: '17:15',
    });
    expect((await importFiles({ 'people.yaml': yaml })).people).toEqual({ added: 0, changed: 0, unchanged: 1 });
  });

  it('takes an address away that is no longer in the list, and sees a new order as a change', async () => {
    const person = (addresses: string) => ({
      'people.csv': `id,name,agency,addresses\nkim-minji,Kim,klid,${addresses}\n`,
    });
    await importFiles({ ...right, 'agencies.csv': noContact, ...person('a@klid.example.org b@klid.example.org') });
    expect((await importFiles(person('b@klid.example.org a@klid.example.org'))).people.changed).toBe(1);
    await importFiles(person('b@klid.example.org'));
    const { people } = await readDirectory(register.db);
    expect(people[0]).toMatchObject({ email: 'b@klid.example.org', other_addresses: [] });
  });

  it('keeps who has left, also when they are imported again', async () => {
    await importFiles(right);
    await register.db.updateTable('people').set({ left_on: '2026-03-01' }).where('id', '=', 'lee-jun').execute();
    expect((await importFiles(right)).people.unchanged).toBe(3);
    const { people } = await readDirectory(register.db);
    expect(people.map(({ left_on }) => left_on)).toEqual([null, '2026-03-01', null]);
  });

  it('changes nothing the second time, and says so', async () => {
    await importFiles(right);
    const before = await readDirectory(register.db);
    const result = await importFiles(right);
    expect(Object.values(result).map(({ added, changed, unchanged }) => [added, changed, unchanged])).toEqual([
      [0, 0, 2],
      [0, 0, 2],
      [0, 0, 3],
    ]);
    expect(await readDirectory(register.db)).toEqual(before);
  });

  it('reads the same from YAML, with a byte order mark and references in any order', async () => {
    const { people } = await importFiles({
      'all.yaml':
        '\ufeffpeople:\n  - {id: kim-minji, name: 김민지, agency: klid}\nagencies:\n  - {id: klid, country: KR, name: KLID}\ncountries:\n  - {code: KR, name: Korea, zone: Asia/Seoul, language: ko}\n',
    });
    expect(people.added).toBe(1);
  });

  it('lets two people exchange their addresses', async () => {
    await importFiles(right);
    const swapped = right['people.csv']
      .replace('minji@klid', 'x@klid')
      .replace('jun@klid', 'minji@klid')
      .replace('x@klid', 'jun@klid');
    const { people } = await importFiles({ 'people.csv': swapped });
    expect(people).toEqual({ added: 0, changed: 2, unchanged: 1 });
    const stored = await readDirectory(register.db);
    expect(stored.people.map(({ email }) => email)).toEqual([
      'jun@klid.example.org',
      'minji@klid.example.org',
      'nikos@mar.example.org',
    ]);
  });

  it('can be repeated by ten at once', async () => {
    const paths = await written(right);
    const results = await Promise.all(Array.from({ length: 10 }, () => importPaths(paths)));
    expect(results.reduce((sum, { people }) => sum + people.added, 0)).toBe(3);
  });
});

describe('an import with faults stores nothing and names every fault with its file and line', () => {
  it.each(faultyFiles)('%s', async (_, files, expected) => {
    expect(await faultsOf(files)).toEqual(expected);
  });

  it('does not blame an agency for the fault of its country', async () => {
    const found = await faultsOf({
      ...right,
      'countries.csv': right['countries.csv'].replace('Asia/Seoul', 'Asia/Soul'),
    });
    expect(found).toEqual(['countries.csv:2 zone: is no time zone; name one such as Asia/Seoul']);
  });

  it('all faults of all files in one go', async () => {
    const found = await faultsOf({
      'a.csv': 'code,name,zone,language\nkorea,Korea,Nowhere/Else,\n',
      'b.csv': 'id,country,name\nKLID,KR,KLID\nmar,XX,\n',
    });
    expect(found).toHaveLength(7);
  });
});
