import type { temporal } from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Outcomes } from './outcomes.ts';
import { eventsPerRun, near, type StruckInRun } from './near-renewal.ts';
import { concerns } from './tales.ts';
import { until } from './patience.ts';
import type { CaughtCommit } from './postgres-proxy.ts';
import { type FaultyWorld, startFaultyWorld } from './world.ts';

/*
 * A worker dies, stands still, or loses its connection to Postgres, while cases continue as new: one of them is struck in
 * the very task that ends its run, one just before and one just after.
 *
 * A run ends when no mail is under way, so what is recorded in its last task causes no letter: a note, a due date that nobody
 * is told of, or what came of a mail when nobody is left to hear of it. An opening begins a run.
 */

const faults = ['recorded', 'frozen', 'cut', 'complete'] as const;
type Fault = (typeof faults)[number];

let world: FaultyWorld;
let outcomes: Outcomes;
const struck = new Map<Fault, readonly StruckInRun[]>();
beforeAll(async () => {
  world = await startFaultyWorld({ dynamicConfig: [`limit.historyCount.suggestContinueAsNew=${eventsPerRun}`] });
  outcomes = new Outcomes(world);
  const worker = await world.startWorker();
  const begun = faults.map(async (fault) => {
    struck.set(fault, await Promise.all(Object.values(near).map((come) => come(world, fault))));
  });
  await Promise.all(begun);
  await worker.stop();
});
afterAll(() => world.stop());

const struckBy = (fault: Fault): readonly StruckInRun[] => struck.get(fault) ?? [];
const trapsFor = (fault: Fault): string =>
  struckBy(fault)
    .map(({ strikes }) => `afterCommit=${strikes}`)
    .join(' ');
const named = Object.keys(near).map((what, index) => [what, index] as const);

describe('a worker that is killed once the command is on record', () => {
  beforeAll(async () => {
    const worker = await world.startWorker({ fault: `kill ${trapsFor('recorded')}` });
    await Promise.all(struckBy('recorded').map((each) => outcomes.strikeAndEnd(each)));
    await worker.stop();
  });

  itIsAsModelled('recorded');
});

describe('a worker that stands still once the command is on record, until another one has taken over, then goes on', () => {
  beforeAll(async () => {
    const frozen = await world.startWorker({ fault: `stop ${trapsFor('frozen')}` });
    const ended = struckBy('frozen').map((each) => outcomes.strikeAndEnd(each));
    await frozen.still();
    const other = await world.startWorker();
    await Promise.all(ended);
    frozen.goOn();
    await frozen.stop();
    await other.stop();
  });

  itIsAsModelled('frozen');
});

describe('a COMMIT whose reply is cut, nobody being killed', () => {
  beforeAll(async () => {
    const worker = await world.startWorker();
    const struck = struckBy('cut').map(async (each) => {
      const caught = world.postgres.catchCommit('reply', concerns(each));
      const isCut = caught.reached.then(() => caught.cut());
      await outcomes.strikeAndEnd(each);
      await isCut;
    });
    await Promise.all(struck);
    await worker.stop();
  });

  itIsAsModelled('cut');
});

describe('a worker that is killed once the task is complete, and before it hears of it', () => {
  beforeAll(async () => {
    const worker = await world.startWorker();
    const caught: CaughtCommit[] = [];
    const ended: Promise<void>[] = [];
    // Those that take longest first: a task whose COMMIT is held for long asks for more time, and hears nothing any more.
    for (const each of struckBy('complete').toReversed()) {
      const commit = world.postgres.catchCommit('reply', concerns(each));
      caught.push(commit);
      ended.push(outcomes.strikeAndEnd(each));
      await commit.reached;
    }
    world.temporal.hold('replies');
    for (const commit of caught) commit.release();
    for (const each of struckBy('complete')) await until(`${each.id} to complete its task`, () => isComplete(each));
    worker.kill();
    world.temporal.cut();
    world.temporal.release();
    await Promise.all(ended);
    await worker.stop();
  });

  itIsAsModelled('complete');
});

function itIsAsModelled(fault: Fault): void {
  it.each(named)('%s', (_what, index) => outcomes.expectAsModelled(struckBy(fault)[index]));

  it('strikes cases in the last task of a run, and others beside it', async () => {
    const [before, last, first, ...others] = await Promise.all(struckBy(fault).map(runOf));
    expect([before, last, first, ...others].map((run) => run?.recorded.includes(run.struck))).not.toContain(false);
    expect([last, ...others].map((run) => run?.recorded.at(-1) === run?.struck)).not.toContain(false);
    expect([last, ...others].map((run) => run?.isContinued)).not.toContain(false);
    expect(first?.isAnotherThanFirst).toBe(true);
  });
}

/** The numbers of the events with which transitions were recorded in a run, and of the struck one; each is in a marker, written when its task completes. */
async function runOf({ id, runId, strikes }: StruckInRun) {
  const { events = [] } = await world.client.workflow.getHandle(id, runId).fetchHistory();
  const markers =
    events?.flatMap(({ markerRecordedEventAttributes: marker }) => (marker ? [textOf(marker)] : [])) ?? [];
  return {
    struck: Number(strikes.split('/').at(-1)),
    recorded: markers.flatMap((text) => Number(/"number":(\d+)/.exec(text)?.[1] ?? [])),
    isContinued: Boolean(events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes),
    isAnotherThanFirst: Boolean(events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId),
  };
}

const textOf = ({ details }: temporal.api.history.v1.IMarkerRecordedEventAttributes): string =>
  Object.values(details ?? {})
    .flatMap(({ payloads }) => payloads ?? [])
    .map(({ data }) => Buffer.from(data ?? []).toString())
    .join('\n');

async function isComplete(struckCase: StruckInRun): Promise<boolean> {
  const { recorded, struck: number } = await runOf(struckCase);
  return recorded.includes(number);
}
