import { setTimeout as delay } from 'node:timers/promises';

const betweenTriesMs = 1_000;
const betweenWordsMs = 5 * 60_000;

export interface Awaited<T> {
  /** Its name, and where it should be. */
  readonly service: string;
  readonly ask: () => Promise<T>;
  /** Why an error may be one of the moment only; undefined when waiting cannot mend it. */
  readonly passing: (error: unknown) => string | undefined;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/**
 * Asks until the service answers, however long that takes: says so once, then rarely, and when it is over.
 *
 * @throws what cannot pass, and an `AbortError` when the wait is to end
 */
export async function onceItAnswers<T>({ service, ask, passing, signal }: Awaited<T>): Promise<T> {
  let sayNextAt = 0;
  for (;;) {
    try {
      const answer = await ask();
      if (sayNextAt > 0) process.stdout.write(`${service} answers.\n`);
      return answer;
    } catch (error) {
      const because = passing(error);
      if (because === undefined) throw error;
      if (performance.now() >= sayNextAt) {
        process.stderr.write(`Waiting for ${service}: ${because}.\n`);
        sayNextAt = performance.now() + betweenWordsMs;
      }
      await delay(betweenTriesMs, undefined, { signal });
    }
  }
}
