import { countryCalendarOf } from '../../calendars/index.ts';
import { addresseeIn, type InsteadOf, sendingAt } from '../../database/addressee.ts';
import { calendarIn, type Place, placeOf } from '../../database/calendars.ts';
import { officeTo } from '../../database/office.ts';
import type { Surroundings } from '../../database/surroundings.ts';
import { dayOffIn, holidaysIn } from '../../domain/calendar.ts';
import type { Message } from '../../domain/case/effects.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Span } from '../../domain/forecast/concerns.ts';
import type { Gap, Places, Posted } from '../../domain/forecast/places.ts';
import type { Calendar } from '../../domain/planning.ts';
import { firstWorkingMoment, type WorkingHours } from '../../domain/send-times.ts';

/** The calendar of each place, made once. */
export function calendarsOf(directory: Surroundings): (place: Place | undefined) => Calendar {
  const made = new Map<string, Calendar>();
  return (place) => {
    const key = place ? `${place.zone} ${place.country} ${place.agency}` : '';
    const calendar = made.get(key) ?? calendarIn(directory, place);
    made.set(key, calendar);
    return calendar;
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
      return found && place && { on, country: place.country, ...found };
    },
    holidays: (country) =>
      holidaysIn(countryCalendarOf(country), { from, until }, directory.countries.get(country)?.overrides).map(
        (each) => ({ country, weekly: false, ...each }),
      ),
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

/** When letters reach whom; what is asked of one instant again and again is worked out once. */
export function posting(directory: Surroundings): (letter: Message) => Posted {
  const calendarOf = calendarsOf(directory);
  const gaps = gapsIn(directory);
  const firstMoment = momentsOfOneInstant();
  const officeAt = ({ to, facts }: Message, at: Instant) => {
    const addressee = addresseeIn(directory, to, sendingAt(at, facts));
    if ('nobody' in addressee) return undefined;
    return { ...officeTo(directory, to, addressee, calendarOf), insteadOf: addressee.insteadOf };
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

function momentsOfOneInstant(): typeof firstWorkingMoment {
  let [instant, known] = ['', new Map<Calendar, Map<string, Instant>>()];
  return (calendar: Calendar, hours: WorkingHours, at: Instant) => {
    if (at !== instant) [instant, known] = [at, new Map()];
    const ofCalendar = known.get(calendar) ?? new Map<string, Instant>();
    known.set(calendar, ofCalendar);
    const key = `${hours.from}-${hours.until}`;
    const moment = ofCalendar.get(key) ?? firstWorkingMoment(calendar, hours, at);
    ofCalendar.set(key, moment);
    return moment;
  };
}
