import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { bare, floorQueue, ping } from './floor/messages.ts';
import { eachInFlight } from './in-flight.ts';
import { sendBare } from './scale/bare-mail.ts';
import type { Bench } from './services.ts';

/** How often a second each part does the least that can be asked of it: what no engine on top can exceed. */
export interface Limits {
  readonly transactions: number;
  readonly mails: number;
  readonly starts: number;
  readonly updates: number;
}

const atOnce = 16;

/** Asks each part for so much, one after the other. */
export async function measureLimits(bench: Bench, times: number): Promise<Limits> {
  return {
    transactions: await transactionsPerSecond(await bench.makeDatabase('limits'), times * 4),
    mails: times / (await sendBare(bench.sink, times)),
    ...(await temporalPerSecond(bench, times)),
  };
}

async function perSecond(times: number, act: (nth: number) => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await eachInFlight(atOnce, [...Array(times).keys()], act);
  return times / ((performance.now() - begun) / 1_000);
}

async function transactionsPerSecond(connectionString: string, times: number): Promise<number> {
  const pool = new pg.Pool({ connectionString, max: atOnce });
  await pool.query('create table bare (id bigint generated always as identity primary key, said text not null)');
  const measured = await perSecond(times, () => pool.query('insert into bare (said) values ($1)', ['something']));
  await pool.end();
  return measured;
}

/** Starts that nobody works on yet; then updates of workflows that do nothing but answer. */
async function temporalPerSecond({ stack }: Bench, times: number): Promise<Pick<Limits, 'starts' | 'updates'>> {
  const connection = await Connection.connect(stack.settings.temporal.connectionOptions);
  const { workflow } = new Client({ connection, namespace: stack.temporal.namespace });
  const start = (taskQueue: string) => (nth: number) =>
    workflow.start(bare, { taskQueue, workflowId: `${taskQueue}/bare-${nth}` });
  const starts = await perSecond(times, start('nobody'));
  await perSecond(atOnce, start(floorQueue));
  const handle = (nth: number) => workflow.getHandle(`${floorQueue}/bare-${nth % atOnce}`);
  const updates = await perSecond(times, (nth) => handle(nth).executeUpdate(ping));
  await connection.close();
  return { starts, updates };
}
