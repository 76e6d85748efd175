import { readdirSync, readFileSync } from 'node:fs';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordInput } from '../../activities/record.ts';
import { kindOf } from '../../domain/case/opening.ts';
import { isKind } from '../../domain/kinds.ts';
import { rulesOfToday } from '../../domain/rules-version.ts';
import { bundleWorkflows, sandbox } from '../../worker/worker.ts';
import { quietRuntime } from '../quiet-runtime.ts';

/** Histories that earlier releases have written: cases that began under them are still running, and must go on under ours. */
const folder = new URL('../histories/', import.meta.url);
const releases = readdirSync(folder).filter((name) => !name.endsWith('.ts'));
const files = releases.flatMap((release) =>
  readdirSync(new URL(`${release}/`, folder)).map((name) => `${release}/${name}`),
);
const caseOf = (file: string): string =>
  file
    .slice(file.indexOf('/') + 1)
    .replace('.json', '')
    .replace('-', '/');

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

interface SavedEvent {
  readonly timerStartedEventAttributes?: { startToFireTimeout: string };
  readonly workflowExecutionStartedEventAttributes?: { workflowType: { name: string } };
  readonly activityTaskScheduledEventAttributes?: { activityType: { name: string } };
}
const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { events: SavedEvent[] };

/** What a run gives its activities is in no history; a codec hears it when the run is replayed. */
function listening() {
  const said: [type: string, rules: unknown][] = [];
  const hear = ({ data }: Payload): void => {
    const { events, rules } = JSON.parse(new TextDecoder().decode(data ?? undefined)) as Partial<RecordInput>;
    if (events?.[0]) said.push([events[0].type, rules]);
  };
  const codec: PayloadCodec = {
    encode: (payloads) => {
      for (const payload of payloads) hear(payload);
      return Promise.resolve(payloads);
    },
    decode: (payloads) => Promise.resolve(payloads),
  };
  return { said, codec };
}

let workflowBundle: WorkflowBundleWithSourceMap;
/** What the code of today says against a history, by its file. */
const objections = new Map<string, Error | undefined>();
beforeAll(async () => {
  quietRuntime();
  workflowBundle = await bundleWorkflows();
  // By one worker: most of what a history costs is the start of its own.
  const histories = files.map((file) => ({ workflowId: caseOf(file), history: read(file) }));
  let replayed = 0;
  for await (const { error } of Worker.runReplayHistories({ ...sandbox, workflowBundle }, histories))
    objections.set(files[replayed++] ?? '', error);
});

describe('a saved history', () => {
  it('is there of the newest release, and of kinds that there are; `save.ts` asks for one of each at the next', () => {
    expect(releases).toContain(version);
    const saved = [...new Set(files.map((file) => kindOf(caseOf(file))))];
    expect(saved.length).toBeGreaterThanOrEqual(10);
    expect(saved.filter((kind) => !isKind(kind))).toEqual([]);
  });

  it.each(files)('replays: %s', (file) => {
    expect(objections.has(file)).toBe(true);
    expect(objections.get(file)).toBeUndefined();
  });

  it.each([
    ['0.2.0/visit-long-ago.json', 'days that lie far back', { opened: 1, deadlinePassed: rulesOfToday }],
    [
      '0.1.0/mou-kr-gr-2017.json',
      'drafts by their names',
      { opened: rulesOfToday, draftSent: 2, signed: rulesOfToday },
    ],
  ])('tells the register of each thing by which rules it was decided: %s, which took %s', async (file, _, expected) => {
    const { said, codec } = listening();
    const by = { ...sandbox, workflowBundle, dataConverter: { payloadCodecs: [codec] } };
    await Worker.runReplayHistory(by, read(file), caseOf(file));
    expect(Object.fromEntries(said)).toMatchObject(expected);
  });

  it('that the code of today would not write is refused', async () => {
    const wrong = read('0.1.0/action-kr-gr-2-level.json');
    const scheduled = wrong.events.find((event) => event.activityTaskScheduledEventAttributes);
    if (!scheduled?.activityTaskScheduledEventAttributes) throw new Error('The history has no activity to falsify.');
    scheduled.activityTaskScheduledEventAttributes.activityType.name = 'phone';
    const replayed = Worker.runReplayHistory({ ...sandbox, workflowBundle }, wrong, 'action/kr-gr-2-level');
    await expect(replayed).rejects.toThrow(DeterminismViolationError);
  });

  it('of a kind that this version does not know is left to a worker that does', async () => {
    const unknown = read('0.1.0/action-kr-gr-2-level.json');
    const [started] = unknown.events;
    if (!started?.workflowExecutionStartedEventAttributes) throw new Error('The history has no beginning to falsify.');
    started.workflowExecutionStartedEventAttributes.workflowType.name = 'embassy';
    const replayed = Worker.runReplayHistory({ ...sandbox, workflowBundle }, unknown, 'embassy/kr-gr');
    await expect(replayed).rejects.toThrow('There are no cases of kind embassy.');
  });
});
