import { casesOnRecord, countOpenCases } from '../../database/lists/open-cases.ts';
import { counted } from '../../domain/derived.ts';
import type { RegisterConnection } from '../register.ts';
import type { Runs } from './runs.ts';

/** What can be known in a moment of whether open cases are carried on. `check` knows it for certain, case by case. */
export interface Glance {
  /** How many cases are open on record. */
  readonly open: number;
  /** How many of them nobody runs, at least. */
  readonly notRunning: number;
  /** How many run and stand still, since their tasks keep failing. */
  readonly failing: number;
  /** Some of these fail because the register is older than they are. */
  readonly registerBehind: boolean;
  /** What no worker asks for. */
  readonly unattended: readonly ('cases' | 'mail')[];
}

const lookedAt = 1_000;
const reasonsLookedAt = 3;

/**
 * A look that costs a few questions, however many cases there are.
 *
 * Fewer running cases than open ones means that some do not run. Those that ended badly are counted one by one, since
 * what is over and still waits for its mail to go runs as well, and would hide them.
 */
export async function glance(register: RegisterConnection, runs: Runs): Promise<Glance> {
  const [open, running, endedBadly, failing, first, unattended] = await Promise.all([
    register.ask(countOpenCases),
    runs.countRunning(),
    runs.endedBadly(lookedAt),
    runs.countFailing(),
    runs.failing(reasonsLookedAt),
    runs.unattended(),
  ]);
  const dead = await openButEnded(register, runs, endedBadly);
  return {
    open,
    notRunning: Math.max(dead, open - running),
    failing,
    registerBehind: first.some(({ registerBehind }) => registerBehind),
    unattended,
  };
}

async function openButEnded(register: RegisterConnection, runs: Runs, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = await register.ask((db) => casesOnRecord(db, ids));
  const open = rows.filter(({ closedAt }) => closedAt === null).map(({ id }) => id);
  const latest = await runs.latest(open);
  return open.filter((id) => latest.get(id)?.status !== 'RUNNING').length;
}

const whichAndWhy = '`./entente check` says which';

/** The same in one line, or nothing when nothing is wrong. */
export function warningOf({ open, notRunning, failing, registerBehind, unattended }: Glance): string | undefined {
  const sentences = [
    unattended.includes('cases') && open > 0 ? 'No worker is there: nothing happens, and nothing is sent.' : undefined,
    unattended.length === 1 && unattended[0] === 'mail' && open > 0 ? 'No worker sends mail.' : undefined,
    notRunning > 0
      ? `${notRunning} of ${counted(open, 'open case')} ${notRunning === 1 ? 'is' : 'are'} not running and reminds nobody: ${whichAndWhy}.`
      : undefined,
    failing > 0 ? `${counted(failing, 'case')} cannot go on: ${whichAndWhy} and why.` : undefined,
    registerBehind ? 'The register is older than its cases.' : undefined,
  ].filter((sentence) => sentence !== undefined);
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}
