import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Kysely } from 'kysely';
import { withOtherwise } from '../../activities/mail/asked.ts';
import { render } from '../../activities/mail/render.ts';
import { writeEntry } from '../../database/entry.ts';
import type { Database } from '../../database/schema.ts';
import type { Message } from '../../domain/case/effects.ts';
import { type CaseState, isOver, plannedDeadlines } from '../../domain/case/state.ts';
import { viewAhead, viewOf } from '../../domain/case/view.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { lifecycleOf } from '../../domain/forecast/other-case.ts';
import { quantile } from '../measure/statistics.ts';

/** What it takes to say what happens by itself if nobody answers, in CPU, each time held against the same without it. */
export interface NextFigures {
  /** A page of `./entente next` by the command, from its start to its end. */
  readonly page: number;
  /** A row of it: read, worked out and printed. */
  readonly row: number;
  /** The working out of a row alone, of a case as it comes from the register. */
  readonly workedOut: number;
  /** Of a letter: worked out and written. */
  readonly letter: number;
}

const rowsOnPage = 50;
const manyRows = 1_000;
const times = 15;

/** @param foreseen what cases of several kinds come to in years, and what they write */
export async function measureNext(
  env: Readonly<Record<string, string>>,
  db: Kysely<Database>,
  foreseen: readonly Occurrence[],
): Promise<NextFigures> {
  const open = foreseen.map(({ state }) => state).filter((state) => !isOver(lifecycleOf(state.id), state));
  await putOnRecord(db, open);
  const [page, many, one] = [await nextWith(env, rowsOnPage), await nextWith(env, manyRows), await nextWith(env, 1)];
  const { without, withIt } = workingOut(open);
  const more = withIt - without;
  const row = (many - one) / (manyRows - 1);
  return {
    page: page / (page - rowsOnPage * more),
    row: row / (row - more),
    workedOut: withIt / without,
    letter: letters(foreseen),
  };
}

/** Each as often as it takes for a thousand rows, as cases of their own. */
async function putOnRecord(db: Kysely<Database>, states: readonly CaseState[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let nth = 0; nth < manyRows; nth += 1) {
      const state = states[nth % states.length];
      if (!state) return;
      const after = { ...state, id: `${state.id}-next-${nth}` };
      await writeEntry(trx, { lifecycle: lifecycleOf(after.id), after, events: [], messages: [] });
    }
  });
}

const run = promisify(execFile);

/** CPU seconds of the command: the least of several, since a busy machine can only add to it. */
async function nextWith(env: Readonly<Record<string, string>>, limit: number): Promise<number> {
  const took: number[] = [];
  for (let nth = 0; nth < times; nth += 1) {
    const { stdout } = await run('bash', ['-c', `./entente next --output json --limit ${limit} > /dev/null && times`], {
      env: { ...process.env, ...env },
    });
    // The second line is of what the shell has started: `0m0.450s 0m0.061s`.
    const [user = '', kernel = ''] = stdout.trim().split('\n')[1]?.split(' ') ?? [];
    took.push(secondsIn(user) + secondsIn(kernel));
  }
  return Math.min(...took);
}

function secondsIn(text: string): number {
  const [minutes = '', seconds = ''] = text.replace('s', '').split('m');
  return Number(minutes) * 60 + Number(seconds);
}

/** In seconds for a case. Each time they are read anew: what was worked out for one that is still in memory is at hand. */
function workingOut(states: readonly CaseState[]): { readonly without: number; readonly withIt: number } {
  const kept = JSON.stringify(states);
  const took = Array.from({ length: times }, () => {
    const [without = Number.NaN, withIt = Number.NaN] = [viewOf, viewAhead].map((view) => {
      const read = JSON.parse(kept) as readonly CaseState[];
      return cpuOf(() => read.forEach((state) => view(lifecycleOf(state.id), state))) / states.length;
    });
    return { without, withIt };
  });
  return {
    without: quantile(
      took.map((each) => each.without),
      0.25,
    ),
    withIt: quantile(
      took.map((each) => each.withIt),
      0.25,
    ),
  };
}

/** As whoever records a transition has them: what the case owes then is known already. */
function letters(foreseen: readonly Occurrence[]): number {
  const kept = foreseen.flatMap(({ state, letters: written }) =>
    written.map((message) => ({ state, message: JSON.parse(JSON.stringify(message)) as Message })),
  );
  const ratios = Array.from({ length: times }, () => {
    const without = cpuOf(() => kept.forEach(({ message }) => written(message)));
    const withIt = cpuOf(() =>
      kept.forEach(({ state, message }) => {
        const lifecycle = lifecycleOf(state.id);
        plannedDeadlines(lifecycle, state);
        written(withOtherwise(lifecycle, state, message));
      }),
    );
    return withIt / without;
  });
  return quantile(ratios, 0.5);
}

function written({ key, ...message }: Message): void {
  const [kind = '', id = ''] = key.split('/');
  const { tone = null, level = null } = message;
  render({ ...message, tone, level, case_id: `${kind}/${id}` }, { language: 'en', zone: 'Asia/Seoul' }, new Map());
}

/** In seconds. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}
