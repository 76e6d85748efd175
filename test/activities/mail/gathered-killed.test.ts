import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { mailboxOf, messageIdOf } from '../../../activities/mail/identity.ts';
import { openDigest } from '../../../database/send-times.ts';
import { caseId, deliveryOf, mailFrom, openPostOffice, owe, plan, type PostOffice, rowOf } from './post-office.ts';
import { reminderFacts } from './samples.ts';
import { runner } from '../../../stack/worker-process.ts';

let office: PostOffice;
let sender: ChildProcess | undefined;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(async () => {
  sender?.kill('SIGKILL');
  await office?.stop();
});
afterEach(() => {
  office.hooks = {};
});

const program = fileURLToPath(new URL('./sender-process.ts', import.meta.url));

async function gathered(day: string): Promise<{ digest: string; keys: string[] }> {
  const digest = await openDigest(office.db, { reader: 'person/lee-jiho', day }, 'Asia/Seoul');
  const keys: string[] = [];
  for (const item of ['a', 'b', 'c']) {
    const deadline = `complete:${item}-${day}`;
    await owe(office.db, deadline, 1);
    const key = `${caseId}/${deadline}/1/1/agency/klid`;
    const message = { key, deadline, digest, text: 'action.complete', tone: 'before', level: 'owner' };
    keys.push(await plan(office.db, { ...message, facts: reminderFacts }));
  }
  return { digest, keys };
}

/** A sender as a process of its own, which is killed when the relay is told so. */
async function killedSender(hooks: (kill: () => void) => PostOffice['hooks']): Promise<void> {
  office.hooks = hooks(() => void sender?.kill('SIGKILL'));
  const args = [runner, program, office.databaseUrl, office.mailbox.smtpUrl];
  sender = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(sender, 'exit');
  office.hooks = {};
}

it.each([
  [
    'before its first byte: another sends it, once',
    '2018-11-05',
    'sent',
    (kill: () => void) => ({ onRecipient: () => kill() ?? undefined }),
  ],
  [
    'after its last byte: all of it is in doubt, and nothing is sent again',
    '2018-11-12',
    'inDoubt',
    (kill: () => void) => ({ onData: () => kill() ?? ('hang' as const) }),
  ],
] as const)('a gathered mail whose sender is killed %s', async (_, day, state, hooks) => {
  const { digest, keys } = await gathered(day);
  await killedSender(hooks);
  const before = await Promise.all(keys.map(async (key) => (await rowOf(office.db, key)).state));
  expect(new Set(before)).toEqual(new Set([state === 'sent' ? 'claimed' : 'inData']));
  for (const key of keys) expect(await deliveryOf(office.worker(), key)).toMatchObject({ state });
  const id = messageIdOf(`digest/${digest}`, mailboxOf(mailFrom));
  expect(office.mailbox.messages().filter(({ messageId }) => messageId === id)).toHaveLength(1);
});
