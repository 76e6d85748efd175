import type { RecordedCase } from '../../database/lists/open-cases.ts';
import { millisecondsOf } from '../../domain/dates.ts';
import type { Run, Runs } from './runs.ts';

/** What does not agree between the cases that should run and those that do. */
export interface Compared {
  /** Should run, and was not among what runs. */
  readonly missing: readonly RecordedCase[];
  /** Runs, and was not among what should. */
  readonly unexpected: readonly Run[];
  /** Runs as something else than its kind. */
  readonly otherRuns: readonly Run[];
  /** Shows another stage, lateness or due date than the register has. */
  readonly differing: readonly string[];
  /** Runs, and was terminated once: started again, or reset to an earlier point. */
  readonly restarted: readonly string[];
}

const restartedAtMost = 50;

/** One pass through all that runs. */
export async function compare(expected: ReadonlyMap<string, RecordedCase>, runs: Runs): Promise<Compared> {
  const missing = new Map(expected);
  const unexpected: Run[] = [];
  const otherRuns: Run[] = [];
  const differing: string[] = [];
  await runs.running((run) => {
    const row = expected.get(run.id);
    missing.delete(run.id);
    if (!row) unexpected.push(run);
    else if (run.type !== row.kind) otherRuns.push(run);
    else if (showsAnother(row, run)) differing.push(run.id);
  });
  const terminated = await runs.terminated(restartedAtMost);
  return {
    missing: [...missing.values()],
    unexpected,
    otherRuns,
    differing,
    restarted: terminated.filter((id) => expected.has(id) && !missing.has(id)),
  };
}

/** What a case has not shown yet cannot differ; one that is over shows nothing that counts. */
function showsAnother({ stage, late, nextDue, closedAt }: RecordedCase, { shows }: Run): boolean {
  if (closedAt !== null || shows.stage === undefined) return false;
  const isSameDue = momentOf(shows.nextDue) === momentOf(nextDue);
  return shows.stage !== stage || shows.late !== late || !isSameDue;
}

const momentOf = (instant: string | null | undefined): number | undefined =>
  instant ? millisecondsOf(instant) : undefined;
