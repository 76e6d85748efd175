import { expect } from 'vitest';
import type { CalendarChange } from '../../domain/case/calendar-entries.ts';
import type { Run } from './run.ts';

/** The calendar of each reader, by uid, as a calendar program keeps it: a version that is not newer is thrown away. */
export function calendarsOf(changes: readonly CalendarChange[]): Map<string, Map<string, CalendarChange>> {
  const readers = new Map<string, Map<string, CalendarChange>>();
  for (const change of changes) {
    const calendar = readers.get(change.to) ?? new Map<string, CalendarChange>();
    const known = calendar.get(change.uid);
    if (!known || change.sequence > known.sequence) calendar.set(change.uid, change);
    readers.set(change.to, calendar);
  }
  return readers;
}

export const changesIn = ({ steps }: Run): CalendarChange[] =>
  steps.flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.type === 'mail' && effect.message.calendar ? [effect.message.calendar] : [])),
  );

/** Whatever has happened, everybody's calendar shows what the case keeps, once, and nobody else's does. */
export function calendarsAgree(run: Run): void {
  const changes = changesIn(run);
  const readers = calendarsOf(changes);
  const shown = (name: string) =>
    [...readers].flatMap(([reader, calendar]) =>
      [...calendar.values()].flatMap(({ method, entry }) =>
        method === 'REQUEST' && entry.name === name ? [{ reader, entry }] : [],
      ),
    );
  for (const { entry, withdrawn } of Object.values(run.state?.calendarEntries ?? {})) {
    const wanted = withdrawn ? [] : [...new Set(entry.attendees)].map((reader) => ({ reader, ...contentOf(entry) }));
    const found = shown(entry.name).map((each) => ({ reader: each.reader, ...contentOf(each.entry) }));
    expect(sorted(found), `the calendars of ${entry.name}`).toEqual(sorted(wanted));
  }
}

/** Who else attends is not in the entry that a reader has. */
const contentOf = ({ summary, from, to, place }: CalendarChange['entry']) => ({ summary, from, to, place });

const sorted = <T extends { readonly reader: string }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => a.reader.localeCompare(b.reader));
