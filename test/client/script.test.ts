import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Register, startRegister } from './register.ts';
import { seed } from './seed.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let register: Register;

beforeAll(async () => {
  register = await startRegister();
  await seed(register.db);
  await sql`update cases set late = true where id in ('action/a1', 'action/a2')`.execute(register.db);
});
afterAll(() => register?.stop());

it('the example script lists late actions by owner', async () => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['stack/run.mjs', 'examples/scripts/late-actions.ts', 'GR'], {
    cwd: root,
    env: { PATH, HOME, DATABASE_URL: register.url },
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(0);
  expect(out).toContain('agency/klid: 2 late');
  expect(out).toMatch(/\(action\/a1\), due 2026-02-05/);
});
