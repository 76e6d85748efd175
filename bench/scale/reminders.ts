import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Instant } from '../../domain/dates.ts';
import { tell } from '../progress.ts';
import { type CpuSeconds, cpuOf, difference } from '../rounds.ts';
import type { Awake } from './awake.ts';
import { sendBare } from './bare-mail.ts';
import type { Clones } from './clones.ts';

export interface ReminderFigures {
  readonly reminders: number;
  readonly readers: number;
  readonly mails: number;
  /** Reminders that came too late for their reader's mail of the day, and go with that of the next. */
  readonly nextDay: number;
  /** Seconds from the instant at which all of them are due until the last is on record, and until the last mail is out. */
  readonly recordedSeconds: number;
  readonly seconds: number;
  /** Seconds that the relay takes for as many mails, sent by nobody but a sender. */
  readonly relaySeconds: number;
  readonly cpu: CpuSeconds;
}

/** Ten thousand of them on a busy machine. */
const patienceMs = 3_600_000;
const toldEveryMs = 30_000;

/** Waits until all of them are out, or wait for the next day because their reader's mail is gone, and sees that each is on record once and each reader has one mail. */
export async function allReminded(
  world: Awake,
  { from, to, wakeAt }: Clones & { wakeAt: Instant },
): Promise<ReminderFigures> {
  const { bench } = world;
  const due = Date.parse(wakeAt);
  const reminders = to - from + 1;
  if (Date.now() > due) throw new Error('The reminders were due before the services were ready.');
  tell(`  ${reminders.toLocaleString('en')} reminders are due in ${Math.round((due - Date.now()) / 1_000)} s`);
  await delay(due - Date.now());
  const before = cpuOf(bench, world);
  let recordedSeconds = Number.NaN;
  let nextDay = 0;
  for (let told = Date.now(); ; await delay(500)) {
    const { recorded, sent, later } = await countReminders(world);
    nextDay = later;
    const seconds = (Date.now() - due) / 1_000;
    if (recorded >= reminders && Number.isNaN(recordedSeconds)) recordedSeconds = seconds;
    if (recorded >= reminders && sent + later >= reminders) break;
    if (Date.now() > due + patienceMs) throw new Error(`Only ${sent} of ${reminders} reminders are out.`);
    if (Date.now() - told < toldEveryMs) continue;
    tell(`  after ${seconds.toFixed(0)} s ${recorded} are on record and ${sent} out`);
    told = Date.now();
  }
  const seconds = (Date.now() - due) / 1_000;
  const cpu = difference(cpuOf(bench, world), before);
  await refuseTwice(world, reminders);
  const mails = bench.sink.taken();
  const readers = bench.sink.takenBy().size;
  if (mails !== readers) throw new Error(`${readers} readers have had ${mails} mails.`);
  return {
    reminders,
    readers,
    mails,
    nextDay,
    recordedSeconds,
    seconds,
    relaySeconds: await sendBare(bench.sink, mails),
    cpu,
  };
}

interface Counted {
  readonly recorded: number;
  readonly sent: number;
  readonly later: number;
}

async function countReminders({ db }: Awake): Promise<Counted> {
  const { rows } = await sql<Counted>`
    select count(*)::integer as recorded, count(*) filter (where state = 'sent')::integer as sent,
      count(*) filter (where state = 'planned' and send_at > clock_timestamp())::integer as later
    from messages where tone is not null`.execute(db);
  return rows[0] ?? { recorded: 0, sent: 0, later: 0 };
}

async function refuseTwice({ db }: Awake, reminders: number): Promise<void> {
  const { rows } = await sql<{ cases: number; events: number }>`
    select count(distinct case_id)::integer as cases, count(*)::integer as events from events where type = 'reminded'`.execute(
    db,
  );
  const { cases, events } = rows[0] ?? {};
  if (cases !== reminders || events !== reminders)
    throw new Error(`${reminders} reminders were due; ${events} are on record, of ${cases} cases.`);
}
