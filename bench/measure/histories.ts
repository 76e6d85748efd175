import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { quantile } from './statistics.ts';

const { EventType } = proto.temporal.api.enums.v1;

const counted = {
  tasks: EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
  activities: EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
  markers: EventType.EVENT_TYPE_MARKER_RECORDED,
  timers: EventType.EVENT_TYPE_TIMER_STARTED,
  upserts: EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
} as const;

/** What a case leaves in Temporal; each the median of several. */
export type HistoryFigures = Readonly<Record<keyof typeof counted | 'events' | 'bytes', number>>;

export async function historyFigures(client: Client, workflowIds: readonly string[]): Promise<HistoryFigures> {
  const each = await Promise.all(workflowIds.map((id) => figuresOf(client, id)));
  const names = ['events', 'bytes', ...Object.keys(counted)] as (keyof HistoryFigures)[];
  const medianOf = (name: keyof HistoryFigures): number =>
    quantile(
      each.map((figures) => figures[name]),
      0.5,
    );
  return Object.fromEntries(names.map((name) => [name, medianOf(name)])) as HistoryFigures;
}

async function figuresOf(client: Client, id: string): Promise<HistoryFigures> {
  const handle = client.workflow.getHandle(id);
  const { events } = await handle.fetchHistory();
  const { historySize } = await handle.describe();
  const counts = Object.entries(counted).map(([name, type]) => [
    name,
    events?.filter(({ eventType }) => eventType === type).length,
  ]);
  return { ...Object.fromEntries(counts), events: events?.length, bytes: historySize };
}
