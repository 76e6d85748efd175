import { meeting as lifecycle } from '../domain/meeting.ts';
import { type CaseOutcome, runCase } from './engine.ts';
import type { CaseInput } from './messages.ts';

/** A meeting of a joint committee as a workflow. */
export const meeting = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
