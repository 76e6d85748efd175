import { describe, expect, it } from 'vitest';
import { appointment } from '../../domain/appointment.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { mou } from '../../domain/mou.ts';
import { visit } from '../../domain/visit.ts';
import { given as givenCase, type Story } from './given.ts';
import { given as mous } from './mou-stages.ts';
import { given as visits, greece } from './visit-stages.ts';

/** The hours of what takes place besides meetings: a talk, a signing, a stay in a country. One concept, three kinds. */

const talk = (fields: object = {}) =>
  givenCase(
    appointment,
    { form: 'bilateralTalk', subject: 'taxes', on: '2018-10-01', owner: 'nts', host: 'agency/anaf', ...fields },
    { at: '2018-09-03' },
  );
const signing = (fields: object = {}) =>
  mous.authorised().command('arrangeSigning', { date: '2017-06-20', place: 'Athens', ...fields });
const stay = (fields: object = {}) => visits.proposed().command('addLeg', { ...greece, ...fields });

interface Kind {
  readonly lifecycle: Lifecycle;
  readonly begins: (fields?: object) => Story;
  readonly inCalendars: (story: Story) => Story;
  readonly set: string;
  readonly letter: string;
  readonly move: (story: Story) => Story;
  /** Whose clocks it is on where nobody says otherwise. */
  readonly clocks: string;
}

const kinds: readonly (readonly [string, Kind])[] = [
  [
    'an appointment',
    {
      lifecycle: appointment,
      begins: talk,
      inCalendars: (story) => story.command('confirm'),
      set: 'setTime',
      letter: 'appointment.timeSet',
      move: (story) => story.command('postpone', { to: '2018-10-08', reason: 'r' }).command('confirm'),
      clocks: 'agency/anaf',
    },
  ],
  [
    'a signing',
    {
      lifecycle: mou,
      begins: signing,
      inCalendars: (story) => story,
      set: 'setSigningTime',
      letter: 'mou.signingTimeSet',
      move: (story) => story.command('postponeSigning', { to: '2017-06-27', reason: 'r' }),
      clocks: 'agency/mois',
    },
  ],
  [
    'a leg of a visit',
    {
      lifecycle: visit,
      begins: stay,
      inCalendars: (story) => story.command('confirmLeg', { leg: 1 }),
      set: 'setLegTime',
      letter: 'visit.legTimeSet',
      move: (story) =>
        story
          .command('moveLeg', { leg: 1, from: '2018-09-28', to: '2018-10-01', reason: 'r' })
          .command('confirmLeg', { leg: 1 }),
      clocks: 'GR',
    },
  ],
];

const hours = { time: '10:00', endsAt: '12:30' };

describe.each(kinds)('the hours of %s', (_, { lifecycle, begins, inCalendars, set, letter, move, clocks }) => {
  const entriesOf = ({ state }: Story) => lifecycle.calendarEntries?.(state.subject, state) ?? [];
  const timesOf = ({ state }: Story) => lifecycle.localTimes?.(state.subject) ?? [];
  const timed = { starts: '10:00', ends: '12:30', zoneOf: clocks };

  it('are said with its day, and stand in calendars; without them it takes whole days', () => {
    expect(entriesOf(inCalendars(begins(hours)))).toMatchObject([timed]);
    expect(timesOf(begins(hours)).map(({ at, zoneOf }) => [at, zoneOf])).toEqual([
      ['10:00', clocks],
      ['12:30', clocks],
    ]);
    const without = inCalendars(begins());
    expect(entriesOf(without)[0]).not.toHaveProperty('starts');
    expect(timesOf(without)).toEqual([]);
  });

  it('can be on the clocks that are named, UTC too', () => {
    for (const zone of ['Europe/Belgrade', 'UTC'])
      expect(entriesOf(inCalendars(begins({ ...hours, zone })))).toMatchObject([{ ...timed, zoneOf: zone }]);
  });

  it('are set for themselves: whoever knows of it hears it, once, with the entry', () => {
    const story = inCalendars(begins()).command(set, hours);
    expect(entriesOf(story)).toMatchObject([timed]);
    const letters = story.mailed(letter);
    expect(letters.length).toBeGreaterThan(1);
    for (const { facts } of letters) expect(facts).toMatchObject({ ...hours, zoneOf: clocks });
    expect(letters.some(({ calendar }) => calendar?.method === 'REQUEST')).toBe(true);
    story.mailsNo('case.calendarInvitation');
    story.when(set, hours).refuses('AlreadyDone');
  });

  it('go along when it moves', () => {
    expect(entriesOf(move(inCalendars(begins(hours))))).toMatchObject([timed]);
  });

  it('can be left without an end again, and say so', () => {
    const story = inCalendars(begins(hours)).command(set, { time: '10:00', openEnd: true });
    expect(entriesOf(story)[0]).not.toHaveProperty('ends');
    expect(timesOf(story).map(({ at }) => at)).toEqual(['10:00']);
    expect(story.mailed(letter)[0]?.facts['endsAt']).toBeUndefined();
    story.when(set, { time: '10:00', openEnd: true }).refuses('AlreadyDone');
    inCalendars(begins(hours))
      .when(set, { ...hours, openEnd: true })
      .refuses('InvalidInput', /not both/);
  });

  it('are refused without a beginning', () => {
    begins().when(set, { endsAt: '12:30' }).refuses('InvalidInput', /time/);
  });
});

describe.each(kinds.slice(0, 2))('the hours of %s, which takes place in a day', (_, kind) => {
  const { lifecycle, begins, inCalendars, set } = kind;

  it('end after they begin, and as late after as before where only the beginning changes', () => {
    const story = inCalendars(begins(hours));
    const entriesOf = ({ state }: Story) => lifecycle.calendarEntries?.(state.subject, state) ?? [];
    expect(entriesOf(story.command(set, { time: '14:00' }))).toMatchObject([{ starts: '14:00', ends: '16:30' }]);
    story.when(set, { time: '10:00', endsAt: '09:00' }).refuses('DateOutOfOrder', /09:00 does not lie after 10:00/);
  });

  it('are corrected with their clocks, where there are any', () => {
    const right = { time: '08:00', endsAt: '10:30', zone: 'UTC' };
    const story = inCalendars(begins(hours)).command('correct', { right, reason: 'r' });
    expect(lifecycle.calendarEntries?.(story.state.subject, story.state)).toMatchObject([
      { starts: '08:00', ends: '10:30', zoneOf: 'UTC' },
    ]);
    inCalendars(begins(hours))
      .when('correct', { right: { endsAt: '09:00' }, reason: 'r' })
      .refuses('DateOutOfOrder', /does not lie after/);
    begins()
      .when('correct', { right: { zone: 'UTC' }, reason: 'r' })
      .refuses('InvalidInput', /zone: is said of an hour/);
  });
});

it('a host says with its confirmation when it can receive', () => {
  talk().command('confirm', hours).shows(hours).mails('appointment.confirmed', 'agency/nts');
});

it('a leg of several days begins on its first and ends on its last, at any hours', () => {
  const story = stay({ time: '18:00', endsAt: '09:00' });
  expect(visit.localTimes?.(story.state.subject)).toEqual([
    { on: '2018-09-27', at: '18:00', zoneOf: 'GR' },
    { on: '2018-09-30', at: '09:00', zoneOf: 'GR' },
  ]);
  expect(story.mailed('visit.legAsked')[0]?.facts).toMatchObject({
    legs: ['1. GR, 2018-09-27, 18:00 – 2018-09-30, 09:00, Athens'],
    hoursOn: ['legFrom', 'legTo'],
  });
});

describe('the hours of a leg that were recorded wrongly', () => {
  const story = stay({ time: '18:00', endsAt: '09:00' });
  const mended = (right: object) => story.when('correct', { right, reason: 'r' });
  const legOf = ({ state }: Story) => (state.subject as unknown as { legs: object[] }).legs[0];

  it('are corrected with the number of the leg, and stay within it', () => {
    const right = mended({ legTime: '1: 17:30', legEndsAt: '1:10:00', legZone: '1: Europe/Bucharest' });
    expect(legOf(right)).toMatchObject({ time: '17:30', endsAt: '10:00', zone: 'Europe/Bucharest' });
    expect(right.last.events[0]).toMatchObject({
      corrections: [{ was: '1: 18:00' }, { was: '1: 09:00' }, { was: '1: GR' }],
    });
    right.when('correct', { right: { legTime: '1: 17:30' }, reason: 'r' }).refuses('AlreadyDone');
  });

  it.each([
    ['NotReady', { legTime: '7: 17:30' }, /nothing is on record/],
    ['InvalidInput', { legTime: '17:30' }, /number of a leg/],
    ['InvalidInput', { legTime: '1: 25:00' }, /number of a leg/],
  ] as const)('are refused as %s: %j', (code, right, because) => {
    mended(right).refuses(code, because);
  });
});

it('the visit hears the hours of its acts', () => {
  const story = talk({ visit: 'visit/kr-2018', leg: 1 }).command('setTime', hours);
  expect(story.last.effects).toContainEqual(
    expect.objectContaining({ type: 'tell', input: expect.objectContaining({ on: '2018-10-01', ...hours }) }),
  );
});
