import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { createProgram } from './commands/program.ts';
import { FileFaultsError, RefusedError, UnavailableError, UsageError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { say } from './output/output.ts';

const completionCommands = ['complete', 'completion'];

/** Runs one command line; gives the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  try {
    const completes = completionCommands.includes(words[0] ?? '');
    const program = completes ? createProgram() : createProgram(words);
    if (completes) (await import('./commands/completion.ts')).addCompletion(program);
    if (words.length === 0) program.outputHelp();
    else await program.parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? exitCodes.done.code);
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  // Commander has written its own message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done.code : exitCodes.usage.code;
  if (error instanceof RefusedError) return ended('refused', `Refused (${error.code}): ${error.because}`);
  if (
    error instanceof FileFaultsError ||
    isNamed(error, 'DirectoryError') ||
    isNamed(error, 'RestoreError') ||
    isNamed(error, 'RanAwayError') ||
    isNamed(error, 'ScenarioRefusedError') ||
    isNamed(error, 'CalendarFileError')
  )
    return ended('refused', error.message);
  if (error instanceof UnavailableError || isNamed(error, 'NoRehearsalError'))
    return ended('unavailable', error.message);
  if (error instanceof UsageError || isNamed(error, 'SettingsError')) return ended('usage', error.message);
  // With what caused it.
  return ended('fault', `A fault in Entente: ${inspect(error)}`);
}

// Thrown by modules that are loaded only when they are needed: loading them here would slow every start down.
const isNamed = (error: unknown, name: string): error is Error => error instanceof Error && error.name === name;

function ended(outcome: keyof typeof exitCodes, message: string): number {
  say(message);
  return exitCodes[outcome].code;
}
