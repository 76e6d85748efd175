import type { Kysely } from 'kysely';
import { commandsOf } from '../domain/case/command.ts';
import type { CaseState } from '../domain/case/state.ts';
import { isOfCases, type Lifecycle, type LocalTime } from '../domain/lifecycle.ts';
import { refuseByClocks } from '../domain/local-times.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { isZoneName, zoneAt } from './calendars.ts';
import type { Database } from './schema.ts';

/**
 * Refuses a time of day that a command or an opening sets and that is no one moment where it is. What stood there before
 * stays, and so does what one case lets another know: what has happened is not undone by a clock.
 */
export async function refuseLocalTimes(
  db: Kysely<Database>,
  lifecycle: Lifecycle,
  {
    command,
    before,
    after,
  }: { readonly command: string; readonly before: CaseState | undefined; readonly after: CaseState },
): Promise<Refusal | undefined> {
  const definition = commandsOf(lifecycle)[command];
  if (before && definition && isOfCases(definition)) return undefined;
  const timesIn = (state: CaseState | undefined): readonly LocalTime[] =>
    (state && lifecycle.localTimes?.(state.subject)) ?? [];
  const known = new Set(timesIn(before).map(labelOf));
  for (const time of timesIn(after).filter((each) => !known.has(labelOf(each)))) {
    const zone = await zoneAt(db, time.zoneOf);
    if (zone === undefined && isZoneName(time.zoneOf))
      return refuse('InvalidInput', `zone: there is no time zone "${time.zoneOf}"; take one such as Europe/Belgrade.`);
    const refusal = zone && refuseByClocks(time, zone);
    if (refusal) return refusal;
  }
  return undefined;
}

const labelOf = ({ on, at, zoneOf }: LocalTime): string => `${on} ${at} ${zoneOf}`;
