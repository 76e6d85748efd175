import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { Kysely } from 'kysely';
import { connect, forMigrations } from '../../database/connect.ts';
import type { Database } from '../../database/schema.ts';
import { type Instant, instantOf } from '../../domain/dates.ts';
import { taskQueue } from '../../workflows/messages.ts';
import { openingOf, fillRegister, startEntente } from '../entente.ts';
import { eachInFlight } from '../in-flight.ts';
import { jobOf } from '../job.ts';
import { cpuSecondsOf, residentMegabytes } from '../measure/processes.ts';
import { tell } from '../progress.ts';
import { type Bench, startServices } from '../services.ts';
import { type Clones, putClones } from './clones.ts';
import { sendBare } from './bare-mail.ts';

export interface AsleepFigures {
  /** Cases that go on from the register. */
  readonly cases: number;
  readonly begun: Begun;
  /** Resident memory, in MB, before and with all of them. */
  readonly worker: { readonly before: number; readonly after: number };
  readonly temporal: { readonly before: number; readonly after: number };
  readonly reminders?: ReminderFigures;
}

/** How many a second were asleep, and the CPU time of one, in milliseconds. */
export interface Begun {
  readonly perSecond: number;
  readonly cpu: { readonly worker: number; readonly temporal: number; readonly postgres: number };
}

export interface ReminderFigures {
  readonly reminders: number;
  readonly readers: number;
  readonly mails: number;
  /** Seconds from the instant at which all of them are due until the last mail is out. */
  readonly seconds: number;
  /** Seconds that the relay takes for as many mails, sent by nobody but a sender. */
  readonly relaySeconds: number;
}

const pilotNumber = 1;
const inAYear = 365 * 86_400_000;
const startedAtOnce = 64;
/** Starts take turns with the tasks of those that are started: a server that only starts cases lets none go on. */
const mostAhead = 500;

/** Lets so many cases sleep, and then so many be due in one moment. */
export async function measureAsleep(cases: number, reminders: number): Promise<AsleepFigures> {
  const bench = await startServices();
  let wentWell = false;
  const db = connect(bench.stack.databaseUrl, 2, forMigrations);
  const readers = Math.ceil(reminders * 0.3);
  try {
    await fillRegister(bench.stack.settings, Math.max(readers, 10) + 1);
    const entente = await startEntente(bench);
    const connection = await Connection.connect(bench.stack.settings.temporal.connectionOptions);
    const client = new Client({ connection, namespace: bench.stack.temporal.namespace });
    try {
      const pilot = await openPilot(bench, entente, db);
      const figures = await asleep({ bench, client, db, pilot, pids: entente.pids, readers }, cases, reminders);
      wentWell = true;
      return figures;
    } finally {
      await connection.close();
      await entente.stop();
    }
  } finally {
    await db.destroy();
    await bench.stop(wentWell);
  }
}

interface Sleep {
  readonly bench: Bench;
  readonly client: Client;
  readonly db: Kysely<Database>;
  readonly pilot: Clones['pilot'];
  readonly pids: () => readonly number[];
  readonly readers: number;
}

async function openPilot(
  { sink }: Bench,
  { entente }: Awaited<ReturnType<typeof startEntente>>,
  db: Kysely<Database>,
): Promise<Clones['pilot']> {
  const job = jobOf(pilotNumber);
  const due = instantOf(Date.now() + inAYear).slice(0, 10);
  await entente.open('action', { ...openingOf(job), due, remindBefore: [14] });
  await sink.arrival(job.owner, 1);
  const id = `action/${job.id}`;
  const { next_rung_at: firstReminderAt } = await db
    .selectFrom('deadlines')
    .select('next_rung_at')
    .where('case_id', '=', id)
    .where('name', '=', 'complete')
    .executeTakeFirstOrThrow();
  if (firstReminderAt === null) throw new Error('The first case has no reminder before it.');
  // Until it is on record that the mail is gone, a clone would send it again.
  await delay(2_000);
  return { id, number: pilotNumber, firstReminderAt };
}

async function asleep(sleep: Sleep, cases: number, reminders: number): Promise<AsleepFigures> {
  const { bench, db, pilot, readers, pids } = sleep;
  const memory = () => ({
    worker: pids().reduce((sum, pid) => sum + residentMegabytes(pid), 0),
    temporal: residentMegabytes(bench.stack.pids.temporal ?? 0),
  });
  const before = memory();
  const [first, last] = [pilotNumber + 1, pilotNumber + cases];
  await putClones(db, { pilot, from: first, to: last, owners: readers });
  tell(`  ${cases.toLocaleString('en')} cases are on record; they go on from there`);
  const begun = await goOn(sleep, first, last);
  const after = memory();
  const figures = {
    cases,
    begun,
    worker: { before: before.worker, after: after.worker },
    temporal: { before: before.temporal, after: after.temporal },
  };
  if (reminders === 0) return figures;
  const timeToBegin = (reminders / begun.perSecond) * 1_000;
  const remindAt = instantOf(Date.now() + 30_000 + 1.5 * timeToBegin);
  await putClones(db, { pilot, from: last + 1, to: last + reminders, owners: readers, remindAt });
  await goOn(sleep, last + 1, last + reminders);
  return { ...figures, reminders: await allReminded(sleep, remindAt, reminders) };
}

/**
 * As `./entente revive` does it: a workflow without an opening reads its case from the register. A case that shows its stage
 * has taken it in and is asleep; to ask each of them would cost a worker another task.
 */
async function goOn(sleep: Sleep, from: number, to: number): Promise<Begun> {
  const { client } = sleep;
  const before = await asleepIn(client);
  const cpuBefore = cpuOf(sleep);
  const begun = performance.now();
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  let [started, asleep, isOver] = [0, 0, false];
  const counting = countAsleep(
    async () => (asleep = (await asleepIn(client)) - before),
    numbers.length,
    () => isOver,
  );
  try {
    await eachInFlight(startedAtOnce, numbers, async (number) => {
      while (started - asleep > mostAhead) await delay(100);
      started += 1;
      await client.workflow.start('action', { workflowId: `action/bench-${number}`, taskQueue, args: [{}] });
    });
    await counting;
  } finally {
    isOver = true;
  }
  const cpuAfter = cpuOf(sleep);
  return {
    perSecond: numbers.length / ((performance.now() - begun) / 1_000),
    cpu: {
      worker: ((cpuAfter.worker - cpuBefore.worker) * 1_000) / numbers.length,
      temporal: ((cpuAfter.temporal - cpuBefore.temporal) * 1_000) / numbers.length,
      postgres: ((cpuAfter.postgres - cpuBefore.postgres) * 1_000) / numbers.length,
    },
  };
}

const asleepIn = async ({ workflow }: Client): Promise<number> =>
  (await workflow.count('WorkflowType="action" AND Stage IS NOT NULL')).count;

function cpuOf({ bench: { stack }, pids }: Sleep) {
  const { temporal = 0, postgres = 0 } = stack.pids;
  const worker = pids().reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
  return { worker, temporal: cpuSecondsOf(temporal), postgres: cpuSecondsOf(postgres) };
}

/** Temporal counts by looking through its list, so it is not asked often. */
const countedEveryMs = 2_000;
const toldEveryMs = 30_000;

/** Until all are asleep, or there is nothing to wait for any more. */
async function countAsleep(count: () => Promise<number>, all: number, isOver: () => boolean): Promise<void> {
  for (let told = performance.now(); !isOver(); await delay(countedEveryMs)) {
    const asleep = await count();
    if (asleep >= all) return;
    if (performance.now() - told < toldEveryMs) continue;
    tell(`  ${asleep.toLocaleString('en')} of ${all.toLocaleString('en')} are asleep`);
    told = performance.now();
  }
}

/** Ten thousand of them on a busy machine. */
const patienceMs = 1_800_000;

async function allReminded(
  { bench, db, readers }: Sleep,
  remindAt: Instant,
  reminders: number,
): Promise<ReminderFigures> {
  const due = Date.parse(remindAt);
  const mailsBefore = bench.sink.taken();
  if (Date.now() > due) throw new Error('The reminders were due before all of their cases were asleep.');
  tell(`  ${reminders.toLocaleString('en')} reminders are due in ${Math.round((due - Date.now()) / 1_000)} s`);
  await delay(due - Date.now());
  for (;;) {
    const sent = await db
      .selectFrom('messages')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('tone', 'is not', null)
      .where('state', '=', 'sent')
      .executeTakeFirstOrThrow();
    if (Number(sent.count) >= reminders) break;
    if (Date.now() > due + patienceMs) throw new Error(`Only ${sent.count} of ${reminders} reminders are out.`);
    await delay(250);
  }
  const seconds = (Date.now() - due) / 1_000;
  const mails = bench.sink.taken() - mailsBefore;
  return { reminders, readers, mails, seconds, relaySeconds: await sendBare(bench.sink, mails) };
}
