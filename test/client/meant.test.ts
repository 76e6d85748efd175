import { afterAll, beforeAll, expect, it } from 'vitest';
import { mainWith } from './command-line.ts';
import { type Register, startRegister } from './register.ts';
import { seed } from './seed.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
  await seed(register.db);
});
afterAll(() => register?.stop());

it.each<[string, string[]]>([
  ['what follows the "/"', ['show', 'a1']],
  ['the kind before it', ['action', 'show', 'a1']],
  ['the whole id', ['show', 'action/a1']],
])('a case is shown by %s', async (_, words) => {
  const { code, out } = await mainWith(words, register.env);
  expect(out).toContain('action/a1');
  expect(code).toBe(0);
});

it.each<[string, string[], RegExp]>([
  ['a case that nobody has', ['show', 'a77'], /There is no case a77;/],
  ['an agency in a filter', ['list', '--owner', 'agency/klit'], /no agency "klit"; did you mean klid\?/],
  ['an agency that owes', ['due', '--agency', 'klit'], /no agency "klit"; did you mean klid\?/],
  ['a country by its name', ['list', '--country', 'Ελλάδα'], /no country "Ελλάδα"; did you mean GR\?/],
  [
    'a person by name',
    ['action', 'accept', 'a1', '--as', '김민지'],
    /--as: must be the id .* \(did you mean kim-minji\?\)/,
  ],
  ['a case in a filter of mail', ['mail', 'list', '--case', 'action/a0'], /There is no case action\/a0; did you mean/],
])('%s is refused with what was meant', async (_, words, because) => {
  const { code, out, err } = await mainWith(words, register.env);
  expect(err.replaceAll('\n', ' ')).toMatch(because);
  expect([code, out]).toEqual([3, '']);
});

it.each([
  ['request', '--received-on'],
  ['action', '--due'],
])('a wrong day of a %s is one fault, with its option', async (kind, option) => {
  const fields = {
    request: ['--subject', 's', '--how', 'letter', '--requester', 'agency/klid', '--requesting-country', 'GR'],
    action: ['--topic', 't', '--owner', 'klid'],
  }[kind];
  const words = [
    '--title',
    'T',
    '--countries',
    'KR',
    '--countries',
    'GR',
    '--coordinator',
    'kim-minji',
    ...(fields ?? []),
  ];
  const as = ['--as', 'kim-minji', '--dry-run'];
  const { code, err } = await mainWith([kind, 'open', 'r1', ...words, option, '18.12.2026', ...as], register.env);
  expect([code, err.trim()]).toEqual([
    3,
    `Refused (InvalidInput): ${option}: must be a day that exists, as YYYY-MM-DD.`,
  ]);
});

// With `--as` too: files.test.ts.
it.each<[string, Record<string, string>, string]>([
  ['whoever sits at the terminal', {}, 'America/Lima'],
  ['whoever acts', { ENTENTE_AS: 'kim-minji' }, 'Asia/Seoul'],
  ['the terminal, where nobody knows who acts', { ENTENTE_AS: 'nobody' }, 'America/Lima'],
])('moments are on the clocks of %s, whose zone is named', async (_, env, zone) => {
  const { out } = await mainWith(['show', 'a1'], { ...register.env, TZ: 'America/Lima', ...env });
  expect(out).toMatch(new RegExp(`20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d ${zone}`));
});
