import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'kysely';
import { instantOf } from '../../domain/dates.ts';
import { fillRegister, openingOf } from '../entente.ts';
import { eachInFlight } from '../in-flight.ts';
import { jobOf } from '../job.ts';
import { quantile } from '../measure/statistics.ts';
import { engineQuery } from '../../workflows/messages.ts';
import { tell } from '../progress.ts';
import { type CpuSeconds, cpuOf, difference } from '../rounds.ts';
import type { Bench } from '../services.ts';
import { type Clones, type Pilot, putClones } from './clones.ts';
import { copyHistories } from './copied-histories.ts';
import { awake, type Awake, memoryOf, type Memory } from './awake.ts';
import { allReminded, type ReminderFigures } from './reminders.ts';

export interface AsleepFigures {
  /** Cases asleep, each with a history and a place in the register of its own. */
  readonly cases: number;
  /** Until the services are ready that have them, and then the worker. */
  readonly readySeconds: number;
  /** With all of them asleep, and after some have been woken. */
  readonly memory: { readonly asleep: Memory; readonly woken: Memory };
  /** Until `./entente check` has held all of them against Temporal, and found each running. */
  readonly checkSeconds: number;
  readonly woken: Woken;
  readonly reminders?: ReminderFigures;
}

/** Cases that were given a command, a few at a time; each has answered. */
export interface Woken {
  readonly cases: number;
  readonly seconds: number;
  /** Milliseconds until half of the commands were answered, and nearly all. */
  readonly p50: number;
  readonly p99: number;
  readonly cpu: CpuSeconds;
}

const run = promisify(execFile);

/** All numbers have seven digits: histories of clones differ from the pilot's in their bytes, and not in how many. */
const pilotNumber = 1_000_000;
const inAYear = 365 * 86_400_000;
/** More than a worker of one thread keeps in memory. */
const mostWoken = 1_500;
const wokenAtOnce = 8;

/** Lets so many cases sleep, wakes some of them, and lets so many others be due in one moment. */
export async function measureAsleep(cases: number, reminders: number): Promise<AsleepFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'entente-asleep-'));
  const owners = Math.max(Math.ceil(reminders * 0.3), 10);
  const theirs = { owners, firstOwner: pilotNumber + 1 };
  const last = pilotNumber + cases;
  const history = join(folder, 'temporal.db');
  try {
    const clones = await awake(folder, async (world) => {
      const pilot = await openPilot(world, owners);
      const all: Clones = { pilot, from: pilotNumber + 1, to: last, ...theirs };
      await putClones(world.db, all);
      tell(`  ${cases.toLocaleString('en')} cases are on record`);
      return all;
    });
    await copyHistories(history, clones);
    tell('  each has its history');
    const due = { ...clones, from: last + 1, to: last + reminders };
    let wakeAt = '';
    const figures = await awake(folder, async (world) => {
      const asleep = memoryOf(world);
      const checkSeconds = await check(world);
      const woken = await wake(world, pilotNumber + 1, Math.min(cases, mostWoken));
      const memory = { asleep, woken: memoryOf(world) };
      // As long as this start took, once more, and time to copy their histories.
      wakeAt = instantOf(1_000 * Math.ceil(Date.now() / 1_000 + 30 + 2 * world.readySeconds + reminders / 500));
      if (reminders > 0) await putClones(world.db, { ...due, wakeAt });
      return { cases, readySeconds: world.readySeconds, memory, checkSeconds, woken };
    });
    if (reminders === 0) return figures;
    await copyHistories(history, { ...due, wakeAt });
    return {
      ...figures,
      reminders: await awake(folder, (world) => allReminded(world, { ...due, wakeAt })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One in the ordinary way, asleep until its reminder in some days. */
async function openPilot({ bench, entente, db }: Awake, owners: number): Promise<Pilot> {
  const job = jobOf(pilotNumber);
  await fillRegister(bench.stack.settings, pilotNumber + owners, pilotNumber);
  const due = instantOf(Date.now() + inAYear).slice(0, 10);
  await entente.open('action', { ...openingOf(job), due, remindBefore: [14] });
  await bench.sink.arrival(job.owner, 1);
  const id = `action/${job.id}`;
  await hasHeardOfItsMail(bench, id);
  const { wakesAt } = await db
    .selectFrom('deadlines')
    .select(sql<string>`min(next_rung_at)`.as('wakesAt'))
    .where('case_id', '=', id)
    .executeTakeFirstOrThrow();
  return { id, number: pilotNumber, wakesAt };
}

/** Until then an activity is under way, which a copy of its history would wait for in vain. */
async function hasHeardOfItsMail({ stack }: Bench, id: string): Promise<void> {
  const connection = await Connection.connect(stack.settings.temporal.connectionOptions);
  const handle = new Client({ connection, namespace: stack.temporal.namespace }).workflow.getHandle(id);
  try {
    while ((await handle.query(engineQuery)).underWay > 0) await delay(100);
  } finally {
    await connection.close();
  }
}

/**
 * In seconds.
 *
 * @throws Error with what is wrong with them, if something is
 */
async function check({ bench }: Awake): Promise<number> {
  const begun = performance.now();
  await run('./entente', ['check'], { env: { ...process.env, ...bench.stack.env } });
  return (performance.now() - begun) / 1_000;
}

/** Their owners accept them. */
async function wake(world: Awake, from: number, count: number): Promise<Woken> {
  const { entente, db } = world;
  const owners = await db
    .selectFrom('deadlines')
    .select(['case_id', 'owed_by'])
    .where(
      'case_id',
      'in',
      Array.from({ length: count }, (_, index) => `action/bench-${from + index}`),
    )
    .where('name', 'like', 'accept:%')
    .execute();
  const [before, begun] = [cpuOf(world.bench, world), performance.now()];
  const taken: number[] = [];
  await eachInFlight(wokenAtOnce, owners, async ({ case_id, owed_by }) => {
    const asked = performance.now();
    await entente.command(case_id, 'accept', { by: String(owed_by).replace('agency/a', 'o') });
    taken.push(performance.now() - asked);
  });
  const seconds = (performance.now() - begun) / 1_000;
  const cpu = difference(cpuOf(world.bench, world), before);
  return { cases: taken.length, seconds, p50: quantile(taken, 0.5), p99: quantile(taken, 0.99), cpu };
}
