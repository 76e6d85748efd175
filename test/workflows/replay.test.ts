import { readdirSync, readFileSync } from 'node:fs';
import { DefaultLogger, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { kindOf } from '../../domain/case/opening.ts';
import { kinds } from '../../domain/kinds.ts';
import { bundleWorkflows } from '../../worker/worker.ts';

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

interface SavedEvent {
  readonly timerStartedEventAttributes?: { startToFireTimeout: string };
  readonly activityTaskScheduledEventAttributes?: { activityType: { name: string } };
}
const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { events: SavedEvent[] };

let workflowBundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: { level: 'ERROR' } } },
  });
  workflowBundle = await bundleWorkflows();
});

describe('a saved history', () => {
  it('is there for every kind of case', () => {
    expect([...new Set(files.map((file) => kindOf(caseOf(file))))].sort()).toEqual([...kinds].sort());
  });

  it.each(files)('replays: %s', async (file) => {
    const replayed = Worker.runReplayHistory({ workflowBundle }, read(file), caseOf(file));
    await expect(replayed).resolves.toBeUndefined();
  });

  it('that the code of today would not write is refused', async () => {
    const wrong = read('0.1.0/action-kr-gr-2-level.json');
    const scheduled = wrong.events.find((event) => event.activityTaskScheduledEventAttributes);
    if (!scheduled?.activityTaskScheduledEventAttributes) throw new Error('The history has no activity to falsify.');
    scheduled.activityTaskScheduledEventAttributes.activityType.name = 'phone';
    const replayed = Worker.runReplayHistory({ workflowBundle }, wrong, 'action/kr-gr-2-level');
    await expect(replayed).rejects.toThrow(DeterminismViolationError);
  });
});
