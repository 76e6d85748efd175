import type { Transaction } from 'kysely';
import type { GivenFile } from '../../database/documents/content.ts';
import { keepDocument, refuseUnkept } from '../../database/documents.ts';
import type { Database } from '../../database/schema.ts';
import { transition } from '../../domain/case/transition.ts';
import type { CaseEvent, CaseState } from '../../domain/case/state.ts';
import { documentsIn, refuseTextMissing } from '../../domain/document.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { rulesOfToday } from '../../domain/rules-version.ts';
import type { RecordInput } from './contract.ts';

/** A document of one kind, of a case as it stands after an event that is not on record yet. */
export type WriteDocument = (
  trx: Transaction<Database>,
  kind: string,
  after: CaseState,
) => Promise<GivenFile | Refusal>;

/**
 * The events with the documents that Entente writes by itself, which are kept; refused where the register does not have a
 * file that is named, or one is missing that nobody can write. What was kept for events that are refused after all is named
 * by none, and goes with the next retention.
 */
export async function withDocuments(
  trx: Transaction<Database>,
  write: WriteDocument | undefined,
  lifecycle: Lifecycle,
  { before, events }: RecordInput,
): Promise<readonly CaseEvent[] | Refusal> {
  const unkept = await refuseUnkept(trx, events.flatMap(documentsIn));
  if (unkept) return unkept;
  const all: CaseEvent[] = [];
  for (const event of events) {
    const kind = 'document' in event && event.document !== undefined ? undefined : lifecycle.writes?.[event.type];
    if (kind === undefined) {
      all.push(event);
      continue;
    }
    const { after } = transition(lifecycle, before, [...all, event]);
    const file = await write?.(trx, kind, after);
    const document = file && (isRefusal(file) ? file : await keepDocument(trx, file));
    if (document && isRefusal(document)) return document;
    const missing = refuseTextMissing({ what: `The ${kind}`, option: '--document FILE' }, [document], {
      rules: rulesOfToday,
    });
    if (missing) return missing;
    all.push({ ...event, document } as CaseEvent);
  }
  return all;
}
