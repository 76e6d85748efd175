import type { Kysely } from 'kysely';
import { bodyOf, commandsOf } from '../domain/case/command.ts';
import { openingSchema } from '../domain/case/opening.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { Instant } from '../domain/dates.ts';
import { daysHappenedIn, refuseNotBegun } from '../domain/happened.ts';
import { isOfCases, type Lifecycle } from '../domain/lifecycle.ts';
import type { Reference } from '../domain/references.ts';
import type { Refusal } from '../domain/refusal.ts';
import { zoneAt } from './calendars.ts';
import type { Database } from './schema.ts';

interface Said {
  readonly command: { readonly name: string; readonly body: unknown };
  readonly before: CaseState | undefined;
  readonly references: readonly Reference[];
  /** Case time. */
  readonly at: Instant;
}

/** Refuses a day on which something is said to have happened and that has not begun where those are who are named; what cases tell each other has happened. */
export async function refuseDaysNotBegun(
  db: Kysely<Database>,
  lifecycle: Lifecycle,
  { command, before, references, at }: Said,
): Promise<Refusal | undefined> {
  const definition = commandsOf(lifecycle)[command.name];
  if (before && (!definition || isOfCases(definition))) return undefined;
  const schema = before && definition ? bodyOf(definition) : openingSchema(lifecycle);
  const days = daysHappenedIn(schema, command.body);
  if (days.length === 0) return undefined;
  const zones = await Promise.all(references.flatMap(placeIn).map((place) => zoneAt(db, place)));
  return refuseNotBegun(
    days,
    at,
    zones.filter((zone) => zone !== undefined),
  );
}

const placeIn = ({ refersTo, id }: Reference): string[] => {
  if (refersTo === 'case') return [];
  return [refersTo === 'agency' || refersTo === 'person' ? `${refersTo}/${id}` : id];
};
