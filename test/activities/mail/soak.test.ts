import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mailboxOf, messageIdOf } from '../../../activities/mail/identity.ts';
import { caseId, mailFrom, openPostOffice, plan, type PostOffice } from './post-office.ts';
import { runner } from '../../../stack/worker-process.ts';

/**
 * Five hundred messages, two senders that are killed again and again, and a relay at its worst. What the relay has really
 * accepted is compared with what the ledger says.
 */
const messages = 500;
const kills = 4;

let office: PostOffice;
const senders = new Set<ChildProcess>();
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(async () => {
  for (const sender of senders) sender.kill('SIGKILL');
  await office?.stop();
});

/** The same faults in every run, whatever the order in which they are met. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const faults = ['drop-before-reply', 'reset', 'garbage', 'drop-after-reply'] as const;

function badRelay(): PostOffice['hooks'] {
  const roll = dice(2018);
  const sometimes = <T>(chance: number, what: T): T | undefined => (roll() < chance ? what : undefined);
  return {
    onConnect: () => sometimes(0.02, { code: 421, text: 'too busy' }),
    onRecipient: () => sometimes(0.02, { code: 450, text: 'mailbox is being moved' }),
    onBody: () => sometimes(0.02, 'drop-mid-data'),
    onData: () =>
      sometimes(0.02, { code: 451, text: 'out of memory' }) ??
      sometimes(0.02, faults[Math.floor(roll() * faults.length)]),
  };
}

const program = fileURLToPath(new URL('./sender-process.ts', import.meta.url));

function startSender(): void {
  const sender = spawn(process.execPath, [runner, program, office.databaseUrl, office.mailbox.smtpUrl], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  senders.add(sender);
  sender.once('exit', () => senders.delete(sender));
}

const acceptedInAll = () => office.mailbox.messages().length;

/** Kills a sender while two are at work, and the relay has had some more from them; another takes its place. */
async function killOldest(): Promise<void> {
  const before = acceptedInAll();
  await expect.poll(acceptedInAll, { timeout: 150_000, interval: 25 }).toBeGreaterThan(before + 60);
  const [oldest] = senders;
  oldest?.kill('SIGKILL');
  startSender();
}

it('accepts none twice and loses none but those that it calls doubtful', async () => {
  const keys: string[] = [];
  for (let number = 0; number < messages; number += 1)
    keys.push(await plan(office.db, { key: `${caseId}/${number}/0`, recipient: 'agency/mayor' }));
  office.hooks = badRelay();
  startSender();
  startSender();
  for (let killed = 0; killed < kills; killed += 1) await killOldest();
  expect(acceptedInAll()).toBeLessThan(messages * 0.9);
  await expect.poll(() => senders.size, { timeout: 300_000 }).toBe(0);

  const rows = await office.db.selectFrom('messages').select(['key', 'state', 'message_id']).execute();
  const journal = new Map<string, number>();
  for (const { messageId } of office.mailbox.messages()) journal.set(messageId, (journal.get(messageId) ?? 0) + 1);
  const copies = (key: string) => journal.get(messageIdOf(key, mailboxOf(mailFrom))) ?? 0;
  expect(rows.map(({ key }) => key).sort()).toEqual(keys.sort());
  expect(rows.filter(({ key }) => copies(key) > 1)).toEqual([]);
  expect(rows.filter(({ key, state }) => state === 'sent' && copies(key) !== 1)).toEqual([]);
  expect(rows.filter(({ state }) => state !== 'sent' && state !== 'inDoubt')).toEqual([]);
  const doubtful = rows.filter(({ state }) => state === 'inDoubt');
  // About 4 % by the relay's faults, and up to ten mails in flight for each kill.
  expect(doubtful.length).toBeGreaterThan(10);
  expect(doubtful.length).toBeLessThan(120);
});
