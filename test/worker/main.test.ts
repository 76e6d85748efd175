import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../stack/stack.ts';

const script = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ env: {} });
});
afterAll(() => stack.stop());

/** Runs a worker until it ends by itself, and gives what it said. */
const run = (changes: Record<string, string>) =>
  new Promise<{ code: number | null; said: string }>((resolve) => {
    const env = { ...process.env, ...stack.env, ...changes };
    const child = spawn(process.execPath, ['--import', 'tsx', script], { env, timeout: 50_000, killSignal: 'SIGKILL' });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('exit', (code) => resolve({ code, said }));
  });

describe('a worker that cannot start says in one sentence what is wrong', () => {
  it('Postgres is down', async () => {
    const { code, said } = await run({ DATABASE_URL: 'postgres://somebody:hunter2@127.0.0.1:1/entente' });
    expect(code).toBe(1);
    expect(said).toMatch(/^Postgres does not answer as it should: .*127\.0\.0\.1:1/m);
    expect(said).not.toContain('hunter2');
  });

  it('Temporal is down', async () => {
    const { code, said } = await run({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect(code).toBe(1);
    expect(said).toMatch(/^Temporal does not answer at 127\.0\.0\.1:1/m);
  });

  it('the settings are wrong: all faults at once', async () => {
    const { code, said } = await run({ DATABASE_URL: 'mysql://127.0.0.1/x', SMTP_URL: 'nonsense' });
    expect(code).toBe(2);
    expect(said).toContain('DATABASE_URL');
    expect(said).toContain('SMTP_URL');
  });
});
