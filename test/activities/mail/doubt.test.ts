import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApplicationFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as ledger from '../../../database/ledger.ts';
import { messageIdOf } from '../../../activities/mail/identity.ts';
import { startRawRelay } from './raw-relay.ts';
import {
  attemptOf,
  deliveryOf,
  expireLease,
  heldAtGate,
  openPostOffice,
  plan,
  type PostOffice,
  quietEnvironment,
  rowOf,
} from './post-office.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());
afterEach(() => {
  office.hooks = {};
});

const sender = { name: 'Entente', address: 'entente@example.org' };

/** What the relay has accepted of this message. */
const accepted = (key: string) =>
  office.mailbox.messages().filter(({ messageId }) => messageId === messageIdOf(key, sender));

describe('doubt', () => {
  it.each(['drop-before-reply', 'reset', 'garbage'] as const)(
    'is in doubt after "%s", is never sent again, and keeps its Message-ID',
    async (fault) => {
      const key = await plan(office.db);
      office.hooks = { onData: () => fault };
      expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'inDoubt' });
      office.hooks = {};
      expect(await deliveryOf(office.worker(), key)).toMatchObject({ state: 'inDoubt' });
      expect(accepted(key)).toHaveLength(1);
      expect(await rowOf(office.db, key)).toMatchObject({ state: 'inDoubt', message_id: messageIdOf(key, sender) });
    },
  );

  it('is in doubt when a worker died after the gate, but only once its lease is over', async () => {
    const key = await plan(office.db);
    await ledger.claim(office.db, key, { token: 'dead', leaseSeconds: 60 });
    expect(await ledger.openGate(office.db, key, 'dead', 60)).toBe(true);
    expect(await attemptOf(office.worker(), key)).toMatchObject({ type: 'MailBusy' });
    await expireLease(office.db, key);
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'inDoubt' });
    expect(accepted(key)).toHaveLength(0);
  });

  it('takes the certain answer of a worker that was given up', async () => {
    const key = await plan(office.db);
    await ledger.claim(office.db, key, { token: 'slow', leaseSeconds: 60 });
    await ledger.openGate(office.db, key, 'slow', 60);
    await expireLease(office.db, key);
    await attemptOf(office.worker(), key);
    expect(await ledger.settle(office.db, key, 'slow', 'sent', '250 late but clear')).toBe(true);
    expect(await rowOf(office.db, key)).toMatchObject({ state: 'sent', reply: '250 late but clear' });
  });

  const inDoubt = async () => {
    const key = await plan(office.db);
    office.hooks = { onBody: () => 'drop-mid-data' };
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'inDoubt' });
    office.hooks = {};
    return key;
  };

  it('is settled as sent by a person, who stays in the ledger with the reason', async () => {
    const key = await inDoubt();
    const verdict = { by: 'kim-minji', why: 'The agency has it.' };
    expect(await ledger.settleAsSent(office.db, key, verdict)).toBe(true);
    expect(await ledger.settleAsSent(office.db, key, verdict)).toBe(false);
    expect((await rowOf(office.db, key)).reply).toMatch(/^Settled as sent by kim-minji: The agency has it\./);
    expect(await deliveryOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    expect(accepted(key)).toHaveLength(0);
  });

  it('is sent again when a person wants it, with the same text and Message-ID', async () => {
    const key = await inDoubt();
    const { subject } = await rowOf(office.db, key);
    await ledger.reopen(office.db, key, { sendAt: '2018-12-03T00:00:00.000Z' });
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    expect(accepted(key)).toHaveLength(1);
    expect(await rowOf(office.db, key)).toMatchObject({ subject });
  });
});

describe.each(['WORKER_SHUTDOWN', 'CANCELLED', 'NOT_FOUND'] as const)('an attempt that is given up: %s', (reason) => {
  it('still hears what the server says to what it has', async () => {
    const key = await plan(office.db);
    const environment = quietEnvironment();
    office.hooks = {
      onData: () => {
        environment.cancel(reason);
        return { delayMs: 1_000 };
      },
    };
    expect(await attemptOf(office.worker(), key, environment)).toMatchObject({ state: 'sent' });
    expect(accepted(key)).toHaveLength(1);
  });

  it('at the gate: either nothing has left, or what the server says is heard', async () => {
    const key = await plan(office.db);
    const environment = quietEnvironment();
    const ended = await heldAtGate(
      office.db,
      () => attemptOf(office.worker(), key, environment),
      () => environment.cancel(reason),
    );
    expect(ended).toMatchObject({ state: 'sent' });
    expect(accepted(key)).toHaveLength(1);
  });
});

describe('a worker that is stopped', () => {
  it('closes the connection; what the server does not answer is in doubt, and not sent again', async () => {
    const key = await plan(office.db);
    const environment = quietEnvironment();
    office.hooks = {
      onData: () => {
        environment.cancel('WORKER_SHUTDOWN');
        return 'hang';
      },
    };
    expect(await attemptOf(office.worker(), key, environment)).toMatchObject({ state: 'inDoubt' });
    office.hooks = {};
    expect(await deliveryOf(office.worker(), key)).toMatchObject({ state: 'inDoubt' });
    expect(accepted(key)).toHaveLength(1);
  });

  it('closes the connection before the data, and the next one sends', async () => {
    const key = await plan(office.db);
    const environment = quietEnvironment();
    environment.cancel('WORKER_SHUTDOWN');
    expect(await attemptOf(office.worker(), key, environment)).toMatchObject({ type: 'MailNotAccepted' });
    expect(await deliveryOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    expect(accepted(key)).toHaveLength(1);
  });

  it('ends in doubt by itself when the relay never answers, and shows that it is alive while it waits', async () => {
    const key = await plan(office.db);
    const environment = quietEnvironment();
    let heartbeats = 0;
    environment.on('heartbeat', () => (heartbeats += 1));
    office.hooks = { onData: () => 'hang' };
    expect(
      await attemptOf(office.worker({ leaseSeconds: 1, longestSendingSeconds: 2 }), key, environment),
    ).toMatchObject({
      state: 'inDoubt',
    });
    expect(heartbeats).toBeGreaterThan(0);
  });
});

describe('a lease', () => {
  const secondsLeft = async (key: string): Promise<number> =>
    (await ledger.findMessage(office.db, key))?.leaseSecondsLeft ?? 0;

  it('is of 30 seconds: the letter of a worker that was killed before the gate waits no longer', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const key = await plan(office.db);
    const environment = quietEnvironment();
    const attempt = attemptOf(office.worker({ smtpUrl: `smtp://127.0.0.1:${port}` }), key, environment);
    await vi.waitUntil(async () => (await secondsLeft(key)) > 0, { timeout: 150_000 });
    expect(await secondsLeft(key)).toBeLessThanOrEqual(30);
    const other = await attemptOf(office.worker(), key);
    expect(other).toMatchObject({ type: 'MailBusy' });
    expect((other as ApplicationFailure).nextRetryDelay).toBeLessThanOrEqual(30_500);
    environment.cancel('WORKER_SHUTDOWN');
    expect(await attempt).toMatchObject({ type: 'MailNotAccepted' });
    silent.close();
    expect(await deliveryOf(office.worker(), key)).toMatchObject({ state: 'sent' });
  });

  it('is kept by a worker that lives, however slow the relay is: others neither send nor doubt', async () => {
    const key = await plan(office.db);
    let hasArrived = false;
    office.hooks = {
      onData: () => {
        hasArrived = true;
        return { delayMs: 5_000 };
      },
    };
    const slow = attemptOf(office.worker({ leaseSeconds: 1 }), key);
    await vi.waitUntil(() => hasArrived, { timeout: 150_000 });
    let isOver = false;
    void slow.finally(() => (isOver = true));
    const others: unknown[] = [];
    while (!isOver) {
      others.push(await attemptOf(office.worker(), key));
      await delay(200);
    }
    expect(await slow).toMatchObject({ state: 'sent' });
    expect(others.slice(0, -1).filter((other) => !(other instanceof Error))).toEqual([]);
    expect(accepted(key)).toHaveLength(1);
  });
});

describe('a reply with a byte that Postgres does not take', () => {
  it.each([
    ['554 no\0', 'refused'],
    ['250 yes\0', 'sent'],
  ] as const)('%j is on record all the same', async (afterData, state) => {
    const raw = await startRawRelay(afterData);
    const key = await plan(office.db);
    const delivery = await attemptOf(office.worker({ smtpUrl: raw.smtpUrl }), key);
    expect(delivery).toMatchObject({ state, why: expect.stringContaining('\uFFFD') });
    expect(await rowOf(office.db, key)).toMatchObject({ state, reply: expect.stringContaining('\uFFFD') });
  });

  it('nor does a retry for now lose its reason', async () => {
    const raw = await startRawRelay('451 later\0');
    const key = await plan(office.db);
    await attemptOf(office.worker({ smtpUrl: raw.smtpUrl }), key);
    expect(await rowOf(office.db, key)).toMatchObject({
      state: 'planned',
      reply: expect.stringContaining('later\uFFFD'),
    });
    await raw.stop();
  });
});
