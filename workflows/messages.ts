import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CaseView } from '../domain/case/view.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { Instant } from '../domain/dates.ts';
import type { CausedEffect } from './effects.ts';

/** Where cases are worked on. */
export const taskQueue = 'entente';
/** Where their mail is sent from. */
export const mailQueue = 'entente-mail';

/**
 * What starts a case: its opening, or nothing when it goes on from the register.
 *
 * A case is played, not live, when `startsAt` says at which instant its own clock starts.
 */
export interface CaseInput {
  readonly opening?: unknown;
  readonly commandId?: string;
  /** Of the opening. */
  readonly proof?: string | undefined;
  readonly startsAt?: Instant | undefined;
  readonly carried?: Carried | undefined;
}

/** How a case ended. */
export interface CaseOutcome {
  readonly case: string;
  readonly stage: string;
  readonly events: number;
}

/** All that a case takes along when its history is begun anew. */
export interface Carried {
  readonly state: CaseState;
  readonly shiftMs: number;
  readonly answers: readonly (readonly [commandId: string, answer: Answer])[];
  readonly effects: readonly CausedEffect[];
}

/** What the giver of a command hears once it is on record. */
export interface Answer {
  readonly case: string;
  /** The number of the last event that the command caused. */
  readonly event: number;
  readonly stage: string;
  readonly at: Instant;
  /** A hash of the command's name and body: whoever repeats an id sees whether it was the same command. */
  readonly digest: string;
}

export interface CommandOptions {
  /** Of a played case only: its clock runs on to this instant before the command is taken. */
  readonly asOf?: Instant | undefined;
  /** The command's id, where it is not the update's: that of another case's word. */
  readonly commandId?: string | undefined;
  /** Signed by whoever gives it: public, as it stands in the history. */
  readonly proof?: string | undefined;
}

/** Waits until the case is on record. An update, not a query: who opens a case has to hear the refusal. */
export const openingUpdate = defineUpdate<Answer, [{ commandId: string }]>('opening');
/** Makes a case take in what the register has and the case does not know; says whether there was anything. */
export const catchUpUpdate = defineUpdate<boolean, []>('catchUp');
/** One update per command, named as the command: its giver has to hear the refusal. */
export const commandUpdate = (name: string) => defineUpdate<Answer, [body: unknown, options?: CommandOptions]>(name);
export const viewQuery = defineQuery<CaseView>('view');
/** How the engine stands: its last event, the shift of a played case's clock against workflow time, and how many effects are under way; messages that wait for their time are not. */
export const engineQuery = defineQuery<{
  readonly number: number;
  readonly shiftMs: number;
  readonly underWay: number;
}>('engine');
