import type { Kysely } from 'kysely';
import { digestOf } from '../database/digest.ts';
import { findCase } from '../database/lists.ts';
import { readOpeningCommand } from '../database/register.ts';
import type { Database } from '../database/schema.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Answer } from '../workflows/messages.ts';
import { openedBefore } from './absent.ts';
import { RefusedError } from './errors.ts';

/** As JSON carries it: fields without a value are not there. */
export const asSent = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  JSON.parse(JSON.stringify(fields)) as Record<string, unknown>;

/** Whoever opens the same again gets the same answer. */
export const openingId = (fields: unknown): string => `open-${digestOf('opening', fields)}`;

/** Whether a case was opened with these very fields before; a refusal if it was with others. */
export async function wasOpened(
  db: Kysely<Database>,
  id: string,
  opening: Readonly<Record<string, unknown>>,
): Promise<boolean | Refusal> {
  const found = await findCase(db, id);
  if (!found) return false;
  // Pages give an opening an id that names the session; it is the same opening if it says the same.
  const asked = await readOpeningCommand(db, id);
  return asked?.digest === digestOf('opening', asSent(opening)) || openedBefore(id, found.state);
}

/** Whoever repeats a command hears its first answer, unless something else was asked under its id. */
export function sameAsAsked(answer: Answer, name: string, body: unknown, commandId: string): Answer {
  if (answer.digest === digestOf(name, body)) return answer;
  const because = `The id ${commandId} was used for something else before; give every command an id of its own.`;
  throw new RefusedError(refuse('CommandIdUsed', because));
}
