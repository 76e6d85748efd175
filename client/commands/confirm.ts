import { createInterface } from 'node:readline/promises';
import { isRefusal } from '../../domain/refusal.ts';
import type { Trial } from '../trial.ts';
import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { say } from '../output/output.ts';
import { trialText } from './trial-text.ts';

/**
 * Shows what a command would lead to beyond its case, and asks whether it is to be given; no is what is meant if nothing
 * is said.
 *
 * @throws {@link UsageError} if nobody sits there who could answer
 */
export async function isConfirmed(trial: () => Promise<Trial>, notes: readonly string[] = []): Promise<boolean> {
  refuseAlone(
    'What follows from this command reaches beyond its case. See it with --dry-run, then give the command with --yes.',
  );
  const found = await trial();
  // The case itself refuses it, or answers as before if it was given already under the same id.
  if (isRefusal(found)) return true;
  say([trialText(found), ...notes].join('\n'));
  return isAgreed();
}

/** @throws {@link UsageError} if nobody sits there who could answer */
export function refuseAlone(advice: string): void {
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new UsageError(advice);
}

/** Asks whether to do what was shown. */
export async function isAgreed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Without a line there is no answer: Ctrl-C and Ctrl-D mean no.
  const answer = await Promise.race([
    terminal.question('\nDo it? [y/N] '),
    new Promise<string>((resolve) => terminal.once('close', () => resolve(''))),
  ]);
  terminal.close();
  if (/^y(es)?$/i.test(answer.trim())) return true;
  say('Nothing was done.');
  process.exitCode = exitCodes.refused.code;
  return false;
}
