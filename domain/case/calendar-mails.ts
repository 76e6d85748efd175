import type { CalendarEntry, Facts, Lifecycle } from '../lifecycle.ts';
import { type CalendarChange, calendarChanges } from './calendar-entries.ts';
import type { KeyedEffect } from './effects.ts';
import { sentBy } from './invitations.ts';
import { commonLetter } from './letter.ts';
import { spaced } from './label.ts';
import type { CaseEvent, CaseState } from './state.ts';

/** Brings the calendars up to date that an event changes: by a mail that its reader gets anyway, else by one of its own. */
export const withCalendarChanges = (
  lifecycle: Lifecycle,
  state: CaseState,
  event: CaseEvent,
  effects: readonly KeyedEffect[],
): readonly KeyedEffect[] =>
  calendarChanges(state, event).reduce<readonly KeyedEffect[]>((before, change) => {
    // A letter that runs of before replay without can carry nothing that they have sent.
    const carrier = before.find(
      (effect) =>
        effect.type === 'mail' && effect.message.to === change.to && !effect.message.calendar && !effect.message.isNew,
    );
    return carrier
      ? before.map((effect) => (effect === carrier ? carrying(carrier, change) : effect))
      : [...before, calendarMail(lifecycle, state, event, change)];
  }, effects);

/** Whether an effect is a mail that is there for the calendar alone. */
export const isCalendarMail = (effect: KeyedEffect): boolean =>
  effect.type === 'mail' && calendarTexts.includes(effect.message.text);

/** Of mails that are there for the calendar alone. */
export const calendarTexts = ['case.calendarInvitation', 'case.calendarCancellation', 'case.calendarTakenOff'];

const carrying = (effect: KeyedEffect, calendar: CalendarChange): KeyedEffect =>
  effect.type === 'mail' ? { ...effect, message: { ...effect.message, calendar } } : effect;

/** What a mail that is there for the calendar alone says of the entry. */
export const entryFacts = ({ summary, from, to, starts, ends, zoneOf, place }: CalendarEntry): Facts => ({
  entry: summary,
  from,
  until: to,
  time: starts,
  ...(ends ? { endsAt: ends, endsOn: to } : {}),
  zoneOf,
  // Hours say by themselves on which day they end.
  days: from === to || ends ? 1 : 2,
  where: place,
});

/** Why it has changed; whoever comes instead of somebody is told in whose place, and not why the other does not come. */
const reasonOf = (state: CaseState, event: CaseEvent, { entry, to }: CalendarChange): Facts =>
  event.type === 'invitationAnswered' ? { inPlaceOf: sentBy(state, entry.name, to) } : { why: event.told };

function calendarMail(lifecycle: Lifecycle, state: CaseState, event: CaseEvent, calendar: CalendarChange): KeyedEffect {
  const { entry, method, to } = calendar;
  const name =
    method === 'REQUEST' ? 'calendarInvitation' : calendar.stands ? 'calendarTakenOff' : 'calendarCancellation';
  const letter = commonLetter(
    lifecycle,
    state,
    event,
    {
      name,
      facts: { ...entryFacts(entry), ...reasonOf(state, event, calendar) },
      summary: spaced(name),
      keyedBy: `calendar/${entry.name}/${to}`,
    },
    to,
  );
  return carrying(letter, calendar);
}
