import { cpus, totalmem } from 'node:os';
import { compare, type Figures, type Plan } from './compare.ts';
import { fillRegister, startEntente } from './entente.ts';
import { startFloor } from './floor/floor.ts';
import type { Contender } from './job.ts';
import { type Limits, measureLimits } from './limits.ts';
import { otherNames, startOther } from './others/other.ts';
import { tell } from './progress.ts';
import { type Mark, marksOf } from './report/marks.ts';
import { figuresTable, limitsText, marksTable } from './report/table.ts';
import { Jobs, type RoundSize } from './rounds.ts';
import { type Bench, startServices } from './services.ts';

export interface ComparisonOptions {
  readonly short: boolean;
  readonly cases: number;
  readonly rounds: number;
  readonly others: boolean;
}

export interface Comparison {
  readonly floor: Figures;
  readonly entente: Figures;
  readonly others: readonly Figures[];
  readonly limits: Limits;
  readonly marks: readonly Mark[];
}

const none: RoundSize = { cases: 0, inFlight: 0 };

const planOf = ({ short, cases, rounds }: ComparisonOptions): Plan =>
  short
    ? {
        warmUp: none,
        rounds: 1,
        busy: { cases: 3, inFlight: 3 },
        calm: { cases: 1, inFlight: 1 },
        cached: { first: 2, open: 4, settlesWithinMs: 100 },
        statisticsWithinMs: 0,
      }
    : {
        warmUp: { cases: 16, inFlight: 8 },
        rounds,
        busy: { cases, inFlight: 48 },
        calm: { cases: Math.ceil(cases / 5), inFlight: 4 },
        cached: { first: 40, open: 2 * cases, settlesWithinMs: 3_000 },
        statisticsWithinMs: 11_000,
      };

const mostCases = 10_000;

/** Starts all contenders, lets them do the job by turns, and stops them again. */
export async function measureComparison(options: ComparisonOptions): Promise<Comparison> {
  tell('Starting Temporal, Postgres and a relay that takes everything');
  const bench = await startServices();
  const contenders: Contender[] = [];
  let wentWell = false;
  try {
    await fillRegister(bench.stack.settings, mostCases);
    await startAll(bench, contenders, options.others);
    const figures = await compare(bench, new Jobs(), contenders, planOf(options));
    tell('What the parts can do by themselves');
    const limits = await measureLimits(bench, options.short ? 50 : 1_000);
    wentWell = true;
    const [floor, entente, ...others] = figures as [Figures, Figures, ...Figures[]];
    return { floor, entente, others, limits, marks: marksOf(floor, entente) };
  } finally {
    for (const contender of contenders) await contender.stop();
    await bench.stop(wentWell);
  }
}

async function startAll(bench: Bench, started: Contender[], withOthers: boolean): Promise<void> {
  const others = withOthers ? otherNames : [];
  const starts = [startFloor(bench), startEntente(bench), ...others.map((name) => startOther(bench, name))];
  for (const start of await Promise.allSettled(starts)) {
    if (start.status === 'rejected') throw start.reason;
    started.push(start.value);
  }
}

/** Elsewhere the seconds are others; ratios and counts are not. */
export const machine = {
  cores: cpus().length,
  memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
};

export function comparisonText({ floor, entente, others, limits, marks }: Comparison): string {
  const { cores, memoryGigabytes, node } = machine;
  return [
    `The same job, by turns; medians of the rounds, in brackets the least and the most.
This machine: ${cores} cores, ${memoryGigabytes} GB, Node ${node}. Elsewhere, believe ratios and counts.`,
    figuresTable([floor, entente]),
    ...(others.length > 0 ? [figuresTable(others)] : []),
    limitsText(limits),
    marksTable(marks),
  ].join('\n\n');
}
