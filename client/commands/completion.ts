import { fileURLToPath } from 'node:url';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { shellWord } from './words.ts';

const executable = fileURLToPath(new URL('../../entente', import.meta.url));

/** `./entente completion SHELL` prints a script; the shell then asks `…/entente complete -- …` at each press of Tab. */
export function addCompletion(program: Command): void {
  const completion = tab(program, { completionCommandName: 'completion' });
  const setup = completion.setup.bind(completion);
  // By its place, since its name alone may be nobody's or somebody else's.
  completion.setup = (name, _, shell) => setup(name, shellWord(executable), shell);
}
