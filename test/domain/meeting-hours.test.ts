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
    story.when('postpone', { to: '2018-09-28', reason: 'r' }).refuses('AlreadyDone', /setTime/);
  });

  it('is corrected by the clocks on record, and who was told wrongly hears both', () => {
    const corrected = given
      .convened(inBelgrade)
      .command('sendInvitations')
      .command('correct', { right: { time: '09:30' }, reason: 'r' });
    expect(entriesOf(corrected)).toMatchObject([{ starts: '09:30', zoneOf: 'Europe/Belgrade' }]);
  });

  it('is not set once the meeting is open, or its day is over', () => {
    given.adopted().when('setTime', { time: '10:00' }).refuses('WrongStage');
    given
      .convened({ on: '2018-05-20' })
      .when('setTime', { time: '10:00' })
      .refuses('WrongStage', /put right with `correct`/);
  });
});
