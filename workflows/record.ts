import { proxyLocalActivities } from '@temporalio/workflow';
import type { RecordActivities, RecordInput, RecordOutcome } from '../activities/record.ts';
import { spaced } from '../domain/case/label.ts';

// Short, keyed and idempotent, so a local activity: it costs one event instead of three and no task of its own.
const { record } = proxyLocalActivities<RecordActivities>({
  startToCloseTimeout: '10s',
  localRetryThreshold: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** Puts a transition into the register, however long that takes; the Temporal UI names its events. */
export function putOnRecord(input: RecordInput): Promise<RecordOutcome> {
  const summary = `On record: ${input.events.map(({ type }) => spaced(type)).join(', ')}`;
  return record.executeWithOptions({ summary }, [input]);
}
