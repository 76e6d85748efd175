import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { type Instant, millisecondsOf } from '../../../domain/dates.ts';
import { fastForward, workflowNow } from '../../../stack/time-skipping.ts';

/** A clock stops some seconds past an instant, so that its timer has fired, and what is due is done. In milliseconds. */
const margin = 5_000;
const lookAgainMs = 1_000;
/** What was asked of a server that has died meanwhile may still be done by the next one. */
const afterFailureMs = 5_000;

/**
 * Moves the clocks of cases on. Each is asked once and then looked at: a move counts from where the clock stands when the
 * server takes it up, so a second one that overtook the first would go twice as far.
 */
export class Clocks {
  private readonly client: Client;
  private readonly moving = new Map<string, Promise<unknown>>();

  constructor(client: Client) {
    this.client = client;
  }

  /** Whether the clock of a case stands past an instant; if not, it is asked to go there. A task that waits for a worker holds it. */
  async reach(id: string, instant: Instant): Promise<boolean> {
    const missing = millisecondsOf(instant) + margin - (await workflowNow(this.client, id));
    if (missing <= 0) return true;
    const moving = this.moving.get(id) ?? this.move(id, missing);
    await Promise.race([moving, delay(lookAgainMs)]);
    return false;
  }

  private move(id: string, milliseconds: number): Promise<unknown> {
    const moving = fastForward(this.client, id, milliseconds)
      .catch(() => delay(afterFailureMs))
      .finally(() => this.moving.delete(id));
    this.moving.set(id, moving);
    return moving;
  }
}
