import { afterAll, beforeAll, describe, it } from 'vitest';
import { Outcomes } from './outcomes.ts';
import { command, concerns, dueDate, followUp, opening, type Tale, type Thing } from './tales.ts';
import { until } from './patience.ts';
import { type FaultyWorker, type FaultyWorld, startFaultyWorld } from './world.ts';

/*
 * What a worker has done is on record, and its workflow task is about to complete, or has completed without the worker
 * hearing of it; then the worker dies, or stands still until another one has taken over. A COMMIT that is cut is not among
 * these: the one COMMIT of a task is that of record.test.ts, which cuts it.
 */

let world: FaultyWorld;
let outcomes: Outcomes;
beforeAll(async () => {
  world = await startFaultyWorld();
  outcomes = new Outcomes(world);
});
afterAll(() => world.stop());

const things: Readonly<Record<string, Thing>> = {
  'an opening': opening,
  'a command': command,
  'a due date': dueDate,
  'what came of a mail': followUp,
};
const moments = ['before', 'after'] as const;
const cases = moments.flatMap((moment) => Object.entries(things).map(([what, thing]) => ({ moment, what, thing })));
const talesOf = (fault: string): Tale[] => cases.map(({ moment, thing }) => thing(world, `${fault}-${moment}`));

/** Brings every case to its moment, and gives back what ends them once the worker is out of the way. */
async function struck(tales: readonly Tale[]): Promise<Promise<void>[]> {
  const caught = tales.map((tale) => world.postgres.catchCommit('reply', concerns(tale)));
  const release = (moment: string) => caught.forEach((commit, at) => cases[at]?.moment === moment && commit.release());
  const before = await Promise.all(tales.map((tale) => recordedIn(tale)));
  const ended = tales.map((tale) => outcomes.strikeAndEnd(tale));
  await Promise.all(caught.map(({ reached }) => reached));
  world.temporal.hold('replies');
  release('after');
  for (const [index, tale] of tales.entries())
    if (cases[index]?.moment === 'after')
      await until(`the task of ${tale.id} to complete`, async () => (await recordedIn(tale)) > (before[index] ?? 0));
  world.temporal.hold('requests');
  release('before');
  return ended;
}

/** How many transitions are in the history of a case: each is a marker, written when its task completes. */
async function recordedIn({ id }: Tale): Promise<number> {
  const history = await world.client.workflow
    .getHandle(id)
    .fetchHistory()
    .catch(() => undefined);
  return history?.events?.filter(({ markerRecordedEventAttributes }) => markerRecordedEventAttributes).length ?? 0;
}

const named = cases.map(({ moment, what }, index) => [moment, what, index] as const);
let worker: FaultyWorker;

describe('a worker that is killed', () => {
  let tales: Tale[];
  beforeAll(async () => {
    tales = talesOf('killed');
    worker = await world.startWorker();
    await Promise.all(tales.map((tale) => tale.begin()));
    const ended = await struck(tales);
    worker.kill();
    // What is still held must not reach Temporal after all.
    world.temporal.cut();
    world.temporal.release();
    await Promise.all(ended);
  });

  it.each(named)('%s its task completes: %s', (_moment, _what, index) => outcomes.expectAsModelled(tales[index]));
});

describe('a worker that stands still until another one has taken over, then goes on', () => {
  let tales: Tale[];
  beforeAll(async () => {
    tales = talesOf('frozen');
    await Promise.all(tales.map((tale) => tale.begin()));
    const ended = await struck(tales);
    worker.freeze();
    const other = await world.startWorker({ direct: true });
    await Promise.all(ended);
    worker.goOn();
    world.temporal.release();
    await worker.stop();
    await other.stop();
  });

  it.each(named)('%s its task completes: %s', (_moment, _what, index) => outcomes.expectAsModelled(tales[index]));
});
