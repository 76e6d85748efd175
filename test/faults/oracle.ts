import { expect } from 'vitest';
import { lifecycleOf } from '../../client/input.ts';
import { readEvents } from '../../database/register.ts';
import { dueEvents, system } from '../../domain/case/due.ts';
import { fold } from '../../domain/case/evolve.ts';
import { type CaseEvent, type CaseState, stageOf } from '../../domain/case/state.ts';
import { transition } from '../../domain/case/transition.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import type { Tale } from './tales.ts';
import type { FaultyWorld } from './world.ts';

const asStored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/**
 * Holds a case that has ended against the model: the fold of its events is what the register and its workflow say, every
 * acknowledged command is on record once with its answer, what it did by itself is what the rules give at that instant,
 * and each message that they ask for is there once.
 */
export async function expectAsModelled(world: FaultyWorld, { id, acknowledged, happens }: Tale): Promise<void> {
  const { db, client } = world;
  const lifecycle = lifecycleOf(id.split('/')[0] ?? '');
  const events = await readEvents(db, id);
  expect(events.map(({ type }) => type)).toEqual(happens);
  expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => index + 1));
  const state = fold(lifecycle, events);
  const row = await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  expect(row.state).toEqual(asStored({ ...state, log: [] }));
  const outcome = await client.workflow.getHandle(id).result();
  expect(outcome).toEqual({ case: id, stage: stageOf(state), events: events.length });
  await expectCommandsOnce(world, id, acknowledged, events);
  expectRulesFollowed(lifecycle, events);
  await expectMessagesOnce(world, id, lifecycle, events);
}

async function expectCommandsOnce(
  { db }: FaultyWorld,
  id: string,
  acknowledged: Tale['acknowledged'],
  events: readonly CaseEvent[],
): Promise<void> {
  const rows = await db.selectFrom('commands').select(['command_id', 'answer']).where('case_id', '=', id).execute();
  const onRecord = rows.map(({ command_id, answer }) => ({ commandId: command_id, answer }));
  const byId = (a: { commandId: string }, b: { commandId: string }) => a.commandId.localeCompare(b.commandId);
  expect(onRecord.sort(byId)).toEqual([...acknowledged].sort(byId));
  const caused = events.flatMap(({ commandId }) => commandId ?? []);
  const runs = caused.filter((commandId, index) => commandId !== caused[index - 1]);
  expect(runs.sort()).toEqual(acknowledged.map(({ commandId }) => commandId).sort());
}

/** What a case did by itself at a due date is what the rules give for that instant. */
function expectRulesFollowed(lifecycle: Lifecycle, events: readonly CaseEvent[]): void {
  let before: CaseState | undefined;
  for (const event of events) {
    if (before && (event.type === 'reminded' || event.type === 'deadlinePassed') && event.by === system)
      expect(asStored(dueEvents(lifecycle, before, event.at)[0])).toEqual(event);
    before = fold(lifecycle, [event], before);
  }
}

/** How messages of a case may have ended; those in doubt are for tests that strike mail. */
const ends = ['sent', 'withdrawn', 'nobody', 'inDoubt'];

async function expectMessagesOnce(
  { db, stack }: FaultyWorld,
  id: string,
  lifecycle: Lifecycle,
  events: readonly CaseEvent[],
): Promise<void> {
  const { effects } = transition(lifecycle, undefined, events);
  const asked = effects.flatMap((effect) => (effect.type === 'mail' ? [effect.message.key] : []));
  const query = db.selectFrom('messages').select(['key', 'state', 'message_id']).where('case_id', '=', id);
  const rows = await query.execute();
  expect(rows.map(({ key }) => key).sort()).toEqual([...new Set(asked)].sort());
  expect(rows.filter(({ state }) => !ends.includes(state))).toEqual([]);
  const accepted = (stack.mailbox?.messages() ?? []).map(({ messageId }) => messageId);
  for (const { key, state, message_id } of rows) {
    const times = accepted.filter((messageId) => messageId === message_id).length;
    expect({ key, times }).toEqual({ key, times: state === 'sent' ? 1 : Math.min(times, state === 'inDoubt' ? 1 : 0) });
  }
}
