import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { feedOf, feedParts, type ICalendarEntry, invitationOf } from '../../calendars/icalendar.ts';
import type { CalendarEntry } from '../../domain/lifecycle.ts';

const anEntry = (times: Partial<CalendarEntry> = {}, zone: string | undefined = 'Europe/Athens'): ICalendarEntry => ({
  uid: 'meeting-kr-gr-2.meeting.20180601010000000@entente',
  sequence: 3,
  withdrawn: false,
  entry: { name: 'meeting', summary: 'Meeting 2', from: '2018-09-28', to: '2018-09-28', attendees: [], ...times },
  zone,
  stamp: '2018-06-01T01:00:00.000Z',
  caseId: 'meeting/kr-gr-2',
});

/** As a parser that is not ours reads it. */
function read(text: string) {
  const [component] = new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent');
  if (!component) throw new Error('There is no entry.');
  const { uid, sequence, startDate, endDate } = new ICAL.Event(component);
  return { uid, sequence, start: startDate.toString(), end: endDate.toString() };
}

describe('a calendar entry', () => {
  it.each<[string, Partial<CalendarEntry>, string, string]>([
    ['an hour where no end is known', { starts: '10:30' }, '2018-09-28T10:30:00', '2018-09-28T11:30:00'],
    [
      'an hour of its last day where no end is known',
      { to: '2018-09-30', starts: '23:30' },
      '2018-09-28T23:30:00',
      '2018-10-01T00:30:00',
    ],
    ['to its end', { starts: '10:30', ends: '17:00' }, '2018-09-28T10:30:00', '2018-09-28T17:00:00'],
    ['the whole day where no time is known', {}, '2018-09-28', '2018-09-29'],
  ])('takes %s, under the same UID and sequence', (_, times, start, end) => {
    const { uid, sequence } = anEntry();
    expect(read(invitationOf(anEntry(times)))).toEqual({ uid, sequence, start, end });
  });
});

it('on the clocks of UTC is in UTC, which has no rules of its own', () => {
  const text = invitationOf(anEntry({ starts: '10:30', ends: '12:00' }, 'UTC'));
  expect(text).not.toContain('VTIMEZONE');
  expect(read(text)).toMatchObject({ start: '2018-09-28T10:30:00Z', end: '2018-09-28T12:00:00Z' });
});

describe.each([
  ['a feed', feedOf('Entente', [anEntry({ starts: '10:30' }), anEntry()])],
  ['a feed with nothing in it', feedOf('Entente', [])],
  ['an invitation', invitationOf(anEntry({ starts: '10:30' }))],
])('%s', (_, text) => {
  it('ends each of its lines with CRLF, the last one too', () => {
    expect(text).toMatch(/END:VCALENDAR\r\n$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('a feed of whole days', () => {
  const days = ['2018-09-28', '2018-10-03'].map((from, index) => {
    const { zone: _, ...whole } = anEntry({ from, to: from, summary: `Due, "${index}"; ${'long '.repeat(30)}` });
    return { ...whole, uid: `${index}@entente` };
  });

  it.each([0, 1, 2])('is the same in parts as whole, of %i', async (count) => {
    let text = '';
    for await (const part of feedParts('Entente: what is due', toDrawOn(days.slice(0, count)))) text += part;
    expect(text).toBe(feedOf('Entente: what is due', days.slice(0, count)));
  });
});

async function* toDrawOn<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}
