import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { feedOf } from '../../calendars/icalendar.ts';
import { listCalendarEntries } from '../../database/calendar-entries.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { digestOf } from '../../database/digest.ts';
import { startWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-06-01T01:00:00.000Z');
});
afterAll(async () => {
  await world.stop();
});

const aMeeting = (id: string) => ({
  id,
  by: 'kim',
  title: 'Committee on e-government cooperation, meeting 2 · 제2차 회의',
  countries: ['KR', 'GR'],
  coordinator: 'kim',
  committee: 'committee/kr-gr',
  number: 2,
  on: '2018-09-28',
  time: '10:00',
  place: 'Athens, Vassilissis Sofias 15',
  host: 'mar',
  sides: ['mois', 'mar'],
  coChairs: ['kim', 'papadopoulou'],
  secretaries: ['kim', 'papadopoulou'],
});

interface Read {
  readonly method: string;
  readonly uid: string;
  readonly sequence: number;
  readonly status: string;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
}

/** An iCalendar text as a parser that is not ours reads it. */
function read(text: string): Read[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      method: String(calendar.getFirstPropertyValue('method')),
      uid: event.uid,
      sequence: event.sequence,
      status: String(component.getFirstPropertyValue('status')),
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      zone: String(component.getFirstProperty('dtstart')?.getParameter('tzid') ?? ''),
    };
  });
}

/** What arrived at an address, oldest first. */
const arrived = (address: string): Read[] =>
  (world.stack.mailbox?.messages({ to: address }) ?? [])
    .toReversed()
    .flatMap(({ attachments }) => attachments)
    .filter(({ contentType }) => contentType === 'text/calendar')
    .flatMap(({ content }) => read(content.toString()));

/** A reader's calendar: one entry to a uid, and never an older version over a newer. */
function calendarOf(address: string): Read[] {
  const entries = new Map<string, Read>();
  for (const entry of arrived(address))
    if (entry.sequence >= (entries.get(entry.uid)?.sequence ?? 0)) entries.set(entry.uid, entry);
  return [...entries.values()];
}

const papadopoulou = 'papadopoulou@mar.example.org';
const ask = (name: string, body: Record<string, unknown>) =>
  world.player.command('meeting/kr-gr-2', name, { by: 'kim', ...body }, `calendar-${digestOf(name, body)}`);

it('a meeting that is moved twice and cancelled leaves one cancelled entry with every reader', async () => {
  await world.player.open('mou', anMou, 'calendar-mou');
  await world.player.open('committee', aCommittee, 'calendar-committee');
  await world.player.open('meeting', aMeeting('kr-gr-2'), 'calendar-meeting');
  await ask('sendInvitations', {});
  await world.delivered();
  expect(calendarOf(papadopoulou)).toMatchObject([
    { method: 'REQUEST', sequence: 0, status: 'CONFIRMED', start: '2018-09-28T10:00:00', zone: 'Europe/Athens' },
  ]);
  await ask('postpone', { to: '2018-10-05', reason: 'the minister travels' });
  await ask('postpone', { to: '2018-10-12', time: '11:30', reason: 'a holiday' });
  await world.delivered();
  expect(calendarOf(papadopoulou)).toMatchObject([{ sequence: 2, start: '2018-10-12T11:30:00' }]);
  await ask('setTime', { time: '09:00', endsAt: '12:30', zone: 'Europe/Belgrade' });
  await world.delivered();
  expect(calendarOf(papadopoulou)).toMatchObject([
    { sequence: 3, start: '2018-10-12T09:00:00', end: '2018-10-12T12:30:00', zone: 'Europe/Belgrade' },
  ]);
  await ask('cancel', { reason: 'elections' });
  await world.delivered();
  for (const address of [papadopoulou, 'kim@mois.example.org', 'office@mois.example.org', 'office@mar.example.org'])
    expect(calendarOf(address), address).toMatchObject([{ method: 'CANCEL', sequence: 4, status: 'CANCELLED' }]);
});

it('says in the mail itself at what time, and of which zone', () => {
  const texts = (world.stack.mailbox?.messages({ to: papadopoulou }) ?? []).map(({ text }) =>
    text.replaceAll(/\s+/g, ' '),
  );
  expect(
    texts.filter((text) => text.includes('28 September 2018, 10:00 (Eastern European Summer Time), Athens')),
  ).toHaveLength(1);
  expect(
    texts.filter((text) => text.includes('moved to Friday, 12 October 2018, 11:30 (Eastern European Summer Time)')),
  ).toHaveLength(1);
});

it('says which hour was set, by the clocks that were named, whose rules go with it', () => {
  const [letter] = (world.stack.mailbox?.messages({ to: papadopoulou }) ?? []).filter(({ subject }) =>
    subject.startsWith('09:00–12:30 (Central European Summer Time) on 12 October 2018: '),
  );
  expect(letter?.text.replaceAll(/\s+/g, ' ')).toContain(
    'takes place at these hours: 09:00–12:30 (Central European Summer Time). Day and place',
  );
  expect(letter?.text).not.toContain('Europe/Belgrade');
});

it('asked twice, a command changes no calendar again', async () => {
  const before = arrived(papadopoulou).length;
  await ask('postpone', { to: '2018-10-05', reason: 'the minister travels' });
  await world.delivered();
  expect(arrived(papadopoulou)).toHaveLength(before);
});

it('a feed holds the same entries, the cancelled one too', async () => {
  const listed = await listCalendarEntries(world.db, 'mar');
  const entries = isRefusal(listed) ? [] : listed;
  const feed = feedOf(
    'mar',
    entries.map((each) => ({ ...each, stamp: each.changedAt })),
  );
  expect(read(feed)).toEqual([
    {
      method: 'PUBLISH',
      uid: arrived(papadopoulou)[0]?.uid,
      sequence: 4,
      status: 'CANCELLED',
      start: '2018-10-12T09:00:00',
      end: '2018-10-12T12:30:00',
      zone: 'Europe/Belgrade',
    },
  ]);
  expect(await listCalendarEntries(world.db, 'klid')).toEqual([]);
  expect(await listCalendarEntries(world.db, 'nobody')).toMatchObject({ refused: 'UnknownAgency' });
});

const anMou = {
  id: 'kr-gr',
  by: 'kim',
  title: 'MOU on e-government cooperation',
  countries: ['KR', 'GR'],
  coordinator: 'kim',
  subject: 'e-government cooperation',
  sides: ['mois', 'mar'],
};

const aCommittee = {
  mou: 'mou/kr-gr',
  id: 'kr-gr',
  by: 'kim',
  title: 'Committee on e-government cooperation',
  countries: ['KR', 'GR'],
  coordinator: 'kim',
  sides: ['mois', 'mar'],
  coChairs: ['kim', 'papadopoulou'],
  secretaries: ['kim', 'papadopoulou'],
  since: '2017-10-24',
  firstHost: 'mois',
};
