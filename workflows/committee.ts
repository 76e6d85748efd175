import { committee as lifecycle } from '../domain/committee.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

/** A joint committee as a workflow. */
export const committee = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
