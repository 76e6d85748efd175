import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../../database/schema.ts';
import { millisecondsOf } from '../../../domain/dates.ts';
import { fastForward, workflowNow } from '../../../stack/time-skipping.ts';
import { engineQuery } from '../../../workflows/messages.ts';

/** Waits until nothing is under way any more, or for as long as that may take; what is left then is for the oracle to say. */
export async function comeToRest(db: Kysely<Database>, client: Client, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  const atRest = new Map<string, number>();
  while (Date.now() < end) {
    // A case that is stuck keeps whoever asks it waiting.
    const asked = client.withDeadline(Date.now() + 10_000, () => isAtRest(db, client, atRest));
    if (await asked.catch(() => false)) return;
    await delay(1_000);
  }
}

async function isAtRest(db: Kysely<Database>, client: Client, atRest: Map<string, number>): Promise<boolean> {
  const waiting = await db
    .selectFrom('messages')
    .select(['case_id', sql<string>`min(send_at)`.as('send_at')])
    .where('state', 'in', ['planned', 'claimed', 'inData'])
    .groupBy('case_id')
    .execute();
  // One whose reader has had the gathered mail of the day goes the next morning, by the clock of its case.
  for (const { case_id: id, send_at: at } of waiting) {
    const missing = millisecondsOf(at) + 50 - (await workflowNow(client, id));
    if (missing > 0) await Promise.race([fastForward(client, id, missing).catch(() => undefined), delay(1_000)]);
  }
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
