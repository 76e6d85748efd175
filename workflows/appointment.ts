import { appointment as lifecycle } from '../domain/appointment.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

/** A bilateral talk or a visit to a site as a workflow. */
export const appointment = async (input: CaseInput): Promise<CaseOutcome> => runCase(lifecycle, input);
