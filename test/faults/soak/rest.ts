import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../../database/schema.ts';
import { engineQuery } from '../../../workflows/messages.ts';
import type { Clocks } from './clocks.ts';

/** Where it is seen whether all is at rest. */
export interface Ledger {
  readonly client: Client;
  readonly clocks: Clocks;
  readonly db: Kysely<Database>;
}

/** Waits until nothing is under way any more, or for as long as that may take; what is left then is for the oracle to say. */
export async function comeToRest(ledger: Ledger, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  const atRest = new Map<string, number>();
  while (Date.now() < end) {
    // A case that is stuck keeps whoever asks it waiting.
    const asked = ledger.client.withDeadline(Date.now() + 10_000, () => isAtRest(ledger, atRest));
    if (await asked.catch(() => false)) return;
    await delay(1_000);
  }
}

async function isAtRest({ client, clocks, db }: Ledger, atRest: Map<string, number>): Promise<boolean> {
  const waiting = await db
    .selectFrom('messages')
    .select(['case_id', sql<string>`min(send_at)`.as('send_at')])
    .where('state', 'in', ['planned', 'claimed', 'inData'])
    .groupBy('case_id')
    .execute();
  // One whose reader has had the gathered mail of the day goes the next morning, by the clock of its case.
  for (const { case_id: id, send_at: at } of waiting) await clocks.reach(id, at);
  if (waiting.length > 0) return false;
  const cases = await db.selectFrom('cases').select(['id', 'number', 'closed_at']).execute();
  for (const { id, number, closed_at: closedAt } of cases) {
    if (atRest.get(id) === number) continue;
    const handle = client.workflow.getHandle(id);
    if (closedAt) {
      const { status } = await handle.describe();
      if (status.name !== 'COMPLETED') return false;
    } else {
      const engine = await handle.query(engineQuery);
      if (engine.number !== number || engine.underWay > 0) return false;
    }
    atRest.set(id, number);
  }
  return true;
}
