import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import { backup, restore } from '../../client/upkeep.ts';
import { taskQueue } from '../../workflows/messages.ts';
import { openPortalAction } from '../client/portal-action.ts';
import { startWorld, type World } from '../world.ts';

const folder = mkdtempSync(join(tmpdir(), 'entente-restored-'));
const file = join(folder, 'register.backup');
const soon = { timeout: 150_000, interval: 300 };

let world: World;
let entente: Entente;
beforeAll(async () => {
  world = await startWorld(new Date().toISOString());
  const { databaseUrl, temporal } = world.stack.settings;
  entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
});
afterAll(async () => {
  await entente?.close();
  await world?.stop();
  rmSync(folder, { recursive: true });
});

const note = (entente: Entente, id: string, text: string) =>
  entente.command(`action/${id}`, 'note', { by: 'kim', note: text });

/** The register's database, emptied under everything that runs. */
async function lose({ db, stack }: World): Promise<void> {
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  await sql`grant usage on schema public to entente_worker, entente_reader`.execute(db);
  expect(stack.pids.postgres).toBeDefined();
}

const goOnFromRegister = ({ client }: World, id: string) =>
  client.workflow.start('action', {
    workflowId: `action/${id}`,
    taskQueue,
    args: [{}],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });

const lettersIn = ({ stack }: World): string[] => (stack.mailbox?.messages() ?? []).map(({ messageId }) => messageId);
const settled = async (world: World) => {
  await expect
    .poll(
      () =>
        sql`select key from messages where state in ('planned', 'claimed', 'inData') and send_at <= now()`
          .execute(world.db)
          .then(({ rows }) => rows),
      soon,
    )
    .toEqual([]);
};
const eventsOf = (entente: Entente, id: string) =>
  entente.history(`action/${id}`).then(({ rows }) => rows.map(({ number, type }) => `${number} ${type}`));

it('the register is lost beside a running Temporal: what has not moved goes on, what knows more waits for a decision, no letter is repeated', async () => {
  for (const id of ['still', 'moved']) await openPortalAction(entente, id);
  await note(entente, 'still', 'before the backup');
  await settled(world);
  const before = { still: await eventsOf(entente, 'still'), moved: await eventsOf(entente, 'moved') };
  await backup(file, world.stack.settings);
  await note(entente, 'moved', 'after the backup');
  await openPortalAction(entente, 'new');
  await settled(world);
  const letters = lettersIn(world);
  expect(letters.length).toBeGreaterThan(0);

  await lose(world);
  await restore(file, world.stack.settings);

  expect(await eventsOf(entente, 'still')).toEqual(before.still);
  expect(await eventsOf(entente, 'moved')).toEqual(before.moved);
  await note(entente, 'still', 'after the restoring');
  expect((await eventsOf(entente, 'still')).length).toBe(before.still.length + 1);

  // Nothing is written over: the case waits, however long nobody decides.
  const handle = world.client.workflow.getHandle('action/moved');
  const pending = note(entente, 'moved', 'too early').catch((error: unknown) => error);
  await expect
    .poll(async () => JSON.stringify((await handle.fetchHistory()).events?.at(-1) ?? {}), soon)
    .toMatch(/RegisterBehind|workflowTask/);
  expect(await eventsOf(entente, 'moved')).toEqual(before.moved);

  for (const id of ['moved', 'new']) await world.client.workflow.getHandle(`action/${id}`).terminate('decided');
  await pending;
  await goOnFromRegister(world, 'moved');
  await note(entente, 'moved', 'given again');
  // The command that waited was carried out as well, once.
  expect((await eventsOf(entente, 'moved')).length).toBe(before.moved.length + 2);
  await settled(world);
  expect(lettersIn(world)).toEqual(letters);
  await expect(entente.view('action/new')).rejects.toThrow('There is no case');
});

it('both are lost: from the backup alone every case goes on, with all that was on record, and no letter is repeated', async () => {
  const letters = lettersIn(world);
  const { waitsFor } = await entente.liveView('action/moved');
  const { workflowService, options } = world.client;
  // Each run of each: those that were terminated are there as well.
  for await (const { workflowId, runId } of world.client.workflow.list())
    await workflowService.deleteWorkflowExecution({
      namespace: options.namespace,
      workflowExecution: { workflowId, runId },
    });
  await expect
    .poll(async () => (await world.client.workflow.count("WorkflowId STARTS_WITH 'action/'")).count, soon)
    .toBe(0);
  await lose(world);
  await restore(file, world.stack.settings);
  const { rows } = await entente.cases();
  expect(rows.map(({ id }) => id).sort()).toEqual(['action/moved', 'action/still']);
  for (const id of ['still', 'moved']) await goOnFromRegister(world, id);
  await note(entente, 'still', 'elsewhere');
  expect((await eventsOf(entente, 'still')).at(-1)).toMatch(/noted/);
  expect((await entente.liveView('action/moved')).waitsFor).toEqual(waitsFor);
  expect(waitsFor).not.toEqual([]);
  await settled(world);
  expect(lettersIn(world)).toEqual(letters);
});
