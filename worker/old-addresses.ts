import { setTimeout as sleep } from 'node:timers/promises';
import { firstFailure, isUnreachable } from '../database/unreachable.ts';
import { type AddressPost, tellOldAddresses } from '../activities/mail/old-addresses.ts';

const everyMs = 30_000;

/** A register that is away is waited for like everything else that a worker does; what else goes wrong is for somebody to see. */
function say(error: unknown): void {
  if (!isUnreachable(error))
    process.stderr.write(`Old addresses could not be told of changes: ${firstFailure(error).message}\n`);
}

/**
 * Looks, until it is stopped, whether an import has changed addresses, and tells the old ones. Whoever imports has no
 * part in it: they may have no relay, or a reason to keep silent.
 */
export async function tellingOldAddresses(post: AddressPost, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    await tellOldAddresses(post, stopped).catch(say);
    await sleep(everyMs, undefined, { signal: stopped }).catch(() => undefined);
  }
}
