import { countryCalendarOf } from '../../calendars/index.ts';
import { type Addressee, addresseesIn, type InsteadOf } from '../../database/addressee.ts';
import { calendarIn, type Place, placeOf } from '../../database/calendars.ts';
import { type Office, officeTo } from '../../database/office.ts';
import type { Surroundings } from '../../database/surroundings.ts';
import { dayOffIn, holidaysIn } from '../../domain/calendar.ts';
import type { Message } from '../../domain/case/effects.ts';
import { once } from '../../domain/case/once.ts';
import type { CivilDate, Instant } from '../../domain/dates.ts';
import type { Span } from '../../domain/forecast/concerns.ts';
import type { Gap, Places, Posted } from '../../domain/forecast/places.ts';
import type { Calendar } from '../../domain/planning.ts';
import { firstWorkingMoment, type WorkingHours } from '../../domain/send-times.ts';

/** Who has which letter, by a directory that does not change. */
export const addresseesBy = once(addresseesIn);

/** The calendar of each place, made once, and one for all agencies of a country that say nothing of their own. */
export const calendarsOf = once((directory: Surroundings): ((place: Place | undefined) => Calendar) => {
  const made = new Map<string, Calendar>();
  const saysOfItsOwn = (agency: string | null): boolean =>
    agency !== null && (directory.agencies.get(agency)?.overrides.length ?? 0) > 0;
  return (place) => {
    const key = place ? `${place.zone} ${place.country} ${saysOfItsOwn(place.agency) ? place.agency : ''}` : '';
    const calendar = made.get(key) ?? remembering(calendarIn(directory, place));
    made.set(key, calendar);
    return calendar;
  };
});

/** Each day is looked up once. */
function remembering(calendar: Calendar): Calendar {
  const known = new Map<CivilDate, boolean>();
  return {
    zone: calendar.zone,
    isWorkingDay: (date) => {
      const found = known.get(date) ?? calendar.isWorkingDay(date);
      known.set(date, found);
      return found;
    },
  };
}

/** Days off and those who are not there, by the directory and the calendars of one moment. */
export function placesIn(directory: Surroundings, { from, until }: Span): Places {
  const said = (place: Place) => [
    ...(directory.countries.get(place.country)?.overrides ?? []),
    ...((place.agency === null ? undefined : directory.agencies.get(place.agency)?.overrides) ?? []),
  ];
  const gaps = gapsIn(directory);
  return {
    dayOff: (where, on) => {
      const place = placeOf(directory, where);
      const found = place && dayOffIn(countryCalendarOf(place.country), on, said(place));
      return found && place && { on, country: place.country, name: found.name, weekly: found.weekly };
    },
    holidays: (country) =>
      holidaysIn(countryCalendarOf(country), { from, until }, directory.countries.get(country)?.overrides).map(
        (each) => ({ country, weekly: false, ...each }),
      ),
    gaps: [...gaps.values()]
      .flat()
      .filter((gap) => gap.from <= until && (gap.why === 'left' ? gap.from : (gap.until ?? gap.from)) >= from),
    gap: (party, on) => {
      const [kind, id = ''] = party.split('/');
      const person = kind === 'person' ? id : (directory.agencies.get(id)?.contact ?? '');
      return gaps.get(person)?.find((gap) => gap.from <= on && (gap.until === undefined || on <= gap.until));
    },
  };
}

function gapsIn({ people }: Surroundings): ReadonlyMap<string, readonly Gap[]> {
  const gaps = new Map<string, readonly Gap[]>();
  for (const { person, name, absences, leftOn } of people.values()) {
    const away = absences.map(({ from, until, standIn }): Gap => {
      return { person, name, why: 'away', from, until, standIn };
    });
    // For good comes before for some days.
    const all = [...(leftOn === null ? [] : [{ person, name, why: 'left', from: leftOn } satisfies Gap]), ...away];
    if (all.length > 0) gaps.set(person, all);
  }
  return gaps;
}

/** When letters reach whom; what is asked again and again is worked out once. */
export function posting(directory: Surroundings): (letter: Message) => Posted {
  const calendarOf = calendarsOf(directory);
  const addresseeOf = addresseesBy(directory);
  const gaps = gapsIn(directory);
  const firstMoment = momentsKept();
  // Of whom it is always the same one, the office is.
  const offices = new WeakMap<Addressee, OfficeThen>();
  const officeAt = (letter: Message, at: Instant): OfficeThen | undefined => {
    const addressee = addresseeOf(letter, at);
    if ('nobody' in addressee) return undefined;
    const known = offices.get(addressee);
    if (known) return known;
    const office = { ...officeTo(directory, letter.to, addressee, calendarOf), insteadOf: addressee.insteadOf };
    offices.set(addressee, office);
    return office;
  };
  return (letter) => {
    const { to, at: earliest } = letter;
    const office = officeAt(letter, earliest);
    if (!office) return { to, at: earliest };
    const at = firstMoment(office.calendar, office.hours, earliest);
    // By then somebody else may stand in, or no longer.
    const then = (at > earliest ? officeAt(letter, at) : office) ?? office;
    const gap = then.insteadOf && gapOf(gaps, then.insteadOf);
    const sentAt = then === office ? at : firstMoment(then.calendar, then.hours, at);
    return { to, at: sentAt, reader: then.reader, ...(gap ? { insteadOf: gap } : {}) };
  };
}

const gapOf = (gaps: ReadonlyMap<string, readonly Gap[]>, { person, why, day }: InsteadOf): Gap | undefined =>
  gaps.get(person)?.find((gap) => gap.why === why && (why === 'left' ? gap.from : gap.until) === day);

type OfficeThen = Office & { readonly insteadOf: InsteadOf | undefined };

/** Cases have their reminders at the same hours of the same days. */
const mostMoments = 20_000;

function momentsKept(): typeof firstWorkingMoment {
  const known = new Map<Calendar, Map<string, Instant>>();
  return (calendar: Calendar, hours: WorkingHours, at: Instant) => {
    const ofCalendar = known.get(calendar) ?? new Map<string, Instant>();
    if (ofCalendar.size === 0) known.set(calendar, ofCalendar);
    const key = `${hours.from}-${hours.until} ${at}`;
    const found = ofCalendar.get(key);
    if (found !== undefined) return found;
    const moment = firstWorkingMoment(calendar, hours, at);
    if (ofCalendar.size < mostMoments) ofCalendar.set(key, moment);
    return moment;
  };
}
