import { committee as lifecycle } from '../domain/committee.ts';
import { type CaseOutcome, runCase } from './engine.ts';
import type { CaseInput } from './messages.ts';

/** A joint committee as a workflow. */
export const committee = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
