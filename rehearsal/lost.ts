import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';

/** Temporal has gone away while it was needed. */
export class TemporalLostError extends Error {
  override readonly name = 'TemporalLostError';
}

const lookEveryMs = 1_000;
/** A server that is restarted answers again within this, and then the rehearsal goes on. */
const answersWithinMs = 10_000;

/**
 * Looks whether Temporal is there for as long as nobody says stop: whoever waits for a case, a worker among them, asks again
 * and again, and would not say why.
 *
 * @throws {@link TemporalLostError}
 */
export async function untilLost(connection: Connection, signal: AbortSignal): Promise<never> {
  for (;;) {
    await delay(lookEveryMs, undefined, { signal });
    const looked = () => connection.workflowService.getSystemInfo({});
    await connection.withDeadline(Date.now() + answersWithinMs, looked).catch((cause: unknown) => {
      throw new TemporalLostError(`Temporal has not answered for ${answersWithinMs / 1_000} s.`, { cause });
    });
  }
}
