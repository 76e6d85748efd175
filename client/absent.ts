import type { CaseState } from '../domain/case/state.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { UnavailableError } from './errors.ts';

/** What is said of a case that does not run, or is not there at all. */

export const closed = ({ id, closedAt = '' }: Pick<CaseState, 'id' | 'closedAt'>): Refusal =>
  refuse('CaseClosed', `${id} is over since ${closedAt.slice(0, 10)}; it takes no more commands.`);

export const openedBefore = (caseId: string, state: Pick<CaseState, 'closedAt'> | undefined): Refusal => {
  const how = state?.closedAt ? 'and is over' : 'with other fields';
  return refuse('CaseExists', `${caseId} was opened before ${how}; choose another id.`);
};

export const nobodyRuns = (caseId: string, cause: unknown): UnavailableError =>
  new UnavailableError(
    'Temporal',
    `${caseId} is open on record, but nobody runs it; \`./entente revive ${caseId}\`, or its next command, starts it again from the register.`,
    { cause },
  );

export const overInTemporal = (caseId: string, cause: unknown): UnavailableError =>
  new UnavailableError(
    'Temporal',
    `${caseId} is over in Temporal and open on record: the register is older than Temporal. Put the newer one back; to go on from what this one has, \`./entente revive ${caseId}\`.`,
    { cause },
  );
