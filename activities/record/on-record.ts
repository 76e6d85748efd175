import { ApplicationFailure } from '@temporalio/common';
import { readOnRecord } from '../../database/on-record.ts';
import { lockCase, lockOpening, readAnswers, readCommand } from '../../database/register.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { isKind, lifecycles } from '../../domain/kinds.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Answer } from '../../workflows/messages.ts';
import type { Attempt } from './attempt.ts';
import type { CaseOnRecord, CatchUpInput, RecordInput, RecordOutcome } from './contract.ts';

/** What is on record already: a command that was answered, or more than the case knows. Holds the case's row until the transaction ends. */
export async function foundOnRecord(
  attempt: Attempt,
  lifecycle: Lifecycle,
  { before, command }: RecordInput,
  id: string,
): Promise<RecordOutcome | undefined> {
  const { trx } = attempt;
  const isAhead = await isRegisterAhead(attempt, id, before);
  const answered = command && (await readCommand(trx, id, command.id));
  if (!isAhead) return answered && { outcome: 'answered', answer: answered.answer as Answer };
  if (!before && !answered) return { outcome: 'refused', refusal: refuse('CaseExists', `${id} is on record already.`) };
  return { outcome: 'ahead', onRecord: (await readOnRecord(trx, lifecycle, id, before)) as CaseOnRecord };
}

/** What is on record beyond what a case knows, and the answer to what is asked of it. */
export async function readBeyondCase(attempt: Attempt, input: CatchUpInput): Promise<CaseOnRecord> {
  const { trx } = attempt;
  const { kind, case: id, before, commandId, afresh } = input;
  await isRegisterAhead(attempt, id, before);
  const asked = (commandId === undefined ? [] : await readAnswers(trx, id, [commandId])) as CaseOnRecord['answers'];
  if (!before && commandId !== undefined && asked.length === 0) return nothingOnRecord;
  const onRecord = (await readOnRecord(trx, lifecycleOf(kind), id, before, afresh)) as CaseOnRecord;
  return { ...onRecord, answers: [...onRecord.answers, ...asked] };
}

const nothingOnRecord: CaseOnRecord = { events: [], answers: [], undone: [], sendAt: {}, more: false };

/**
 * Whether there is more on record than the case knows. Its row is locked, or its opening where there may be none, so that
 * whoever else is at it has ended: Postgres ends a transaction that stands still, and an attempt that has stood still before
 * it had the lock has outlived its time, and has no say any more.
 */
async function isRegisterAhead({ trx, until }: Attempt, id: string, before: CaseState | undefined): Promise<boolean> {
  if (!before) await lockOpening(trx, id);
  const recorded = (await lockCase(trx, id))?.number ?? 0;
  const known = before?.number ?? 0;
  if (performance.now() > until)
    throw new Error('This attempt has outlived its time: another one may have taken over.');
  if (recorded < known)
    throw ApplicationFailure.nonRetryable(
      `The register has ${recorded} events of ${id}, the case itself has ${known}: the register is older than Temporal, or another one. ` +
        'Nothing is written until it has them again: point DATABASE_URL to the right register or restore a newer backup; ' +
        'to go on from what the register has, terminate the workflow and run `./entente revive`.',
      'RegisterBehind',
    );
  return recorded > known;
}

export function lifecycleOf(kind: string): Lifecycle {
  const lifecycle = isKind(kind) ? lifecycles[kind] : undefined;
  if (!lifecycle) throw ApplicationFailure.nonRetryable(`This worker knows no kind "${kind}".`, 'UnknownKind');
  return lifecycle;
}
