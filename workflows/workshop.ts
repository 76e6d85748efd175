import { workshop as lifecycle } from '../domain/workshop.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

/** A workshop as a workflow. */
export const workshop = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
