import { meeting as lifecycle } from '../domain/meeting.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

/** A meeting of a joint committee as a workflow. */
export const meeting = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
