import type * as files from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { mainWith } from '../client/command-line.ts';
import { type Register, startRegister } from '../client/register.ts';
import { seed } from '../client/seed.ts';

const damaged = vi.hoisted(() => ({ is: false }));
vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof files>();
  const readFileSync = (file: string | URL, encoding: 'utf8') => {
    const text = real.readFileSync(file, encoding);
    return damaged.is && String(file).endsWith('/calendars/GR.json')
      ? text.replace('"2027-01-01"', '"2026-01-01"')
      : text;
  };
  return { ...real, readFileSync };
});

let register: Register;
let env: Record<string, string>;
beforeAll(async () => {
  register = await startRegister();
  env = register.env;
  await seed(register.db);
  damaged.is = true;
});
afterAll(() => register?.stop());

it.each([[['calendar', 'show', 'GR', '2026']], [['calendar', 'check']]])(
  '%j names a file with a holiday in a wrong year in one sentence',
  async (words) => {
    const { code, err } = await mainWith(words, env);
    expect([code, err.trim().split('\n')]).toEqual([
      3,
      [expect.stringMatching(/^calendars\/GR\.json cannot be used: .*, 2026-01-01, stands under the year 2027\./)],
    ]);
  },
);
