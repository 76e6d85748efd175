import { digestOf } from '../database/digest.ts';
import { refuse } from '../domain/refusal.ts';
import type { Answer } from '../workflows/messages.ts';
import { RefusedError } from './errors.ts';

/** As JSON carries it: fields without a value are not there. */
export const asSent = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  JSON.parse(JSON.stringify(fields)) as Record<string, unknown>;

/** Whoever opens the same again gets the same answer. */
export const openingId = (fields: unknown): string => `open-${digestOf('opening', fields)}`;

/** Whoever repeats a command hears its first answer, unless something else was asked under its id. */
export function sameAsAsked(answer: Answer, name: string, body: unknown, commandId: string): Answer {
  if (answer.digest === digestOf(name, body)) return answer;
  const because = `The id ${commandId} was used for something else before; give every command an id of its own.`;
  throw new RefusedError(refuse('CommandIdUsed', because));
}
