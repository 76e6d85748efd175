import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fillDirectory } from '../database/people-directory.ts';
import { mainWith } from './command-line.ts';
import { type Register, startRegister } from './register.ts';

let register: Register;
let env: Record<string, string>;
let folder: string;
beforeAll(async () => {
  register = await startRegister();
  env = { ...register.env, ENTENTE_AS: 'coordinator' };
  folder = await mkdtemp(join(tmpdir(), 'entente-person-'));
});
afterAll(async () => {
  await register?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => fillDirectory(register.db));

const person = (...words: string[]) => mainWith(['person', ...words], env);
const away = (who: string, standIn: string) =>
  person('away', who, '--from', '2099-03-02', '--to', '2099-03-06', '--stand-in', standIn);

const listed = async () => {
  const { out } = await person('list', '--output', 'json');
  return (JSON.parse(out) as { who: string; what: string; more: string }[]).map(({ who, what }) => `${who} ${what}`);
};

describe('entente person away', () => {
  it('puts it on record, and says the same when it is said twice', async () => {
    const first = await away('contact', 'colleague');
    expect([first.code, first.err]).toEqual([
      0,
      'contact is away from 2099-03-02 to 2099-03-06; colleague stands in and gets their mail.\n',
    ]);
    expect((await away('contact', 'colleague')).err).toBe('That is on record already.\n');
    expect(await listed()).toEqual(['contact away']);
  });

  it('says whose mail goes on to the stand-in of a stand-in', async () => {
    await away('contact', 'colleague');
    const { err } = await away('colleague', 'third');
    expect(err).toContain(
      'colleague stands in for contact from 2099-03-02 to 2099-03-06: meanwhile that goes on to third.',
    );
  });

  it.each([
    ['a day that does not exist', ['contact', '--from', '2099-02-30', '--to', '2099-03-06'], 3, '--from "2099-02-30"'],
    ['days in the wrong order', ['contact', '--from', '2099-03-06', '--to', '2099-03-02'], 3, 'exchange the dates'],
    ['somebody unknown', ['nobody', '--from', '2099-03-02', '--to', '2099-03-06'], 3, 'There is no person "nobody"'],
    ['no last day', ['contact', '--from', '2099-03-02'], 2, "--to <date>' not specified"],
  ])('is refused for %s', async (_, words, code, because) => {
    const outcome = await person('away', ...words, '--stand-in', 'colleague');
    expect([outcome.code, outcome.err.includes(because) || outcome.err]).toEqual([code, true]);
    expect(await listed()).toEqual([]);
  });

  it('is refused by somebody who is not in the directory', async () => {
    const words = ['away', 'contact', '--from', '2099-03-02', '--to', '2099-03-06', '--stand-in', 'colleague'];
    expect(await person(...words, '--as', 'stranger')).toMatchObject({
      code: 3,
      err: expect.stringMatching(/There is no person "stranger"/),
    });
  });
});

describe('entente person back', () => {
  it('ends an absence, or takes it back', async () => {
    await away('contact', 'colleague');
    expect((await person('back', 'contact', '--on', '2099-03-05')).err).toBe(
      'contact is there again from 2099-03-05 on.\n',
    );
    await away('chief', 'colleague');
    expect((await person('back', 'chief', '--on', '2099-03-02')).err).toBe('chief was not away after all.\n');
    expect(await listed()).toEqual(['contact away']);
  });

  it('today says which absence lies ahead', async () => {
    await away('contact', 'colleague');
    expect(await person('back', 'contact')).toMatchObject({
      code: 3,
      err: expect.stringMatching(/away from 2099-03-02 to 2099-03-06; to take that back, say --on 2099-03-02/),
    });
  });
});

describe('entente person left', () => {
  it('says where their mail goes and who relies on them, also without any case', async () => {
    await away('third', 'contact');
    const { code, out, err } = await person('left', 'contact', '--on', '2099-03-01', '--output', 'csv');
    expect(code).toBe(0);
    expect(out).toContain('directory,,,contact of agency/klid,');
    expect(out).toContain('directory,,,stands in for person/third from 2099-03-02 to 2099-03-06,');
    expect(err).toContain('From 2099-03-01 on, mail to contact goes to The chief <chief@klid.example.org>.');
    expect(await listed()).toContain('contact left');
  });

  it('can be taken back, once', async () => {
    await person('left', 'contact', '--on', '2099-03-01');
    expect((await person('stays', 'contact')).code).toBe(0);
    expect(await listed()).toEqual([]);
    expect(await person('stays', 'contact')).toMatchObject({ code: 3, err: expect.stringMatching(/has not left/) });
  });
});

describe('entente person bounced', () => {
  const report = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  };

  it('marks an address, says where mail goes, and reachable unmarks it', async () => {
    const bounced = () => person('bounced', 'SEVERAL@klid.example.org', '--reason', '550 no such mailbox');
    expect((await bounced()).err).toBe(
      'SEVERAL@klid.example.org (person/several) is no longer written to.\n' +
        'Mail to person/several now goes to The several <Second@klid.example.org>.\n',
    );
    expect((await bounced()).err).toContain('was marked already');
    const { out } = await person('show', 'several');
    expect(out).toMatch(/Working hours: +09:00-18:00 \(Asia\/Seoul\)/);
    expect(out).toMatch(/Addresses: +several@klid\.example\.org, Second@klid\.example\.org/);
    expect(out).toMatch(/Mail now: +The several <Second@klid/);
    expect(out).toMatch(/Bounces: +several@klid\.example\.org since .*: 550 no such mailbox/);
    expect((await person('reachable', 'several@klid.example.org')).code).toBe(0);
    expect((await person('reachable', 'several@klid.example.org')).code).toBe(0);
    expect(await listed()).toEqual([]);
  });

  it('knows the mailbox of an agency', async () => {
    await person('bounced', 'office@mar.example.org', '--reason', '550');
    expect(await listed()).toEqual(['agency/mar bounces']);
  });

  it.each([
    ['an address that nobody has', ['x@example.org', '--reason', '550'], 3, 'Nobody in the directory'],
    ['no reason', ['contact@klid.example.org'], 3, '--reason'],
    ['no address', [], 2, 'Say which address'],
    [
      'a message that never went there',
      ['contact@klid.example.org', '--reason', 'x', '--message', 'k'],
      3,
      'No message',
    ],
    ['a file that is not there', ['--file', '/nonexistent.eml'], 2, 'does not exist'],
  ])('is refused for %s', async (_, words, code, because) => {
    const outcome = await person('bounced', ...words);
    expect([outcome.code, outcome.err.includes(because) || outcome.err]).toEqual([code, true]);
    expect(await listed()).toEqual([]);
  });

  it('is refused for a file that is no report', async () => {
    const file = await report('letter.eml', 'Subject: hello\r\n\r\ntext\r\n');
    expect(await person('bounced', '--file', file)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/is no delivery report/),
    });
  });

  it('of an address never marked cannot be taken back', async () => {
    expect(await person('reachable', 'contact@klid.example.org')).toMatchObject({ code: 3 });
  });
});

describe('the directory', () => {
  it('as CSV brings addresses and hours back', async () => {
    await sql`update people set working_from = '08:00' where id = 'several'`.execute(register.db);
    const { out } = await mainWith(['directory', 'list', '--output', 'csv'], env);
    const file = join(folder, 'people.csv');
    await writeFile(file, out);
    const { out: result } = await mainWith(['directory', 'import', file, '-o', 'json'], env);
    expect(JSON.parse(result)).toContainEqual({ table: 'people', added: 0, changed: 0, unchanged: 9 });
  });
});
