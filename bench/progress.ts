/** Progress goes to standard error, so that standard output holds the figures and nothing else. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`);
