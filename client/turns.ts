import pLimit, { type LimitFunction } from 'p-limit';

/**
 * Temporal lets ten updates of one case wait, and with each one more that it turns away it lets go of those it had taken:
 * many who ask at once would keep each other from ever being answered. Two places are left to others who ask.
 */
const atOnce = 8;

/** Whose turn it is to ask a case. */
export class Turns {
  private readonly queues = new Map<string, { limit: LimitFunction; asking: number }>();

  async take<T>(caseId: string, ask: () => Promise<T>): Promise<T> {
    const queue = this.queues.get(caseId) ?? { limit: pLimit(atOnce), asking: 0 };
    this.queues.set(caseId, queue);
    queue.asking += 1;
    try {
      return await queue.limit(ask);
    } finally {
      queue.asking -= 1;
      if (queue.asking === 0) this.queues.delete(caseId);
    }
  }
}
