/** How far the stories have come, on standard error: what stands on standard output is the summary and nothing else. */
export interface Progress {
  /** A step that has happened. */
  readonly step: (line: string) => void;
  /** The last of them has. */
  readonly over: () => void;
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

export function progressOf(steps: number, isVerbose: boolean): Progress {
  if (isVerbose) return { step: tell, over: () => undefined };
  let done = 0;
  const far = (line: string): string => `  ${String(done).padStart(3)} of ${steps} steps  ${line.slice(0, 10)}`;
  if (process.stderr.isTTY)
    return {
      step(line) {
        done += 1;
        process.stderr.write(`\r${far(line)}`);
      },
      over: () => tell(''),
    };
  // Where lines stay, as in a log, ten of them are enough.
  const tenth = Math.ceil(steps / 10);
  return {
    step(line) {
      done += 1;
      if (done % tenth === 0 || done === steps) tell(far(line));
    },
    over: () => undefined,
  };
}
