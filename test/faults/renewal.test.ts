import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Outcomes } from './outcomes.ts';
import { idOf } from './driven.ts';
import { concerns, nthNote, type Tale } from './tales.ts';
import { type FaultyWorld, startFaultyWorld, until } from './world.ts';

/*
 * A worker dies, stands still, or loses its connection to Postgres, while cases continue as new. Each has one command more
 * behind it than the one before, so that one of them is struck in the very task that ends its run, others just before and
 * just after.
 *
 * Only a command that causes no letter is recorded in such a task. A run ends when no mail is under way: a due date and what
 * came of a mail each cause a letter, whose end, which is no transition, is then waited for; and an opening begins a run.
 */

let world: FaultyWorld;
let outcomes: Outcomes;
beforeAll(async () => {
  world = await startFaultyWorld({ dynamicConfig: ['limit.historyCount.suggestContinueAsNew=30'] });
  outcomes = new Outcomes(world);
});
afterAll(() => world.stop());

const counts = [0, 1, 2, 3, 4, 5];
const talesOf = (fault: string): Tale[] => counts.map((notes) => nthNote(world, fault, notes));
const runOf = async ({ id }: Tale): Promise<string> => (await world.client.workflow.getHandle(id).describe()).runId;

const named = counts.map((notes, index) => [notes, index] as const);

describe('a worker that is killed once the command is on record', () => {
  let tales: Tale[];
  beforeAll(async () => {
    tales = talesOf('recorded');
    const traps = tales.map(({ strikes }) => `afterCommit=${strikes}`);
    const worker = await world.startWorker({ fault: `kill ${traps.join(' ')}` });
    await Promise.all(tales.map((tale) => tale.begin()));
    await Promise.all(tales.map((tale) => outcomes.strikeAndEnd(tale)));
    await worker.stop();
  });

  it.each(named)('after %i notes', (_notes, index) => outcomes.expectAsModelled(tales[index]));
});

describe('a worker that stands still once the command is on record, until another one has taken over, then goes on', () => {
  let tales: Tale[];
  beforeAll(async () => {
    tales = talesOf('frozen');
    const traps = tales.map(({ strikes }) => `afterCommit=${strikes}`);
    const frozen = await world.startWorker({ fault: `stop ${traps.join(' ')}` });
    await Promise.all(tales.map((tale) => tale.begin()));
    const ended = tales.map((tale) => outcomes.strikeAndEnd(tale));
    await frozen.still();
    const other = await world.startWorker();
    await Promise.all(ended);
    frozen.goOn();
    await frozen.stop();
    await other.stop();
  }, 400_000);

  it.each(named)('after %i notes', (_notes, index) => outcomes.expectAsModelled(tales[index]));
});

describe('a COMMIT whose reply is cut, nobody being killed', () => {
  let tales: Tale[];
  beforeAll(async () => {
    tales = talesOf('cut');
    const worker = await world.startWorker();
    await Promise.all(tales.map((tale) => tale.begin()));
    const struck = tales.map(async (tale) => {
      const caught = world.postgres.catchCommit('reply', concerns(tale));
      const isCut = caught.reached.then(() => caught.cut());
      await outcomes.strikeAndEnd(tale);
      await isCut;
    });
    await Promise.all(struck);
    await worker.stop();
  }, 400_000);

  it.each(named)('after %i notes', (_notes, index) => outcomes.expectAsModelled(tales[index]));
});

describe('a worker that is killed once the task is complete, and before it hears of it', () => {
  let tales: Tale[];
  let runs: string[];
  let renewed: string[];
  beforeAll(async () => {
    tales = talesOf('complete');
    const worker = await world.startWorker();
    await Promise.all(tales.map((tale) => tale.begin()));
    runs = await Promise.all(tales.map(runOf));
    const caught = tales.map((tale) => world.postgres.catchCommit('reply', concerns(tale)));
    const ended = tales.map((tale) => outcomes.strikeAndEnd(tale));
    await Promise.all(caught.map(({ reached }) => reached));
    world.temporal.hold('replies');
    for (const commit of caught) commit.release();
    for (const [index, tale] of tales.entries())
      await until(`${tale.id} to complete its task`, () => isComplete(tale, runs[index]));
    renewed = await Promise.all(tales.map(runOf));
    worker.kill();
    world.temporal.cut();
    world.temporal.release();
    await Promise.all(ended);
    await worker.stop();
  });

  it.each(named)('after %i notes', (_notes, index) => outcomes.expectAsModelled(tales[index]));

  it('is killed while one case, and not all, begins a new run', () => {
    const changed = renewed.filter((run, index) => run !== runs[index]);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThan(counts.length);
  });
});

async function isComplete({ id, strikes }: Tale, run: string | undefined): Promise<boolean> {
  const { events } = await world.client.workflow.getHandle(id, run).fetchHistory();
  const nth = Number(strikes.split('/').at(-1)) - 3;
  const updateId = idOf(`note-${nth}`, id);
  return (events ?? []).some(
    (event) => event.workflowExecutionUpdateAcceptedEventAttributes?.protocolInstanceId === updateId,
  );
}
