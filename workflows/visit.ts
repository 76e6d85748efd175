import { visit as lifecycle } from '../domain/visit.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

/** A delegation visit as a workflow. */
export const visit = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
