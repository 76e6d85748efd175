import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { widthOf } from '../../client/output/width.ts';
import { lifecycles } from '../../domain/kinds.ts';
import { rulesOfToday } from '../../domain/rules-version.ts';
import { entente, mainWith } from './command-line.ts';
import { type Register, startRegister } from './register.ts';
import { seed } from './seed.ts';

let register: Register;
let env: Record<string, string>;

beforeAll(async () => {
  register = await startRegister();
  env = register.env;
  await seed(register.db);
});
afterAll(() => register?.stop());

describe('a command line that cannot be understood', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown command, with what was meant', ['lst'], /unknown command 'lst'\n\(Did you mean list\?\)/],
    ['an unknown command of a kind', ['action', 'verfy', 'a1'], /Did you mean verify\?/],
    ['an unknown option', ['list', '--contry', 'GR'], /unknown option '--contry'\n\(Did you mean --country\?\)/],
    ['an unknown kind in a filter', ['list', '--kind', 'treaty'], /Allowed choices are action, appointment, committee/],
    ['a page of no rows', ['list', '--limit', '0'], /whole number from 1 to 1000/],
    ['nobody who acts', ['action', 'accept', 'a1'], /Say who acts: --as PERSON, or set ENTENTE_AS/],
    ['a file that is not there', ['open', '--file', '/nonexistent.yaml'], /nonexistent\.yaml does not exist/],
  ])('%s', async (_, words, message) => {
    const { code, out, err } = await mainWith(words, env);
    expect(err).toMatch(message);
    expect([code, out]).toEqual([2, '']);
  });

  it('says what to set when nothing is configured and nothing runs', async () => {
    const { code, err } = await entente(['list']);
    expect(err).toMatch(/DATABASE_URL: nothing runs here: start `npm start`/);
    expect(code).toBe(2);
  });
});

describe('help', () => {
  it('lists every kind, and the exit codes', async () => {
    const { code, out } = await entente(['--help']);
    expect(code).toBe(0);
    for (const kind of Object.keys(lifecycles)) expect(out).toMatch(new RegExp(`^  ${kind} `, 'm'));
    expect(out).toMatch(/3 {2}refused/);
  });

  it('of a command tells its fields, which are required, and at which stages it is taken', async () => {
    const { out } = await mainWith(['action', 'report-done', '--help'], {});
    expect(out).toMatch(/--evidence <text> +what shows that it is done \(required\)/);
    expect(out).toMatch(/Taken at: in progress/);
    for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
  });
});

describe('lists, with Temporal down', () => {
  it('fit 80 columns, with Hangul and Greek titles', async () => {
    const { code, out } = await entente(['list'], env);
    expect(code).toBe(0);
    expect(out).toContain('action/a1');
    for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
  });

  it('say first that nothing is sent while Temporal does not answer, without waiting for long', async () => {
    for (const words of [['list'], ['next'], ['show', 'action/a1'], ['due'], ['mail', 'check']]) {
      const { out, err } = await mainWith(words, env);
      expect(err).toMatch(/^Temporal does not answer at 127\.0\.0\.1:1; .* Until it answers nothing is sent/);
      expect(out).toContain('action/a1');
    }
    const { code, out, err } = await mainWith(['check'], env);
    expect([code, out, err]).toEqual([4, '', expect.stringMatching(/^Temporal does not answer at 127\.0\.0\.1:1; /)]);
    const { err: unnamed } = await mainWith(['list'], { DATABASE_URL: register.url });
    expect(unnamed).toBe('');
  });

  it('print nothing but JSON on standard output, and how to go on elsewhere', async () => {
    const { out, err } = await entente(['list', '--output', 'json', '--limit', '2'], env);
    expect(JSON.parse(out)).toMatchObject([{ id: 'action/a1' }, { id: 'action/a2' }]);
    expect(err).toContain('There is more: ./entente list --output json --limit 2 --after action/a2');
    const second = await mainWith(['list', '--output', 'json', '--limit', '2', '--after', 'action/a2'], env);
    expect(JSON.parse(second.out)).toMatchObject([{ id: 'action/a3' }]);
    expect(second.err).not.toContain('There is more');
  });

  it.each([
    [['list', '--country', 'Ελλάδα'], /There is no country "Ελλάδα"; did you mean GR\?/],
    [['due', '--country', 'gr'], /did you mean GR\?/],
    [
      ['mous', '--country', 'Serbia'],
      /There is no country "Serbia"; see `\.\/entente directory list --table countries`/,
    ],
    [['list', '--owner', 'KLID'], /did you mean klid\?/],
    [['list', '--coordinator', '김민지'], /did you mean kim-minji\?/],
    [['matrix', '--owner', 'agency/nobody'], /There is no agency "nobody"/],
  ])('of somebody who does not exist are refused, not empty: %j', async (words, said) => {
    const { code, out, err } = await mainWith(words, { DATABASE_URL: register.url });
    expect([code, out, err]).toEqual([3, '', expect.stringMatching(said)]);
  });

  it('print CSV that a spreadsheet does not run', async () => {
    const { out } = await mainWith(['matrix', '--output', 'csv'], env);
    const rows = parse(out, { columns: true }) as { action: string; topic: string; due: string }[];
    expect(rows.map(({ action, due }) => [action, due])).toEqual(
      ['a1', 'a2', 'a3'].map((id) => [`action/${id}`, '2026-02-05']),
    );
    expect(rows[2]?.topic).toBe(`'=HYPERLINK("http://example.org")`);
  });

  it('tell what a case waits for, since when, until when, from whom, and what it takes', async () => {
    const { out } = await entente(['next', 'action/a1'], env);
    expect(out).toMatch(/agency\/klid/);
    expect(out).toMatch(/until 2026-02-05\s+\(Asia\/Seoul\)/);
    expect(out).toMatch(/takes .*accept/);
  });

  it('tell what an agency owes', async () => {
    const { out } = await mainWith(['due', '--agency', 'klid', '--days', '36500', '--output', 'json'], env);
    expect(new Set((JSON.parse(out) as { caseId: string }[]).map(({ caseId }) => caseId)).size).toBe(3);
  });

  it('tell the history of a case, and that there is no such case', async () => {
    const { out } = await mainWith(['history', 'action/a1', '--output', 'json'], env);
    expect(JSON.parse(out)).toMatchObject([
      { number: 1, type: 'opened', by: 'kim-minji', rules: rulesOfToday },
      { type: 'planned', rules: rulesOfToday },
    ]);
    const last = await mainWith(['history', 'action/a1', '--output', 'json', '--limit', '1'], env);
    expect([JSON.parse(last.out), last.err]).toMatchObject([
      [{ number: 2, type: 'planned' }],
      expect.stringContaining('1 event before that: ./entente history action/a1 --after 0'),
    ]);
    const { code, err } = await mainWith(['history', 'action/none'], env);
    expect([code, err]).toEqual([3, expect.stringMatching(/^Refused \(UnknownCase\): There is no case action\/none/)]);
  });

  it('tell what somebody did in all cases, from the morning of a day in their zone', async () => {
    const done = async (...words: string[]) => {
      const { code, out, err } = await mainWith(['history', '--by', 'kim-minji', '--output', 'json', ...words], env);
      return code === 0 ? (JSON.parse(out) as { caseId: string; at: string }[]) : `${code} ${err}`;
    };
    const all = (await done()) as { caseId: string; at: string }[];
    expect(all.length).toBeGreaterThan(2);
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort());
    expect(new Set(all.map(({ caseId }) => caseId)).size).toBeGreaterThan(1);
    // What is opened at midnight UTC is done at nine in the morning of that day in Seoul.
    const day = all[0]?.at.slice(0, 10) ?? '';
    expect(await done('--since', day)).toEqual(all);
    expect(await done('--until', '2000-01-01')).toEqual([]);
    const [first, ...rest] = all;
    expect(await done('--limit', '1')).toEqual([first]);
    const { at, caseId, number } = first as unknown as { at: string; caseId: string; number: number };
    expect(await done('--after', `${at},${caseId},${number}`)).toEqual(rest);
    expect(await done('--since', 'yesterday')).toMatch(/^2 --since yesterday: must be a day/);
    expect((await mainWith(['history', '--by', 'nobody'], env)).err).toMatch(/There is no person "nobody"/);
    expect((await mainWith(['history'], env)).code).toBe(2);
    expect((await mainWith(['history', 'action/a1', '--by', 'kim-minji'], env)).code).toBe(2);
  });

  it('say what mail should have gone and did not, with an exit code of its own', async () => {
    const { code, out } = await entente(['mail', 'check', '--output', 'json'], env);
    expect(code).toBe(5);
    expect((JSON.parse(out) as { trouble: string }[]).map(({ trouble }) => trouble)).toContain('notSent');
  });
});

const opening = '--title t --countries KR --coordinator kim-minji --topic t --due 2099-01-01'.split(' ');

describe('a dry run', () => {
  it('says what would be recorded, under either spelling of the command, and changes nothing', async () => {
    const words = ['--as', 'kim-minji', '--evidence', 'x', '--dry-run'];
    const refused = await mainWith(['action', 'reportDone', 'a1', ...words], env);
    expect(refused.code).toBe(3);
    expect(refused.err).toMatch(/^Refused \(WrongStage\)/);
    const accepted = await mainWith(['action', 'accept', 'action/a1', '--dry-run'], {
      ...env,
      ENTENTE_AS: 'kim-minji',
    });
    expect(accepted.out).toMatch(/^It would be accepted; nothing was done/);
    const row = await register.db.selectFrom('cases').select('stage').where('id', '=', 'action/a1').executeTakeFirst();
    expect(row?.stage).toBe('recorded');
  });

  it.each<[string, string[], string, RegExp]>([
    ['an unknown person', ['action', 'note', 'a1', '--note', 'x', '--as', 'nobody'], 'UnknownPerson', /"nobody"/],
    ['a missing field', ['action', 'extend', 'a1', '--reason', 'x'], 'InvalidInput', /--to: is missing/],
    [
      'a day that does not exist',
      ['action', 'extend', 'a1', '--to', '2026-02-30'],
      'InvalidInput',
      /--to: must be a day/,
    ],
    ['an absurd year', ['action', 'extend', 'a1', '--to', '20188-01-01'], 'InvalidInput', /--to: /],
    ['no reason where one is asked for', ['action', 'cancel', 'a1'], 'ReasonMissing', /needs a reason/],
    ['a case of another kind', ['mou', 'note', 'action/a1', '--note', 'x'], 'WrongKind', /action\/a1 is no mou/],
    ['an id with odd characters', ['action', 'note', 'a1;--', '--note', 'x'], 'InvalidInput', /no case id/],
    ['an unknown case', ['action', 'note', 'zzz', '--note', 'x'], 'UnknownCase', /no case action\/zzz/],
    ['a control character', ['action', 'note', 'a1', '--note', 'a\u001b[2Jb'], 'InvalidInput', /control character/],
    ['half a megabyte', ['action', 'note', 'a1', '--note', 'x'.repeat(100_000)], 'InvalidInput', /longer than/],
    [
      'an id under which another case was opened',
      ['action', 'open', 'a1', ...opening, '--owner', 'klid'],
      'CaseExists',
      /action\/a1 was opened before with other fields; choose another id/,
    ],
    [
      'an owner without an address',
      ['action', 'open', 'n1', ...opening, '--owner', 'silent'],
      'DateTooFar|NoAddress',
      /./,
    ],
  ])('refuses %s', async (_, words, code, because) => {
    const as = words.includes('--as') ? [] : ['--as', 'kim-minji'];
    const outcome = await mainWith([...words, ...as, '--dry-run'], env);
    expect(outcome.err).toMatch(new RegExp(`^Refused \\((${code})\\)`));
    expect(outcome.err).toMatch(because);
    expect([outcome.code, outcome.out]).toEqual([3, '']);
  });
});

describe('when something is down, one sentence says what, where, and what to do', () => {
  it('Postgres', async () => {
    const { code, out, err } = await entente(['list'], { DATABASE_URL: 'postgres://who:secret@127.0.0.1:1/entente' });
    expect(err).toMatch(/^Postgres does not answer at 127\.0\.0\.1:1\/entente \(ECONNREFUSED\); start it/);
    expect(err).not.toContain('secret');
    expect([code, out]).toEqual([4, '']);
  });

  it('a database without a register', async () => {
    const { code, err } = await mainWith(['list'], { DATABASE_URL: register.url.replace(/[^/]*$/, 'postgres') });
    expect(err).toMatch(/holds no register of this version; start a worker/);
    expect(code).toBe(4);
  });

  it('a database that does not exist, and a wrong password', async () => {
    const missing = await mainWith(['list'], { DATABASE_URL: register.url.replace(/[^/]*$/, 'nowhere') });
    expect([missing.code, missing.err]).toEqual([4, expect.stringMatching(/has no such database/)]);
    const wrong = await mainWith(['list'], { DATABASE_URL: register.url.replace(/:[^:@]*@/, ':wrong@') });
    expect([wrong.code, wrong.err]).toEqual([4, expect.stringMatching(/does not let us in/)]);
  });

  it('Temporal', async () => {
    const { code, out, err } = await entente(['action', 'note', 'a1', '--note', 'x', '--as', 'kim-minji'], env);
    expect(err).toMatch(/^Temporal does not answer at 127\.0\.0\.1:1; start it/);
    expect([code, out]).toEqual([4, '']);
  });
});

describe('completion', () => {
  it('is printed for a shell, and completes commands', async () => {
    const script = await entente(['completion', 'bash']);
    expect(script.out).toContain('bash completion for entente');
    expect(script.out, 'the shell asks ours, not whatever has its name').toMatch(/"\S*\/entente complete -- /);
    const { out } = await entente(['complete', '--', 'action', 're']);
    expect(out).toMatch(/^report-done\t/m);
  });
});
