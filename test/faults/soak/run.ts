import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../../../database/connect.ts';
import { prepareRegister, type RegisterUrls } from '../../../database/migrate.ts';
import { dayOf } from '../../../domain/dates.ts';
import { Dice } from './dice.ts';
import { fillDirectory } from './directory.ts';
import { Driver } from './driver.ts';
import { happen } from './happenings.ts';
import { Journal, readJournal } from './journal.ts';
import type { DriverEntry, Ledgers } from './ledgers.ts';
import { Pace } from './pace.ts';
import { readHistories, readRegister } from './read-ledgers.ts';
import { comeToRest } from './rest.ts';
import type { Form, Happening } from './schedule.ts';
import { storiesOf } from './stories.ts';
import { System, type SystemOptions } from './system.ts';

export interface RunOptions extends SystemOptions {
  readonly form: Form;
  readonly happenings: readonly Happening[];
  /** Is done to the database before the first worker starts. */
  readonly prepare?: ((superuserUrl: string) => Promise<void>) | undefined;
}

/** Lives all stories while everything happens to the system, waits until all is at rest, and reads the ledgers. */
export async function run(options: RunOptions): Promise<Ledgers> {
  const { form, happenings, seed, folder, say } = options;
  const stories = storiesOf(form, seed, dayOf(new Date().toISOString()));
  const system = new System(options);
  const journal = new Journal<DriverEntry>(join(folder, 'driver.jsonl'));
  let driver: Driver | undefined;
  try {
    await system.start();
    await fillRegister(
      system.register,
      stories.map(({ name }) => name),
    );
    await options.prepare?.(system.superuserUrl);
    await Promise.all(Array.from({ length: form.workers }, (_, index) => system.startWorker(index)));
    const started = await Driver.start(system.register.databaseUrl, system.temporalAddress, journal);
    driver = started;
    const dice = new Dice(seed ^ 0x2f_6e_2b);
    const pace = new Pace(dice);
    const lived = Promise.all(stories.map((story) => started.live(story, pace)));
    const steady = setInterval(() => pace.letGo(1), form.stepMs);
    pace.letGo(stories.length);
    // Cases that are just being opened are met as well, but not by everything.
    await openings(journal, stories.length / 3);
    for (const happening of happenings) {
      await delay(happening.restMs);
      await happen(happening, { system, driver, journal, pace, dice, say });
    }
    await system.relayIsWell();
    clearInterval(steady);
    say('nothing more is done to the system');
    pace.open();
    await comeToAnEnd(driver, lived, form);
    say('the ledgers are read');
    const { client, db } = driver.ledger;
    const [register, histories] = [await readRegister(db), await readHistories(client)];
    const relay = readJournal<Ledgers['relay'][number]>(system.relayJournal);
    return { driver: journal.read(), relay, register, histories, outages: system.outages.read() };
  } finally {
    driver?.giveUp();
    await driver?.stop();
    await system.stop();
    journal.close();
  }
}

async function openings(journal: Journal<DriverEntry>, count: number): Promise<void> {
  for (let opened = 0; opened < count; opened += 1)
    await journal.next(
      ({ what, ...entry }) => what === 'answered' && 'command' in entry && entry.command === 'opening',
    );
}

async function comeToAnEnd(driver: Driver, lived: Promise<unknown>, { endWithinMs }: Form): Promise<void> {
  const end = Date.now() + endWithinMs;
  await Promise.race([lived, delay(endWithinMs)]);
  // Whoever is asked and has not answered by now will not.
  driver.giveUp();
  await lived;
  await comeToRest(driver.ledger, Math.max(10_000, end - Date.now()));
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
