import { request as lifecycle } from '../domain/request.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

/** A cooperation request as a workflow. */
export const request = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
