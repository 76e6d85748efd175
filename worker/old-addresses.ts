import { setTimeout as sleep } from 'node:timers/promises';
import { type AddressPost, tellOldAddresses } from '../activities/mail/old-addresses.ts';

const everyMs = 30_000;

/**
 * Looks, until it is stopped, whether an import has changed addresses, and tells the old ones. Whoever imports has no
 * part in it: they may have no relay, or a reason to keep silent.
 */
export async function tellingOldAddresses(post: AddressPost, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    // A register that is away is waited for like everything else that a worker does.
    await tellOldAddresses(post, stopped).catch(() => undefined);
    await sleep(everyMs, undefined, { signal: stopped }).catch(() => undefined);
  }
}
