import { edition as lifecycle } from '../domain/edition.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

/** An edition of a programme as a workflow. */
export const edition = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
