import { zoneAt } from '../database/calendars.ts';
import { zoneOf } from '../domain/meeting/calendar.ts';
import type { Meeting } from '../domain/meeting/state.ts';
import { words } from './fields.ts';
import type { Register } from './register.ts';

/** Fields that several documents share, with where their values come from. */

export const personShape = (who: string) => ({
  name: words(`name of ${who}`),
  office: words(`office of ${who}`),
  agency: words(`agency of ${who}`),
});

export const personIn = (register: Register, id: string) => {
  const found = register.person(id);
  return {
    name: found?.name ?? id,
    office: found?.office ?? undefined,
    agency: found && register.agency(found.agency)?.name,
  };
};

export const agencyShape = (what: string) => ({
  name: words(`name of ${what}`),
  country: words(`country of ${what}`),
});

export const agencyIn = (register: Register, id: string) => {
  const found = register.agency(id);
  return { name: found?.name ?? id, country: register.countryName(found?.country) };
};

export const hourShape = (what: string) => ({
  time: words(`hour at which ${what} begins, such as 10:00`),
  zone: words('IANA zone of that hour; the filter `hour` says its name'),
});

/** When a meeting is set to begin, and on whose clocks. */
export async function hourOf(register: Register, meeting: Meeting) {
  const zone = meeting.time && (await zoneAt(register.db, zoneOf(meeting)));
  return zone ? { time: meeting.time, zone } : undefined;
}
