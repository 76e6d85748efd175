import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { KeepingRelay } from '../activities/mail/keeping.ts';
import { connectForAWhile } from '../database/connect.ts';
import type { RehearsalRegister } from '../database/rehearsals.ts';
import type { Settings } from '../stack/settings.ts';
import { capacityOf, thisMachine } from '../worker/capacity.ts';
import { registerSearchAttributes } from '../worker/search-attributes.ts';
import { bundleWorkflows, newWorkers, type Running, sayHowItWorks, type WorkerParts } from '../worker/worker.ts';
import { AtWork } from './at-work.ts';
import { untilLost } from './lost.ts';

/**
 * Runs workers on a register and a namespace of their own for as long as `act` takes, which is told when it is over.
 *
 * @throws `TemporalLostError` if Temporal goes away meanwhile
 */
export async function withWorkers<T>(
  { url, copied }: RehearsalRegister,
  { pace: _pace, ...given }: Settings,
  act: (client: Client, over: AbortSignal, atWork: AtWork) => Promise<T>,
): Promise<T> {
  const { connectionOptions, namespace } = given.temporal;
  const settings = { ...given, databaseUrl: url };
  const native = await NativeConnection.connect(connectionOptions);
  const connection = await Connection.connect(connectionOptions);
  const db = connectForAWhile(url);
  try {
    await registerSearchAttributes(native, namespace);
    const atWork = new AtWork();
    const parts = {
      connection: native,
      db,
      settings,
      workflowBundle: await bundleWorkflows(),
      relay: new KeepingRelay(),
      capacity: { ...capacityOf(thisMachine(), settings.cachedCases), mails: lettersInFlight },
      interceptors: { activity: [atWork.interceptor] },
    };
    const workers = await workersOf(copied, parts);
    const running = workers.run();
    const over = new AbortController();
    const { signal } = over;
    const acting = act(new Client({ connection, namespace }), signal, atWork);
    const looking = untilLost(connection, signal);
    try {
      return await Promise.race([acting, running.then(endedAlone), looking]);
    } finally {
      over.abort(new Error('The rehearsal is over.'));
      atWork.letLettersGo();
      atWork.letRecordGo();
      workers.shutdown();
      // A call that the client tries again when its connection is closed already would end the process.
      const settled = Promise.allSettled([acting, looking]);
      await Promise.race([settled, delay(triedAgainWithinMs, undefined, { ref: false })]);
      await running.catch(() => undefined);
    }
  } finally {
    await connection.close();
    await native.close();
    await db.destroy();
  }
}

/** No reminder has so many readers: those that are held back leave room for the ones before. */
const lettersInFlight = 20;

/** What the client takes at most to try a call again and again. */
const triedAgainWithinMs = 30_000;

/** They are made while their register is. */
async function workersOf(register: Promise<unknown>, parts: WorkerParts): Promise<Running> {
  const workers = await newWorkers(parts);
  try {
    await register;
    await sayHowItWorks(parts);
    return workers;
  } catch (error) {
    // Those that never ran hold on to their connection.
    const running = workers.run();
    workers.shutdown();
    await running;
    throw error;
  }
}

const endedAlone = (): never => {
  throw new Error('The worker of the rehearsal has ended by itself.');
};
