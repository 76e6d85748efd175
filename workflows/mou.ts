import { mou as lifecycle } from '../domain/mou.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

/** An MOU as a workflow. */
export const mou = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
