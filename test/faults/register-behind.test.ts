import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAsModelled } from './oracle.ts';
import { copyOf, nothingOf, restore } from './register-copy.ts';
import { end, inProgress } from './tales.ts';
import { until } from './patience.ts';
import { type FaultyWorld, startFaultyWorld } from './world.ts';

/*
 * The register beside a running Temporal is another one: empty, or restored from an older dump. Nothing is written, nobody
 * is told that anything was, and nothing fails for good: once it has what the cases know, they go on.
 */

let world: FaultyWorld;
beforeAll(async () => {
  world = await startFaultyWorld();
  await world.startWorker();
});
afterAll(() => world.stop());

/** Whether a workflow task of the case has failed because of the register. */
async function waits(id: string): Promise<boolean> {
  const { events } = await world.client.workflow.getHandle(id).fetchHistory();
  return (events ?? []).some(({ workflowTaskFailedEventAttributes: failed }) =>
    failed?.failure?.message?.includes('The register has'),
  );
}

/** A case that knows more than the register: what that has now, and what it should have. */
async function setBack(name: string, which: string, further: readonly string[]) {
  const tale = inProgress(world, name, ['progressReported', ...further]);
  await tale.begin();
  const before = await copyOf(world, tale.id);
  await tale.driven.command('report', { by: 'park', report: 'Half of it' });
  await tale.driven.atRest();
  const due = await tale.driven.nextDue();
  const right = await copyOf(world, tale.id);
  const wrong = which === 'empty' ? nothingOf(tale.id) : before;
  await restore(world, wrong);
  return { tale, due, right, wrong };
}

describe.each(['empty', 'older'])('while the register is %s', (which) => {
  it('a command waits, and is taken when that is put right', async () => {
    const { tale, right, wrong } = await setBack(`command-${which}`, which, ['noted']);
    const given = tale.driven.command('note', { by: 'kim', note: 'While the register was another' });
    await until(`${tale.id} to wait`, () => waits(tale.id));
    expect(await copyOf(world, tale.id)).toEqual(wrong);
    await restore(world, right);
    await given;
    await end(world, tale);
    await expectAsModelled(world, tale);
  });

  it('a due date waits, and is met when that is put right', async () => {
    const { tale, due, right, wrong } = await setBack(`due-${which}`, which, ['reminded']);
    tale.driven.runTo(due);
    await until(`${tale.id} to wait`, () => waits(tale.id));
    expect(await copyOf(world, tale.id)).toEqual(wrong);
    await restore(world, right);
    await tale.driven.onRecord('reminded');
    await end(world, tale);
    await expectAsModelled(world, tale);
  });
});
