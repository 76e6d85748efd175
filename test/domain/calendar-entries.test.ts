import { describe, expect, it } from 'vitest';
import { calendarsOf } from './calendars.ts';
import type { Story } from './given.ts';
import { given } from './meeting-stages.ts';

const everybody = [
  'agency/mindigital',
  'agency/mois',
  'person/kim-minji',
  'person/lee-jiho',
  'person/maria-k',
  'person/nikos-p',
  'person/shim-bokyun',
];

const calendars = (story: Story) =>
  calendarsOf(
    story.effects.flatMap((effect) =>
      effect.type === 'mail' && effect.message.calendar ? [effect.message.calendar] : [],
    ),
  );

const shownTo = (story: Story) =>
  [...calendars(story)].map(([reader, calendar]) => ({
    reader,
    entries: [...calendar.values()].map(({ method, sequence, entry }) => ({ method, sequence, from: entry.from })),
  }));

const invited = () => given.convened().command('sendInvitations');

describe('a meeting in calendars', () => {
  it('given no invitation yet, stands in nobody’s', () => {
    expect(shownTo(given.convened())).toEqual([]);
  });

  it('when the invitations go out, stands in everybody’s, carried by the invitation itself', () => {
    const story = invited().mails('meeting.invitation', 'agency/mois').mailsNo('case.calendarInvitation');
    expect(
      shownTo(story)
        .map(({ reader }) => reader)
        .sort(),
    ).toEqual(everybody);
  });

  it('given two moves and a cancellation, leaves one entry each, cancelled, of the highest sequence', () => {
    const story = invited()
      .command('postpone', { to: '2018-10-05', reason: 'the minister travels' })
      .command('postpone', { to: '2018-10-12', reason: 'a holiday' })
      .command('cancel', { reason: 'elections' });
    expect(shownTo(story).map(({ entries }) => entries)).toEqual(
      everybody.map(() => [{ method: 'CANCEL', sequence: 3, from: '2018-10-12' }]),
    );
  });

  it('when a co-chair changes, the new one gets it, the old one loses it, and nobody else hears of it', () => {
    const story = invited().command('changeCoChair', { side: 'mois', person: 'yoon-jaeho' });
    story.mails('case.calendarInvitation', 'person/yoon-jaeho').mails('case.calendarTakenOff', 'person/shim-bokyun');
    expect(story.last.effects.filter(({ type }) => type === 'mail')).toHaveLength(2);
  });

  it('when nothing of it changes, nobody is written to because of the calendar', () => {
    invited().command('proposeItem', { title: 'Portal', side: 'mois' }).mailsNo();
  });

  it('given that it was held, a cancellation of the case leaves it in the calendars', () => {
    const story = given.held(invited()).command('cancel', { reason: 'the committee is dissolved' });
    expect(shownTo(story).flatMap(({ entries }) => entries.map(({ method }) => method))).not.toContain('CANCEL');
  });

  it('given a day that lies behind, is never sent', () => {
    expect(shownTo(given.convened({ on: '2018-05-20' }))).toEqual([]);
  });
});
