import { action as lifecycle } from '../domain/action.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

/** A follow-up action as a workflow. */
export const action = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
