import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../world.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(`${root}/README.md`, 'utf8');
const byHand = readme.slice(readme.indexOf('## One cooperation by hand'), readme.indexOf('## Configuration'));
const commands = [...byHand.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block).join('');

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-10-01T01:00:00.000Z');
});
afterAll(() => world.stop());

it('the walk in the README works, command by command, from a request to a verified action', async () => {
  const script = `set -eu\n${commands}`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    cwd: root,
    env: { ...process.env, ...world.stack.env },
  });
  expect(stdout).toContain('request/ge-egov is at "accepted"');
  expect(stdout).toContain('mou/kr-ge-egov is at "inEffect"');
  expect(stdout).toContain('action/kr-ge-egov-1-1 is at "closed"');
  // The third walk: what is seen ahead, and what a preview shows.
  expect(stdout).toContain('mou/kr-ro-digital is at "signingArranged"');
  expect(stdout).toMatch(/1 calendar entry moved, 1\s+due day moved/);
  const mailed = world.stack.mailbox?.messages().map(({ subject }) => subject) ?? [];
  expect(mailed.join('\n')).toContain('Your request is accepted');
  expect(mailed.join('\n')).toMatch(/\[\d+년 \d+월 \d+일까지 완료 확인 요청\] Advise on an e-document system/);
});
