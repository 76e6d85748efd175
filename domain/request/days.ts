import { type CivilDate, daysBetween } from '../dates.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** Why a day by which something is expected cannot be taken. */
export function refuseDay(what: string, day: CivilDate, today: CivilDate): Refusal | undefined {
  if (day <= today) return refuse('DateOutOfOrder', `${what} ${day} does not lie ahead: it is ${today}.`);
  if (daysBetween(today, day) > 7306) return refuse('DateTooFar', `${what} ${day} is more than 20 years ahead.`);
  return undefined;
}
