import { zoneAt } from '../database/calendars.ts';
import type { CivilDate } from '../domain/dates.ts';
import type { HoursOverDays } from '../domain/hours.ts';
import { day, words } from './fields.ts';
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
  endsAt: words(`hour at which ${what} ends`),
  endsOn: day(`day on which ${what} ends`),
  zone: words('IANA zone of those hours; the filters `hour` and `hours` say its name'),
});

interface Set extends HoursOverDays {
  readonly on?: CivilDate | undefined;
}

/** When something is set to begin and end, and on whose clocks. */
export async function hourOf(register: Register, { on, time, endsAt, endsOn }: Set, clocks: string | undefined) {
  const zone = time && clocks && (await zoneAt(register.db, clocks));
  if (!zone) return undefined;
  return { time, ...(endsAt ? { endsAt, endsOn: endsOn ?? on } : {}), zone };
}
