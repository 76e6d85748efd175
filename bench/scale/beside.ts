import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectEntente, type Entente } from '../../client/client.ts';
import { settingsFrom } from '../../client/settings.ts';
import { signingByStack } from '../../client/stack-keys.ts';
import { dayOf, plus } from '../../domain/dates.ts';
import type { Stack } from '../../stack/stack.ts';
import { quantile } from '../measure/statistics.ts';
import { startWorker } from '../worker-process.ts';

/** How long commands to real cases take, in milliseconds: half of them, and all but one in twenty, at most. */
export interface CommandTimes {
  readonly commands: number;
  readonly p50: number;
  readonly p95: number;
}

export interface BesideFigures {
  readonly alone: CommandTimes;
  readonly beside: CommandTimes;
}

/** Somebody gives a command so often; and so many before anything is measured, since the first ones are slower. */
const betweenMs = 150;
const warmingUp = 20;
const aloneMs = 20_000;
const turns = 2;

/** Gives commands to a real case with nothing else to do, and beside a rehearsal, by turns, twice each. */
export async function measureBeside(
  { env, guard, keysFolder }: Pick<Stack, 'env' | 'guard' | 'keysFolder'>,
  logs: string,
  rehearse: () => Promise<unknown>,
): Promise<BesideFigures> {
  const script = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));
  const worker = await startWorker('beside', script, { ...process.env, ...env }, { stack: { guard }, logs });
  const signing = signingByStack(() => keysFolder);
  const entente = connectEntente({ ...settingsFrom({ ...process.env, ...env }), ...signing });
  const taken = { alone: [] as number[], beside: [] as number[] };
  try {
    await entente.open('action', realAction());
    for (let nth = 0; nth < warmingUp; nth += 1) await note(entente);
    for (let turn = 0; turn < turns; turn += 1) {
      taken.alone.push(...(await timesDuring(entente, delay(aloneMs))));
      taken.beside.push(...(await timesDuring(entente, rehearse())));
    }
    return { alone: timesOf(taken.alone), beside: timesOf(taken.beside) };
  } finally {
    await entente.close();
    await worker.stop();
  }
}

const by = 'kim-minji';

const realAction = () => ({
  id: 'beside',
  by,
  title: 'A real action',
  countries: ['KR'],
  coordinator: by,
  topic: 'Portal',
  owner: 'mois',
  due: plus(dayOf(new Date().toISOString()), 'P2M'),
});

const note = (entente: Entente) => entente.command('action/beside', 'note', { by, note: 'Talked about it.' });

async function timesDuring(entente: Entente, during: Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  const end = { isThere: false };
  const ended = during.finally(() => (end.isThere = true));
  while (!end.isThere) {
    const begun = performance.now();
    await note(entente);
    times.push(performance.now() - begun);
    await delay(betweenMs);
  }
  await ended;
  return times;
}

const timesOf = (times: readonly number[]): CommandTimes => ({
  commands: times.length,
  p50: quantile(times, 0.5),
  p95: quantile(times, 0.95),
});
