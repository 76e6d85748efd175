import { setTimeout as sleep } from 'node:timers/promises';
import { nameQuietCases, type QuietPost } from '../activities/mail/quiet.ts';
import { firstFailure, isUnreachable } from '../database/unreachable.ts';

const everyMs = 3_600_000;

function say(error: unknown): void {
  if (!isUnreachable(error))
    process.stderr.write(`Quiet cases could not be named to their coordinators: ${firstFailure(error).message}\n`);
}

/** Looks every hour, until it is stopped, for quiet cases that no gathered mail has named. No case could: it sleeps. */
export async function namingQuietCases(post: QuietPost, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    await nameQuietCases(post, new Date().toISOString(), stopped).catch(say);
    await sleep(everyMs, undefined, { signal: stopped }).catch(() => undefined);
  }
}
