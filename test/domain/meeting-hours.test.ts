import { describe, expect, it } from 'vitest';
import { committee } from '../../domain/committee.ts';
import { meeting } from '../../domain/meeting.ts';
import { given as givenCommittee } from './committee-stages.ts';
import type { Story } from './given.ts';
import { given } from './meeting-stages.ts';

const convene = (fields: object) =>
  givenCommittee.constituted().command('convene', { on: '2018-05-10', place: 'Seoul', ...fields });
const openingOf = (story: Story) => story.effects.flatMap((effect) => (effect.type === 'open' ? [effect.input] : []));
const entriesOf = ({ state }: Story) => meeting.calendarEntries?.(state.subject, state) ?? [];
const inBelgrade = { time: '10:00', zone: 'Europe/Belgrade' };

describe('the hour of a meeting', () => {
  it('is said when it is convened, with clocks that are not the host’s', () => {
    const story = convene(inBelgrade);
    expect(openingOf(story)).toMatchObject([inBelgrade]);
    expect(committee.localTimes?.(story.state.subject)).toEqual([
      { on: '2018-05-10', at: '10:00', zoneOf: 'Europe/Belgrade' },
    ]);
    expect(committee.localTimes?.(convene({ time: '10:00' }).state.subject)).toMatchObject([{ zoneOf: 'agency/mois' }]);
    expect(openingOf(convene({}))[0]).not.toHaveProperty('time');
    expect(committee.localTimes?.(convene({}).state.subject)).toEqual([]);
  });

  it.each([
    ['a zone without an hour', { zone: 'Europe/Belgrade' }, /give that too/],
    ['an hour that no clock shows', { time: '25:00' }, /such as 09:30/],
    ['a zone in other letters', { time: '10:00', zone: 'europe/belgrade' }, /such as Europe\/Belgrade/],
  ])('is not taken with %s', (_, fields, because) => {
    givenCommittee
      .constituted()
      .when('convene', { on: '2018-05-10', place: 'Seoul', ...fields })
      .refuses('InvalidInput', because);
  });

  it('stands in invitations and calendars by the clocks that were named, else by those of the host', () => {
    const story = given.convened(inBelgrade).command('sendInvitations');
    expect(entriesOf(story)).toMatchObject([{ starts: '10:00', zoneOf: 'Europe/Belgrade' }]);
    expect(story.mailed('meeting.invitation')[0]?.facts).toMatchObject({ time: '10:00', zoneOf: 'Europe/Belgrade' });
    expect(entriesOf(given.convened({ time: '10:00' }).command('sendInvitations'))).toMatchObject([
      { starts: '10:00', zoneOf: 'agency/mindigital' },
    ]);
  });

  it('is set and changed for itself: everybody who knows of the meeting hears it once, and calendars change', () => {
    const invited = given.convened().command('sendInvitations');
    expect(entriesOf(invited)[0]).not.toHaveProperty('starts');
    const set = invited.command('setTime', inBelgrade).happens('timeSet');
    expect(entriesOf(set)).toMatchObject([{ starts: '10:00', zoneOf: 'Europe/Belgrade' }]);
    const letters = set.mailed('meeting.timeSet');
    expect(letters.map(({ to }) => to).sort()).toEqual(
      invited
        .mailed('meeting.invitation')
        .map(({ to }) => to)
        .sort(),
    );
    for (const { calendar } of letters) expect(calendar).toMatchObject({ method: 'REQUEST', sequence: 1 });
    expect(set.mailed('case.calendarInvitation')).toEqual([]);
  });

  it('is told to the sides alone while nobody is invited', () => {
    const letters = given.convened().command('setTime', { time: '10:00' }).mailed('meeting.timeSet');
    expect(letters.map(({ to }) => to)).toEqual(['agency/mois', 'agency/mindigital']);
  });

  it('keeps its clocks until others are named, and is not set to what it is', () => {
    const set = given.convened().command('setTime', inBelgrade);
    const later = set.command('setTime', { time: '11:00' });
    expect(meeting.localTimes?.(later.state.subject)).toEqual([
      { on: '2018-09-28', at: '11:00', zoneOf: 'Europe/Belgrade' },
    ]);
    set.when('setTime', { time: '10:00' }).refuses('AlreadyDone');
    set.command('setTime', { time: '10:00', zone: 'Europe/Athens' }).shows({ zoneOf: 'Europe/Athens' });
  });

  it('goes along when the meeting moves', () => {
    const story = given.convened(inBelgrade);
    story.command('postpone', { to: '2018-10-05', reason: 'r' }).shows({ on: '2018-10-05', time: '10:00' });
    const moved = story.command('postpone', { to: '2018-10-05', time: '14:00', zone: 'Europe/Athens', reason: 'r' });
    moved.shows({ time: '14:00', zoneOf: 'Europe/Athens' });
    given
      .convened()
      .when('postpone', { to: '2018-10-05', zone: 'Europe/Athens', reason: 'r' })
      .refuses('InvalidInput', /give that too/);
    story.when('postpone', { to: '2018-09-28', reason: 'r' }).refuses('AlreadyDone', /set-time/);
  });

  it('is corrected by the clocks on record, and who was told wrongly hears both', () => {
    const corrected = given
      .convened(inBelgrade)
      .command('sendInvitations')
      .command('correct', { right: { time: '09:30' }, reason: 'r' });
    expect(entriesOf(corrected)).toMatchObject([{ starts: '09:30', zoneOf: 'Europe/Belgrade' }]);
  });

  it('has its zone corrected, too, and none where there is no hour', () => {
    const corrected = given
      .convened(inBelgrade)
      .command('sendInvitations')
      .command('correct', { right: { zone: 'UTC', time: '08:00' }, reason: 'r' });
    expect(entriesOf(corrected)).toMatchObject([{ starts: '08:00', zoneOf: 'UTC' }]);
    expect(meeting.localTimes?.(corrected.state.subject)).toMatchObject([{ at: '08:00', zoneOf: 'UTC' }]);
    given
      .convened()
      .when('correct', { right: { zone: 'UTC' }, reason: 'r' })
      .refuses('InvalidInput', /zone: is said of an hour/);
  });

  it('is not set once the meeting is open, or its day is over', () => {
    given.adopted().when('setTime', { time: '10:00' }).refuses('WrongStage');
    given
      .convened({ on: '2018-05-20' })
      .when('setTime', { time: '10:00' })
      .refuses('WrongStage', /put right with `correct`/);
  });
});

describe('the end of a meeting', () => {
  const until1230 = { ...inBelgrade, endsAt: '12:30' };
  const overnight = { ...inBelgrade, endsAt: '12:30', endsOn: '2018-09-29' };

  it('is said when it is convened, and is an hour on the same clocks', () => {
    const story = convene(until1230);
    expect(openingOf(story)).toMatchObject([until1230]);
    expect(committee.localTimes?.(story.state.subject)).toEqual([
      { on: '2018-05-10', at: '10:00', zoneOf: 'Europe/Belgrade' },
      { on: '2018-05-10', at: '12:30', zoneOf: 'Europe/Belgrade' },
    ]);
  });

  it('stands in calendars and letters, on another day where one is named', () => {
    const story = given.convened(overnight).command('sendInvitations');
    expect(entriesOf(story)).toMatchObject([{ starts: '10:00', ends: '12:30', from: '2018-09-28', to: '2018-09-29' }]);
    expect(story.mailed('meeting.invitation')[0]?.facts).toMatchObject({ endsAt: '12:30', endsOn: '2018-09-29' });
    given.circulated(story).isDue('record', '2018-10-03');
  });

  it.each([
    ['that has no beginning', { endsAt: '12:30' }, 'InvalidInput', /endsAt: is said of an hour/],
    ['before it begins', { time: '10:00', endsAt: '09:30' }, 'DateOutOfOrder', /09:30 does not lie after 10:00/],
    ['at its beginning', { time: '10:00', endsAt: '10:00' }, 'DateOutOfOrder', /does not lie after/],
    ['on a day without an hour', { time: '10:00', endsOn: '2018-05-11' }, 'InvalidInput', /--ends-at 12:30/],
    ['on a day before', { time: '10:00', endsAt: '12:30', endsOn: '2018-05-09' }, 'DateOutOfOrder', /lies before/],
    ['in another year', { time: '10:00', endsAt: '12:30', endsOn: '2019-05-10' }, 'DateTooFar', /more than 31 days/],
  ] as const)('is refused %s', (_, fields, code, because) => {
    givenCommittee
      .constituted()
      .when('convene', { on: '2018-05-10', place: 'Seoul', ...fields })
      .refuses(code, because);
  });

  it('goes along with the hour and the day: it takes as long as before, unless its end is said', () => {
    const story = given.convened(until1230);
    story.command('setTime', { time: '14:00' }).shows({ time: '14:00', endsAt: '16:30' });
    story.command('setTime', { time: '14:00', endsAt: '15:00' }).shows({ endsAt: '15:00' });
    story.command('setTime', { time: '10:00', endsAt: '13:00' }).happens('timeSet').shows({ endsAt: '13:00' });
    story.command('postpone', { to: '2018-10-05', reason: 'r' }).shows({ time: '10:00', endsAt: '12:30' });
    given
      .convened(overnight)
      .command('postpone', { to: '2018-10-05', reason: 'r' })
      .shows({ on: '2018-10-05', endsOn: '2018-10-06', endsAt: '12:30' });
    story.when('setTime', { time: '10:00', endsAt: '12:30' }).refuses('AlreadyDone');
    story.when('setTime', { time: '23:00' }).refuses('DateOutOfOrder', /say both/);
  });

  it('is corrected, and not to before its beginning', () => {
    const story = given.convened(until1230).command('sendInvitations');
    expect(entriesOf(story.command('correct', { right: { endsAt: '13:00' }, reason: 'r' }))).toMatchObject([
      { starts: '10:00', ends: '13:00' },
    ]);
    story.when('correct', { right: { endsAt: '09:00' }, reason: 'r' }).refuses('DateOutOfOrder', /09:00 does not lie/);
  });
});
