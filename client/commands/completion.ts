import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** `entente completion SHELL` prints a script; the shell then asks `entente complete -- …` at each press of Tab. */
export function addCompletion(program: Command): void {
  tab(program, { completionCommandName: 'completion' });
}
