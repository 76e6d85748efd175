import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../world.ts';
import { mainWith } from './command-line.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(`${root}/README.md`, 'utf8');
const byHand = readme.slice(readme.indexOf('## One cooperation by hand'), readme.indexOf('## Configuration'));
const commands = [...byHand.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block).join('');

let world: World;
let door: Server;
beforeAll(async () => {
  world = await startWorld('2018-10-01T01:00:00.000Z');
  door = createServer((socket) => void answered(socket)).listen(0, '127.0.0.1');
  await once(door, 'listening');
});
afterAll(async () => {
  door.close();
  await world.stop();
});

/** What the shell has made of a line is carried out in this process: nearly sixty more of them would take minutes to start. */
const shellsOwn = `here() {
  exec 3<>/dev/tcp/127.0.0.1/$DOOR
  printf '%s\\0' $# "$ENTENTE_AS" "$@" >&3
  read -r code <&3
  if [ "$code" = 0 ]; then cat <&3; else cat <&3 >&2; fi
  exec 3>&-
  return "$code"
}
`;
/** The first is a process of its own, as each is for its reader. */
const first = commands.indexOf('./entente') + 1;
const script = `set -eu\n${shellsOwn}${commands.slice(0, first)}${commands.slice(first).replaceAll('./entente ', 'here ')}`;

/** Takes how many words there are, as whom, and the words; answers the exit code in a line, and what was printed. */
async function answered(socket: Socket): Promise<void> {
  let text = '';
  for await (const part of socket.setEncoding('utf8')) {
    text += String(part);
    const [count = '', as = '', ...words] = text.split('\0').slice(0, -1);
    if (count === '' || words.length < Number(count)) continue;
    const give = () => mainWith(words, { ...world.stack.env, ENTENTE_AS: as });
    let { code, out, err } = await give();
    // What a command opens by itself is there a moment later: nobody types as fast as this.
    for (let tries = 0; tries < 100 && err.includes('(UnknownCase)'); tries += 1) {
      await delay(100);
      ({ code, out, err } = await give());
    }
    socket.end(`${code}\n${code === 0 ? out : err}`);
    return;
  }
}

it('the walk in the README works, command by command, from a request to a verified action', async () => {
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    cwd: root,
    env: { ...process.env, ...world.stack.env, DOOR: String((door.address() as AddressInfo).port) },
  });
  expect(stdout).toContain('request/ge-egov is at "accepted"');
  expect(stdout).toContain('mou/kr-ge-egov is at "in effect"');
  expect(stdout).toContain('action/kr-ge-egov-1-1 is at "closed"');
  // The third walk: what is seen ahead, and what a preview shows.
  expect(stdout).toContain('mou/kr-ro-digital is at "signing arranged"');
  expect(stdout).toMatch(/1 calendar entry moved, 1\s+due day moved/);
  const mailed = world.stack.mailbox?.messages().map(({ subject }) => subject) ?? [];
  expect(mailed.join('\n')).toContain('Your request is accepted');
  expect(mailed.join('\n')).toMatch(/\[\d+년 \d+월 \d+일까지 완료 확인 요청\] Advise on an e-document system/);
});
