import type { Kysely } from 'kysely';
import { zoneAt } from '../../database/calendars.ts';
import type { Database } from '../../database/schema.ts';
import type { Message } from '../../domain/case/effects.ts';
import { timesOfDay } from './hours.ts';

/** A message with what belongs to the world, not to the rules: the zone of its times, for its reader and for calendars. */
export async function completed(db: Kysely<Database>, message: Message): Promise<Message> {
  const { calendar, facts } = message;
  const saysTime = timesOfDay.some((name) => facts[name] !== undefined);
  const entryZone = calendar?.entry.zoneOf && (await zoneAt(db, calendar.entry.zoneOf));
  const timeZone = saysTime ? await zoneAt(db, String(facts.zoneOf)) : undefined;
  return {
    ...message,
    ...(timeZone ? { facts: { ...facts, timeZone } } : {}),
    ...(calendar && entryZone ? { calendar: { ...calendar, zone: entryZone } } : {}),
  };
}
