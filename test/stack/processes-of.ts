import { execFileSync } from 'node:child_process';

/** The command lines of all running processes that have this text in them. */
export const processesWith = (text: string): string[] =>
  execFileSync('ps', ['-axo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(text));
