import { z } from 'zod';
import { once } from './case/once.ts';
import { type CivilDate, dayIn, type Instant, later, minus } from './dates.ts';
import type { Stamp } from './lifecycle.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The days on which something is said to have happened, by the field that says so. */
export const daysHappenedIn = (schema: z.ZodObject, body: unknown): readonly (readonly [string, CivilDate])[] =>
  Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([field, part]) => {
    const value = (body as Record<string, unknown> | null)?.[field];
    if (part instanceof z.ZodObject)
      return daysHappenedIn(part, value).map(([within, day]) => [`${field}.${within}`, day] as const);
    return isOfThePast(part) && typeof value === 'string' ? [[field, value] as const] : [];
  });

const isOfThePast: (schema: z.ZodType) => boolean = once((schema) => {
  const { innerType } = schema.def as { readonly innerType?: z.ZodType };
  return z.globalRegistry.get(schema)?.['happened'] === true || (innerType !== undefined && isOfThePast(innerType));
});

/**
 * Refuses a day that has not begun where it is said to have happened.
 *
 * @param at case time
 * @param zones where those who did it are, and whoever says so
 */
export function refuseNotBegun(
  days: readonly (readonly [string, CivilDate])[],
  at: Instant,
  zones: readonly string[],
): Refusal | undefined {
  const [latest] = zones.map((zone) => ({ zone, day: dayIn(at, zone) })).sort((a, b) => (a.day < b.day ? 1 : -1));
  const ahead = latest && days.find(([, day]) => day > latest.day);
  return (
    ahead &&
    refuse(
      'DateInFuture',
      `${ahead[0]}: ${ahead[1]} has not begun where it would have happened: in ${latest.zone} it is ${latest.day}. Record it when it has happened.`,
    )
  );
}

/** So many days later, a letter that reads as if it had just happened would mislead its reader. */
const wellBack = 'P14D';

/** The day of what is said to have happened, the last of several, where that lies well back. */
export function toldLate(days: readonly (readonly [string, CivilDate])[], today: CivilDate): Pick<Stamp, 'toldOf'> {
  const last = days.map(([, day]) => day).reduce(later, '');
  return last !== '' && last < minus(today, wellBack) ? { toldOf: last } : {};
}
