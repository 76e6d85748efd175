import { basename, dirname } from 'node:path';
import type { Kysely } from 'kysely';
import { tableOf } from '../client/output/table.ts';
import type { Database, MessageState } from '../database/schema.ts';
import { readEvents } from '../database/register.ts';
import { type StageSince, timelineOf } from '../domain/case/timeline.ts';
import { dayOf, type Instant } from '../domain/dates.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';

export interface PlayedCase {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly stage: string;
  readonly countries: readonly string[];
  readonly late: boolean;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly stages: readonly StageSince[];
}

export interface PlayedMessage {
  readonly when: Instant;
  readonly to: string | null;
  readonly subject: string | null;
  readonly state: MessageState;
  readonly case: string;
  readonly text: string;
  readonly tone: string | null;
}

export interface OpenMeasure {
  readonly id: string;
  readonly title: string;
  readonly owner: string | null;
  readonly due: string;
  readonly firstDue: string;
  readonly late: boolean;
}

/** What the stories left behind, read from the register. */
export interface Summary {
  readonly cases: readonly PlayedCase[];
  readonly messages: readonly PlayedMessage[];
  readonly openMeasures: readonly OpenMeasure[];
  /** The full paths of the documents that were made on the way. */
  readonly documents: readonly string[];
}

export async function summarise(db: Kysely<Database>, documents: readonly string[]): Promise<Summary> {
  const rows = await db.selectFrom('cases').selectAll().orderBy('opened_at').orderBy('id').execute();
  const cases = await Promise.all(
    rows.map(async ({ id, kind, title, stage, countries, late, opened_at, closed_at }) => ({
      id,
      kind,
      title,
      stage,
      countries,
      late,
      openedAt: opened_at,
      closedAt: closed_at,
      stages: isKind(kind) ? timelineOf(lifecycles[kind], await readEvents(db, id)) : [],
    })),
  );
  const messages = await db.selectFrom('messages').selectAll().orderBy('at').orderBy('key').execute();
  const open = await db
    .selectFrom('deadlines')
    .innerJoin('cases', 'cases.id', 'deadlines.case_id')
    .select(['cases.id', 'cases.title', 'cases.owner', 'deadlines.due', 'deadlines.first_due', 'cases.late'])
    .where('cases.kind', '=', 'action')
    .where('deadlines.name', '=', 'complete')
    .orderBy('deadlines.due')
    .execute();
  return {
    cases,
    messages: messages.map(({ at, address, recipient, subject, state, case_id, text, tone }) => ({
      when: at,
      to: address ?? recipient,
      subject,
      state,
      text,
      tone,
      case: case_id,
    })),
    openMeasures: open.map(({ first_due, ...rest }) => ({ ...rest, firstDue: first_due })),
    documents,
  };
}

/** The summary for people, in a terminal of `width` columns. */
export function summaryText({ cases, messages, openMeasures, documents }: Summary, width: number): string {
  const caseRows = cases.map(({ id, title, stage, late, stages }) => [
    `${id}\n${title}`,
    late ? `${stage}, late` : stage,
    stages.map(({ stage: at, since }) => `${dayOf(since)} ${at}`).join('\n'),
  ]);
  const measureRows = openMeasures.map(({ id, title, owner, due, firstDue, late }) => [
    `${id}\n${title}`,
    owner ?? '',
    due === firstDue ? due : `${due}\n(first ${firstDue})`,
    late ? 'late' : 'in time',
  ]);
  return [
    `Cases (${cases.length}), each with its stages and their dates (UTC)`,
    tableOf(['Case', 'Stands at', 'Stages'], caseRows, width),
    `Messages (${messages.length}), by kind`,
    tableOf(['Kind', 'What', 'Sent', 'Other'], messageRows(messages), width),
    `Follow-up measures still open (${openMeasures.length})`,
    openMeasures.length > 0 ? tableOf(['Measure', 'Owner', 'Due', ''], measureRows, width) : 'None.',
    documentLines(documents),
  ].join('\n\n');
}

/** A path is not broken over lines, so that it can be copied. */
const documentLines = (documents: readonly string[]): string =>
  [
    `Documents made on the way (${documents.length}), in ${dirname(documents[0] ?? '.')}`,
    ...documents.map((path) => `  ${basename(path)}`),
  ].join('\n');

/** Reminders are told apart by how urgent they are; other messages by what they say. */
function messageRows(messages: readonly PlayedMessage[]): string[][] {
  const groups = new Map<string, PlayedMessage[]>();
  for (const message of messages) {
    const key = `${message.case.split('/')[0]}\t${message.tone ? `reminder, ${message.tone}` : (message.text.split('.')[1] ?? '')}`;
    groups.set(key, [...(groups.get(key) ?? []), message]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, group]) => {
      const sent = group.filter(({ state }) => state === 'sent').length;
      const others = group.filter(({ state }) => state !== 'sent').map(({ state }) => state);
      return [
        ...key.split('\t'),
        String(sent),
        [...new Set(others)].map((state) => `${others.filter((each) => each === state).length} ${state}`).join(', '),
      ];
    });
}
