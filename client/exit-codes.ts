/** What `entente` tells the shell. Scripts may rely on it: a number keeps its meaning. */
export const exitCodes = {
  done: { code: 0, means: 'done' },
  fault: { code: 1, means: 'a fault in Entente itself' },
  usage: { code: 2, means: 'the command line or the settings could not be understood' },
  refused: { code: 3, means: 'refused: nothing has happened, and the message says why' },
  unavailable: { code: 4, means: 'something is down or does not answer: Temporal, Postgres, a worker' },
  attention: {
    code: 5,
    means:
      '`check`, `mail check` or `calendar check` found something to look at, `revive` left something undone, or `restore` brought somebody back who was erased',
  },
  interrupted: { code: 130, means: '`rehearse` was broken off (Ctrl-C); nothing of it is left' },
} as const;

export const exitCodesText = (): string =>
  Object.values(exitCodes)
    .map(({ code, means }) => `  ${code}  ${means}`)
    .join('\n');
