import type { Kysely } from 'kysely';
import { zoneAt } from '../../database/calendars.ts';
import type { Database } from '../../database/schema.ts';
import { type Message, withPlannedDays } from '../../domain/case/effects.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { withOtherwise } from './asked.ts';
import { timesOfDay } from './hours.ts';

/**
 * A message with what is only known once all is planned that `after` asks for: its days, what happens by itself if nobody
 * answers; and with what belongs to the world: the zone of its times, for its reader and for calendars.
 */
export async function completed(
  db: Kysely<Database>,
  lifecycle: Lifecycle,
  after: CaseState,
  message: Message,
): Promise<Message> {
  const planned = withOtherwise(lifecycle, after, withPlannedDays(lifecycle, after, message));
  const { calendar, facts } = planned;
  const saysTime = timesOfDay.some((name) => facts[name] !== undefined);
  const entryZone = calendar?.entry.zoneOf && (await zoneAt(db, calendar.entry.zoneOf));
  const timeZone = saysTime ? await zoneAt(db, String(facts.zoneOf)) : undefined;
  return {
    ...planned,
    ...(timeZone ? { facts: { ...facts, timeZone } } : {}),
    ...(calendar && entryZone ? { calendar: { ...calendar, zone: entryZone } } : {}),
  };
}
