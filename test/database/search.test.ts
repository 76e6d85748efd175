import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listActions, listCases, listQuiet, listWaitingCases } from '../../database/lists.ts';
import { rewriteSearchTexts } from '../../database/search-texts.ts';
import { folded } from '../../domain/search.ts';
import { mainWith } from '../client/command-line.ts';
import { type Register, startRegister } from '../client/register.ts';
import { seed } from '../client/seed.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
  await seed(register.db);
});
afterAll(() => register?.stop());

const found = async (search: string) => (await listCases(register.db, { search })).rows.map(({ id }) => id);

describe('a search', () => {
  it.each([
    ['협력', ['action/a1']],
    ['협력'.normalize('NFD'), ['action/a1']],
    ['공공데이터 점검', ['action/a1']],
    ['συνεργασια', ['action/a2']],
    ['ΣΥΝΕΡΓΑΣΊΑ ηλεκτρονικη', ['action/a2']],
    ['υνεργασ', ['action/a2']],
    ['hyperlink example.org', ['action/a3']],
    ['협력 hyperlink', []],
    ['100%_nothing', []],
    ['김민지', ['action/a1', 'action/a2', 'action/a3']],
    ['kim-minji HYPER', ['action/a3']],
    ['=klid hyper', ['action/a3']],
    ['ελλαδα hyper', ['action/a3']],
    ['address', []],
  ])('%s finds %j', async (search, expected) => {
    expect(await found(search)).toEqual(expected);
  });

  it('goes by the names of today', async () => {
    await sql`update people set name = 'Kim-Țepeș' where id = 'kim-minji'`.execute(register.db);
    expect(await found('tepes')).toHaveLength(3);
    expect(await found('김민지')).toEqual([]);
  });

  it('is taken by other lists, and by the command line', async () => {
    const search = 'Συνεργασία';
    expect((await listWaitingCases(register.db, { search })).rows).toHaveLength(1);
    expect((await listActions(register.db, { search })).rows).toMatchObject([{ id: 'action/a2' }]);
    expect((await listQuiet(register.db, { search, asOf: '2030-01-01T00:00:00.000Z' })).rows).toHaveLength(1);
    const { out } = await mainWith(['list', '--search', 'συνεργασια', '-o', 'json'], register.env);
    expect(JSON.parse(out)).toMatchObject([{ id: 'action/a2' }]);
    for (const list of [
      'requests',
      'mous',
      'committees',
      'matrix',
      'dates',
      'visits',
      'workshops',
      'programmes',
      'editions',
      'nominations',
    ])
      expect(await mainWith([list, '--search', 'nothing like it'], register.env)).toMatchObject({ code: 0 });
  });

  it.each(['a', ' ', 'x'.repeat(10_000)])('of too little or too much is refused in a sentence', async (search) => {
    expect(await mainWith(['list', '--search', search], register.env)).toMatchObject({
      code: 3,
      err: expect.stringContaining('search:') as string,
    });
  });

  it('finds the same once all is written anew, as it is for cases of earlier versions', async () => {
    const before = await register.db.selectFrom('search_texts').selectAll().orderBy('case_id').execute();
    await sql`delete from search_texts`.execute(register.db);
    expect(await found('협력')).toEqual([]);
    await rewriteSearchTexts(register.db);
    await rewriteSearchTexts(register.db);
    expect(await register.db.selectFrom('search_texts').selectAll().orderBy('case_id').execute()).toEqual(before);
    expect(before).toHaveLength(3);
    expect(before[0]?.folded).toContain(folded('점검'));
  });
});
