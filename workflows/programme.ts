import { programme as lifecycle } from '../domain/programme.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

/** A programme as a workflow. */
export const programme = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
