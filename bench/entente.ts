import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'kysely';
import { connectEntente, type Entente, type OpeningFields, UnavailableError } from '../client/client.ts';
import type { SigningKey, SigningSettings } from '../client/proofs.ts';
import { registerOf } from '../client/register.ts';
import { signingByStack } from '../client/stack-keys.ts';
import { connect } from '../database/connect.ts';
import type { CaseState } from '../domain/case/state.ts';
import { type Instant, instantOf, millisecondsOf } from '../domain/dates.ts';
import { prepareRegister, type RegisterUrls } from '../database/migrate.ts';
import { type Contender, type Job, type Step, untilReminderMs } from './job.ts';
import type { Bench } from './services.ts';
import { startWorker } from './worker-process.ts';

/** A Thursday morning in Seoul, when the owner is at work; the first reminder is due the day after. */
const startsAt = '2026-06-11T01:00:00.000Z';
const due = '2026-06-26';
const remindBefore = [14, 7, 1];
const hourMs = 3_600_000;

const people = `
  insert into countries values ('KR', 'Republic of Korea', 'Asia/Seoul', 'en') on conflict do nothing;
  insert into agencies select 'a' || n, 'KR', 'Agency ' || n, null, null from generate_series(#, $) n;
  insert into people (id, name, email, agency, language, zone)
    select who || n, case who when 'o' then 'Owner ' else 'Coordinator ' end || n,
      who || n || '@bench.example.org', 'a' || n, 'en', 'Asia/Seoul'
    from generate_series(#, $) n, unnest(array['o', 'c']) who;
  update agencies set contact = 'o' || substr(id, 2)`;

/** A register with an owner and a coordinator for each case of a run, by their numbers. */
export async function fillRegister(urls: RegisterUrls, last: number, first = 1): Promise<void> {
  await prepareRegister(urls);
  const db = connect(urls.databaseUrl, 1);
  for (const statement of people.split(';'))
    await sql.raw(statement.replaceAll('#', String(first)).replaceAll('$', String(last))).execute(db);
  await db.destroy();
}

export const openingOf = ({ id, number, topic }: Job): OpeningFields => ({
  id,
  by: `c${number}`,
  title: topic,
  countries: ['KR'],
  coordinator: `c${number}`,
  topic,
  owner: `a${number}`,
  due,
  remindBefore,
});

const workflowId = ({ id }: Job): string => `action/${id}`;

/** Entente as it is shipped: its worker as a process of its own, commands through its library. */
export async function startEntente(bench: Bench): Promise<Contender & { readonly entente: Entente }> {
  const worker = await startWorker(
    'entente',
    fileURLToPath(new URL('../worker/main.ts', import.meta.url)),
    bench.env,
    bench,
  );
  const { temporal, databaseUrl } = bench.stack.settings;
  const { stackKeyOf, prepare } = keysOf(bench);
  const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal, stackKeyOf });
  const connection = await Connection.connect(temporal.connectionOptions);
  const client = new Client({ connection, namespace: temporal.namespace });
  let clock: Promise<Clock> | undefined;
  return {
    name: 'Entente',
    entente,
    database: databaseUrl,
    pids: worker.pids,
    workflowId,
    prepare,
    async give(job, step) {
      const commandId = `${job.id}-${step}`;
      if (step === 'open') return patiently(() => entente.open('action', openingOf(job), { startsAt, commandId }));
      clock ??= clockOf(databaseUrl, workflowId(job));
      const { name, body, asOf } = stepOf(await clock, job, step);
      await patiently(() => entente.command(workflowId(job), name, body, { asOf, commandId }));
    },
    ended: async (job) => void (await client.workflow.getHandle(workflowId(job)).result()),
    look: (job) => patiently(() => entente.liveView(workflowId(job))),
    restart: () => worker.restart(),
    async stop() {
      await entente.close();
      await connection.close();
      await worker.stop();
    },
  };
}

/** Those who are prepared for have had their keys for long. */
function keysOf({ stack }: Bench): SigningSettings & Pick<Contender, 'prepare'> {
  const keys = new Map<string, SigningKey | undefined>();
  const { stackKeyOf } = signingByStack(() => stack.keysFolder);
  return {
    stackKeyOf: async (person, register) => keys.get(person) ?? stackKeyOf(person, register),
    async prepare(jobs) {
      const db = connect(stack.databaseUrl, 1);
      const register = registerOf(db);
      for (const person of jobs.flatMap(({ number }) => [`c${number}`, `o${number}`]))
        keys.set(person, await stackKeyOf(person, register));
      await db.destroy();
    },
  };
}

const mostTries = 5;

/** Asks again, under the same id, whoever has not answered in half a minute: a slow machine is slow, and not wrong. */
async function patiently(ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      return void (await ask());
    } catch (error) {
      if (!(error instanceof UnavailableError) || tries === mostTries) throw error;
    }
}

/** To which instant each command takes its case along. */
type Clock = Readonly<Record<Exclude<Step, 'open'>, Instant>>;

/** All cases have the same due date: when their reminders are due is read from the plan of the first one. */
async function clockOf(databaseUrl: string, caseId: string): Promise<Clock> {
  const db = connect(databaseUrl, 1);
  const row = db.selectFrom('cases').select(sql<CaseState>`state`.as('state')).where('id', '=', caseId);
  const { state } = await row.executeTakeFirstOrThrow();
  await db.destroy();
  const [first = '', second = '', third = ''] = state.deadlines['complete']?.plan.rungs.map(({ at }) => at) ?? [];
  const after = (instant: Instant, ms: number): Instant => instantOf(millisecondsOf(instant) + ms);
  return {
    accept: after(first, -untilReminderMs),
    report: after(second, -untilReminderMs),
    reportAgain: after(third, -untilReminderMs),
    reportDone: after(third, hourMs),
    verify: after(third, 2 * hourMs),
  };
}

function stepOf(clock: Clock, { number }: Job, step: Exclude<Step, 'open'>) {
  const [owner, coordinator] = [`o${number}`, `c${number}`];
  const asOf = clock[step];
  switch (step) {
    case 'accept':
      return { name: 'accept', body: { by: owner }, asOf };
    case 'report':
      return { name: 'report', body: { by: owner, report: 'Tender published', percent: 30 }, asOf };
    case 'reportAgain':
      return { name: 'report', body: { by: owner, report: 'Contract signed', percent: 70 }, asOf };
    case 'reportDone':
      return { name: 'reportDone', body: { by: owner, evidence: 'The portal is online' }, asOf };
    case 'verify':
      return { name: 'verify', body: { by: coordinator, evidence: 'Looked at it' }, asOf };
  }
}
