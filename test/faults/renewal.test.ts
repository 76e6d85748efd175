import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Outcomes } from './outcomes.ts';
import { concerns, eventsPerRun, type NoteInRun, noteNearRenewal, places } from './tales.ts';
import { type FaultyWorld, startFaultyWorld, until } from './world.ts';

/*
 * A worker dies, stands still, or loses its connection to Postgres, while cases continue as new: one of them is struck in
 * the very task that ends its run, one just before and one just after.
 *
 * Only a command that causes no letter is recorded in such a task. A run ends when no mail is under way: a due date and what
 * came of a mail each cause a letter, whose end, which is no transition, is then waited for; and an opening begins a run.
 */

const faults = ['recorded', 'frozen', 'cut', 'complete'] as const;
type Fault = (typeof faults)[number];

let world: FaultyWorld;
let outcomes: Outcomes;
const notes = new Map<Fault, readonly NoteInRun[]>();
beforeAll(async () => {
  world = await startFaultyWorld({ dynamicConfig: [`limit.historyCount.suggestContinueAsNew=${eventsPerRun}`] });
  outcomes = new Outcomes(world);
  const worker = await world.startWorker();
  const begun = faults.map(async (fault) => {
    const near = places.map((place) => noteNearRenewal(world, fault, place));
    notes.set(fault, await Promise.all(near));
  });
  await Promise.all(begun);
  await worker.stop();
}, 400_000);
afterAll(() => world.stop());

const struckBy = (fault: Fault): readonly NoteInRun[] => notes.get(fault) ?? [];
const trapsFor = (fault: Fault): string =>
  struckBy(fault)
    .map(({ strikes }) => `afterCommit=${strikes}`)
    .join(' ');
const numbered = places.map((place, index) => [place, index] as const);

describe('a worker that is killed once the command is on record', () => {
  beforeAll(async () => {
    const worker = await world.startWorker({ fault: `kill ${trapsFor('recorded')}` });
    await Promise.all(struckBy('recorded').map((note) => outcomes.strikeAndEnd(note)));
    await worker.stop();
  }, 400_000);

  itIsAsModelled('recorded');
});

describe('a worker that stands still once the command is on record, until another one has taken over, then goes on', () => {
  beforeAll(async () => {
    const frozen = await world.startWorker({ fault: `stop ${trapsFor('frozen')}` });
    const ended = struckBy('frozen').map((note) => outcomes.strikeAndEnd(note));
    await frozen.still();
    const other = await world.startWorker();
    await Promise.all(ended);
    frozen.goOn();
    await frozen.stop();
    await other.stop();
  }, 400_000);

  itIsAsModelled('frozen');
});

describe('a COMMIT whose reply is cut, nobody being killed', () => {
  beforeAll(async () => {
    const worker = await world.startWorker();
    const struck = struckBy('cut').map(async (note) => {
      const caught = world.postgres.catchCommit('reply', concerns(note));
      const isCut = caught.reached.then(() => caught.cut());
      await outcomes.strikeAndEnd(note);
      await isCut;
    });
    await Promise.all(struck);
    await worker.stop();
  }, 400_000);

  itIsAsModelled('cut');
});

describe('a worker that is killed once the task is complete, and before it hears of it', () => {
  beforeAll(async () => {
    const worker = await world.startWorker();
    const caught = struckBy('complete').map((note) => world.postgres.catchCommit('reply', concerns(note)));
    const ended = struckBy('complete').map((note) => outcomes.strikeAndEnd(note));
    await Promise.all(caught.map(({ reached }) => reached));
    world.temporal.hold('replies');
    for (const commit of caught) commit.release();
    for (const note of struckBy('complete')) await until(`${note.id} to complete its task`, () => isComplete(note));
    worker.kill();
    world.temporal.cut();
    world.temporal.release();
    await Promise.all(ended);
    await worker.stop();
  }, 400_000);

  itIsAsModelled('complete');
});

function itIsAsModelled(fault: Fault): void {
  it.each(numbered)('in %s', (_place, index) => outcomes.expectAsModelled(struckBy(fault)[index]));

  it('strikes a case in the last task of a run, and others beside it', async () => {
    const runs = await Promise.all(struckBy(fault).map(acceptedInRun));
    const isIn = struckBy(fault).map(({ commandId }, index) => runs[index]?.accepted.indexOf(commandId) ?? -1);
    expect(isIn.every((place) => place >= 0)).toBe(true);
    const [, last, first] = runs;
    expect(last?.isContinued).toBe(true);
    expect(isIn[1]).toBe((last?.accepted.length ?? 0) - 1);
    expect(first?.isAnotherThanFirst).toBe(true);
  });
}

/** What the run of a note was given, in its order, and whether another run came after it and before it. */
async function acceptedInRun({ id, runId }: NoteInRun) {
  const { events } = await world.client.workflow.getHandle(id, runId).fetchHistory();
  return {
    accepted: (events ?? []).flatMap(
      (event) => event.workflowExecutionUpdateAcceptedEventAttributes?.protocolInstanceId ?? [],
    ),
    isContinued: Boolean(events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes),
    isAnotherThanFirst: Boolean(events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId),
  };
}

const isComplete = async (note: NoteInRun): Promise<boolean> =>
  (await acceptedInRun(note)).accepted.includes(note.commandId);
