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
  const [open, running, endedBadly, marked, failing, unattended] = await Promise.all([
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
    failing: marked - Math.min(marked, reasonsLookedAt) + failing.length,
    registerBehind: failing.some(({ registerBehind }) => registerBehind),
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

/** The same in one line, or nothing when nothing is wrong. */
export function warningOf({ open, notRunning, failing, registerBehind, unattended }: Glance): string | undefined {
  const sentences = [
    open > 0 ? nobodyThere(unattended) : undefined,
    notRunning > 0 ? nobodyRuns(notRunning, open) : undefined,
    failing > 0 ? `${counted(failing, 'case')} cannot go on: \`./entente check\` says which and why.` : undefined,
    registerBehind
      ? 'The register is older than its cases: nothing is written over, see RegisterBehind there.'
      : undefined,
  ].filter((sentence) => sentence !== undefined);
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

function nobodyThere(unattended: Glance['unattended']): string | undefined {
  if (unattended.includes('cases')) return 'No worker is there: nothing happens, and nothing is sent.';
  return unattended.length > 0 ? 'No worker sends mail.' : undefined;
}

function nobodyRuns(notRunning: number, open: number): string {
  const which = '`./entente check` says which, `./entente revive --all` starts them again';
  if (notRunning >= open)
    return `None of ${counted(open, 'open case')} is running, and nobody is reminded; is Temporal another one, or empty? ${which}.`;
  return `${notRunning} of ${counted(open, 'open case')} ${notRunning === 1 ? 'is not running and reminds' : 'are not running and remind'} nobody: ${which}.`;
}
