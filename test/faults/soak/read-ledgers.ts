import type { Client } from '@temporalio/client';
import type { Kysely } from 'kysely';
import type { Database } from '../../../database/schema.ts';
import { readEvents } from '../../../database/register.ts';
import { instantOf } from '../../../domain/dates.ts';
import { workflowNow } from '../../../stack/time-skipping.ts';
import { engineQuery } from '../../../workflows/messages.ts';
import type { CaseHistory, RecordedEvent, Register } from './ledgers.ts';

export async function readRegister(db: Kysely<Database>): Promise<Register> {
  const cases = await db.selectFrom('cases').select(['id', 'kind', 'number', 'closed_at', 'state']).execute();
  const times = await db.selectFrom('events').select(['case_id', 'number', 'recorded_at']).execute();
  const recordedAt = new Map(times.map((row) => [`${row.case_id} ${row.number}`, Date.parse(row.recorded_at)]));
  const events: RecordedEvent[] = [];
  for (const { id } of cases)
    for (const event of await readEvents(db, id))
      events.push({ case: id, event, recordedAt: recordedAt.get(`${id} ${event.number}`) ?? 0 });
  const commands = await db.selectFrom('commands').select(['case_id', 'command_id', 'answer']).execute();
  const messages = await db.selectFrom('messages').selectAll().execute();
  return {
    cases: cases.map(({ closed_at: closedAt, ...row }) => ({ ...row, isClosed: closedAt !== null })),
    events,
    commands: commands.map((row) => ({
      case: row.case_id,
      id: row.command_id,
      event: (row.answer as { event: number }).event,
    })),
    messages: messages.map((row) => ({
      key: row.key,
      case: row.case_id,
      event: row.event_number,
      deadline: row.deadline,
      state: row.state,
      messageId: row.message_id,
      at: row.at,
      sendAt: row.send_at,
      changedAt: Date.parse(row.changed_at),
    })),
  };
}

/** Every case that Temporal knows, with all of its runs. */
export async function readHistories(client: Client): Promise<CaseHistory[]> {
  const runsOf = new Map<string, string[]>();
  for await (const { workflowId, runId } of client.workflow.list())
    runsOf.set(workflowId, [...(runsOf.get(workflowId) ?? []), runId]);
  const histories: CaseHistory[] = [];
  for (const [id, runs] of runsOf) {
    const commandIds = new Set<string>();
    for (const runId of runs) await noteCommandIds(client, id, runId, commandIds);
    const handle = client.workflow.getHandle(id);
    const { status } = await handle.describe();
    const isRunning = status.name === 'RUNNING';
    const engine = isRunning
      ? await client.withDeadline(Date.now() + 10_000, () => handle.query(engineQuery)).catch(() => undefined)
      : undefined;
    const now = instantOf(await workflowNow(client, id));
    histories.push({ case: id, runs: runs.length, status: status.name, ...engine, now, commandIds });
  }
  return histories;
}

/** Ids are looked for wherever a history can hold them: as those of updates, and within what was recorded. */
async function noteCommandIds(client: Client, id: string, runId: string, found: Set<string>): Promise<void> {
  const history = await client.workflow.getHandle(id, runId).fetchHistory();
  const walk = (value: unknown): void => {
    if (value instanceof Uint8Array) return note(Buffer.from(value).toString('utf8'));
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'updateId' && typeof inner === 'string') found.add(inner);
      else walk(inner);
    }
  };
  const note = (text: string): void => {
    for (const [, commandId = ''] of text.matchAll(/"commandId":"([^"]+)"/g)) found.add(commandId);
  };
  walk(history.events);
}
