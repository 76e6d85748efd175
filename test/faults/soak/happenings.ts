import { setTimeout as delay } from 'node:timers/promises';
import type { Dice } from './dice.ts';
import { type Driver, withSomeToSpare } from './driver.ts';
import type { Journal } from './journal.ts';
import type { DriverEntry } from './ledgers.ts';
import type { Pace } from './pace.ts';
import type { Happening, Moment } from './schedule.ts';
import type { System } from './system.ts';

/** How many cases are given something to do when something is about to happen, so that it meets them at work. */
const volley = 12;
/** A moment that does not come is not waited for longer. */
const momentWithinMs = 30_000;
const restsWithinMs = 75_000;
const dueWithinMs = 25_000;

/** What a transition writes, as a transaction is known by. */
const isTransition = (transaction: string): boolean => /insert into events/i.test(transaction);

export interface Stage {
  readonly system: System;
  readonly driver: Driver;
  readonly journal: Journal<DriverEntry>;
  readonly pace: Pace;
  readonly dice: Dice;
  readonly say: (line: string) => void;
}

/** Lets one thing happen to the system, and resolves when that is over. */
export async function happen(happening: Happening, stage: Stage): Promise<void> {
  const { system, pace, dice, say } = stage;
  switch (happening.do) {
    case 'begin': {
      const open = openings(happening.open, stage.journal);
      pace.letGo(Number.POSITIVE_INFINITY);
      return open;
    }
    case 'calm':
      return calm(happening.steps, stage);
    case 'kill':
      return kill(happening.service, happening.moment, stage);
    case 'cut':
      return cut(happening.side, happening.holdMs, stage);
    case 'relay':
      await moment(happening.moment ?? 'any', stage);
      say(`the relay is bad for ${happening.forMs / 1000} s`);
      system.beginRelayFaults(happening.faults, happening.forMs);
      return pace.letGo(volley);
    case 'freeze': {
      const index = dice.between(0, system.workers.length - 1);
      say(`worker ${index + 1} is frozen for ${happening.forMs / 1000} s`);
      pace.letGo(volley);
      // With tasks in its hands.
      await moment('acknowledged', stage);
      return system.freezeWorker(index, happening.forMs);
    }
    case 'down':
      return down(happening.dueDates, stage);
  }
}

async function openings(count: number, journal: Journal<DriverEntry>): Promise<void> {
  for (let opened = 0; opened < count; opened += 1)
    await journal.next(
      ({ what, ...entry }) => what === 'answered' && 'command' in entry && entry.command === 'opening',
    );
}

async function calm(steps: number, { driver, pace }: Stage): Promise<void> {
  await idle(driver);
  for (let step = 0; step < steps; step += 1) {
    pace.letGo(1);
    await idle(driver);
  }
}

async function idle(driver: Driver): Promise<void> {
  do await delay(20);
  while (driver.busy > 0);
}

async function kill(service: 'worker' | 'temporal' | 'postgres', when: Moment, stage: Stage): Promise<void> {
  const { system, pace, dice, say } = stage;
  const index = dice.between(0, system.workers.length - 1);
  const restMs = dice.between(0, 400);
  const came = moment(when, stage);
  pace.letGo(volley);
  const release = await came;
  if (when === 'any') await delay(restMs);
  say(`${service === 'worker' ? `worker ${index + 1}` : service} is killed (${when})`);
  const killed = {
    worker: () => system.killWorker(index),
    temporal: () => system.killTemporal(),
    postgres: () => system.killPostgres(),
  }[service]();
  release?.();
  await killed;
}

/** Waits for a moment, or not for long; gives back what ends it when it is one that is held. */
async function moment(when: Moment, { system, journal }: Stage): Promise<(() => void) | undefined> {
  if (when === 'committed') return committed(system);
  if (when === 'acknowledged') await soon(journal.next(({ what }) => what === 'answered'));
  if (when === 'reached') await soon(journal.next(({ what }) => what === 'reached'));
  if (when === 'mailInFlight') await soon(system.nextAccepted());
  return undefined;
}

async function committed(system: System): Promise<() => void> {
  let isWanted = true;
  const caught = system.proxy.catchCommit('reply', (transaction) => isWanted && isTransition(transaction));
  const came = await soon(caught.reached);
  isWanted = false;
  return () => (came ? caught.cut() : caught.release());
}

async function cut(side: 'request' | 'reply', holdMs: number, { system, pace, say }: Stage): Promise<void> {
  let isWanted = true;
  const caught = system.proxy.catchCommit(side, (transaction) => isWanted && isTransition(transaction));
  pace.letGo(volley);
  const came = await soon(caught.reached);
  isWanted = false;
  if (!came) return;
  say(`the ${side} of a COMMIT ${holdMs > 0 ? `is held for ${holdMs / 1000} s` : 'is cut'}`);
  if (holdMs === 0) return caught.cut();
  await system.during('a slow COMMIT', () => delay(holdMs));
  caught.release();
}

/** No worker runs while the clocks of cases move past what is due. */
async function down(dueDates: number, { system, driver, pace, say }: Stage): Promise<void> {
  await pace.hold(async () => {
    // What is asked while nobody works would only wait, so the cases come to rest first.
    const end = Date.now() + restsWithinMs;
    // A connection from before the last kill may be found dead only now.
    const areWaiting = () =>
      driver.waiting().then(
        ({ length }) => length >= withSomeToSpare(dueDates),
        () => false,
      );
    while (Date.now() < end && (driver.busy > 0 || !(await areWaiting()))) await delay(200);
    say('all workers are killed');
    await system.withoutWorkers(async () => {
      const reached = await driver.advanceWhileDown(dueDates, dueWithinMs);
      say(`${reached} due dates have come while no worker ran`);
    });
  });
  pace.letGo(volley);
}

const soon = (happens: Promise<unknown>): Promise<boolean> =>
  Promise.race([happens.then(() => true), delay(momentWithinMs).then(() => false)]);
