import { timeOfDay, timeZone } from './fields.ts';
import type { LocalTime } from './lifecycle.ts';
import type { CivilDate } from './dates.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The hour at which something begins, once somebody has said it; by the clocks of its host, unless others are named. */
export interface Beginning {
  /** `10:00` */
  readonly time?: string | undefined;
  /** IANA */
  readonly zone?: string | undefined;
}

export const beginningFields = {
  time: timeOfDay.optional().describe('when it begins, such as 10:00; without it, its host is asked to say so'),
  zone: timeZone.optional().describe('whose clocks say that, if not those of the host, such as Europe/Belgrade'),
};

/** What is on record of it, without fields that say nothing. */
export const beginningOf = ({ time, zone }: Beginning): { readonly time?: string; readonly zone?: string } => ({
  ...(time ? { time } : {}),
  ...(zone ? { zone } : {}),
});

/** Whose clocks say it: a zone of the tz database, else the host. */
export const clocksOf = ({ zone }: Beginning, host: string): string => zone ?? host;

export const localTimesOf = (beginning: Beginning, on: CivilDate, host: string): LocalTime[] =>
  beginning.time ? [{ on, at: beginning.time, zoneOf: clocksOf(beginning, host) }] : [];

export const hourInWords = ({ time, zone }: Beginning): string => [time, zone && `(${zone})`].filter(Boolean).join(' ');

/** A zone says nothing without an hour. */
export const refuseZoneAlone = ({ time, zone }: Beginning): Refusal | undefined =>
  zone !== undefined && time === undefined
    ? refuse('InvalidInput', 'zone: is said of an hour; give that too (`--time 10:00`).')
    : undefined;
