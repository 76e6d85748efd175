import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../../../database/connect.ts';
import { prepareRegister, type RegisterUrls } from '../../../database/migrate.ts';
import { Dice } from './dice.ts';
import { fillDirectory } from './directory.ts';
import { Driver } from './driver.ts';
import { happen } from './happenings.ts';
import { Journal, readJournal } from './journal.ts';
import type { DriverEntry, Ledgers } from './ledgers.ts';
import { Pace } from './pace.ts';
import { readHistories, readRegister } from './read-ledgers.ts';
import { comeToRest } from './rest.ts';
import type { Course, Happening } from './schedule.ts';
import type { Story } from './stories.ts';
import { System, type SystemOptions } from './system.ts';

export interface RunOptions extends SystemOptions {
  readonly course: Course;
  readonly stories: readonly Story[];
  readonly happenings: readonly Happening[];
  /** Is done to the database before the first worker starts. */
  readonly prepare?: ((superuserUrl: string) => Promise<void>) | undefined;
  /** What is looked for: once the ledgers show it, all has been seen, and nobody waits for the rest. */
  readonly isSeenIn?: ((ledgers: Ledgers) => boolean) | undefined;
}

/** Lives all stories while everything happens to the system, waits until all is at rest, and reads the ledgers. */
export async function run(options: RunOptions): Promise<Ledgers> {
  const { course, stories, happenings, seed, folder, say } = options;
  const system = new System(options);
  const journal = new Journal<DriverEntry>(join(folder, 'driver.jsonl'));
  const over = new AbortController();
  let driver: Driver | undefined;
  try {
    await system.start();
    await fillRegister(
      system.register,
      stories.map(({ name }) => name),
    );
    await options.prepare?.(system.superuserUrl);
    await Promise.all(Array.from({ length: course.workers }, (_, index) => system.startWorker(index)));
    const started = await Driver.start(system.register.databaseUrl, system.temporalAddress, journal);
    driver = started;
    const dice = new Dice(seed ^ 0x2f_6e_2b);
    const pace = new Pace(dice);
    const lived = Promise.all(stories.map((story) => started.live(story, pace)));
    const steady = course.stepMs === undefined ? undefined : setInterval(() => pace.letGo(1), course.stepMs);
    for (const happening of happenings) {
      await delay(happening.restMs);
      await happen(happening, { system, driver, journal, pace, dice, say });
    }
    await system.relayIsWell();
    clearInterval(steady);
    say('nothing more is done to the system');
    pace.open();
    const ledgers = () => read(started, journal, system);
    const ended = comeToAnEnd(driver, lived, course).then(ledgers);
    const { isSeenIn } = options;
    return await (isSeenIn ? Promise.race([ended, firstSeen(isSeenIn, ledgers, over.signal)]) : ended);
  } finally {
    over.abort();
    driver?.giveUp();
    await driver?.stop();
    await system.stop();
    journal.close();
  }
}

/** What was heard is read before what is on record, so that nothing seems lost which has come in between. */
async function read(started: Driver, journal: Journal<DriverEntry>, system: System): Promise<Ledgers> {
  const { client, db } = started.ledger;
  const driver = journal.read();
  const relay = readJournal<Ledgers['relay'][number]>(system.relayJournal);
  const register = await readRegister(db);
  return { driver, relay, register, histories: await readHistories(client), outages: system.outages.read() };
}

async function comeToAnEnd(driver: Driver, lived: Promise<unknown>, { endWithinMs }: Course): Promise<void> {
  const end = Date.now() + endWithinMs;
  await Promise.race([lived, delay(endWithinMs)]);
  // Whoever is asked and has not answered by now will not.
  driver.giveUp();
  await lived;
  await comeToRest(driver.ledger, Math.max(10_000, end - Date.now()));
}

/** The ledgers as soon as they show what is looked for; what cannot be read just now is read again. */
async function firstSeen(
  isSeenIn: (ledgers: Ledgers) => boolean,
  read: () => Promise<Ledgers>,
  signal: AbortSignal,
): Promise<Ledgers> {
  for (;;) {
    const ledgers = await read().catch(() => undefined);
    if (ledgers && isSeenIn(ledgers)) return ledgers;
    await delay(1_000, undefined, { signal });
  }
}

async function fillRegister(urls: RegisterUrls, stories: readonly string[]): Promise<void> {
  await prepareRegister(urls);
  const db = connect(urls.databaseOwnerUrl);
  try {
    await fillDirectory(db, stories);
  } finally {
    await db.destroy();
  }
}
