import { describe, expect, it } from 'vitest';
import { refuseOthers } from '../../domain/case/permission.ts';
import { commandsOf } from '../../domain/case/command.ts';
import { viewOf } from '../../domain/case/view.ts';
import { meeting } from '../../domain/meeting.ts';
import { calendarsOf } from './calendars.ts';
import type { Story } from './given.ts';
import { given } from './meeting-stages.ts';

/** Whoever is invited to a calendar entry says whether they come, do not, or who comes instead. */

const invited = () => given.convened().command('sendInvitations');
const ofMois = { who: 'agency/mois', by: 'shim-bokyun' };
const substituted = () => invited().command('sendSubstitute', { ...ofMois, substitute: 'yoon-jaeho' });

const attendance = ({ state }: Story) => viewOf(meeting, state).attendance?.[0];
const who = (all: readonly { readonly who: string }[] = []) => all.map((each) => each.who);

const inCalendars = (story: Story): readonly string[] =>
  [
    ...calendarsOf(
      story.effects.flatMap((effect) =>
        effect.type === 'mail' && effect.message.calendar ? [effect.message.calendar] : [],
      ),
    ),
  ]
    .filter(([, calendar]) => [...calendar.values()].some(({ method }) => method === 'REQUEST'))
    .map(([reader]) => reader);

describe('an invitation', () => {
  it('is answered by nobody until they say so, as everybody who looks at the case sees', () => {
    expect(attendance(given.convened())).toBeUndefined();
    expect(attendance(invited())).toMatchObject({ entry: 'meeting', from: '2018-09-28', comes: [], doesNotCome: [] });
    expect(who(attendance(invited())?.notAnswered)).toContain('agency/mois');
  });

  it('that is accepted writes to nobody', () => {
    const story = invited().command('willAttend', { by: 'lee-jiho' });
    story.mailsNo().says(/^lee-jiho comes to "meeting" on 2018-09-28\.$/);
    expect(who(attendance(story)?.comes)).toEqual(['person/lee-jiho']);
    expect(who(attendance(story)?.notAnswered)).not.toContain('person/lee-jiho');
  });

  it('that is declined is told to the coordinator, with the reason, and stays in the calendar', () => {
    const story = invited().command('willNotAttend', { ...ofMois, reason: 'elections' });
    story
      .mails('case.doesNotAttend', 'person/kim-minji', {
        facts: expect.objectContaining({ invitee: 'agency/mois', answeredBy: 'person/shim-bokyun', why: 'elections' }),
      })
      .mailsNo('case.calendarTakenOff', 'case.calendarInvitation');
    expect(who(attendance(story)?.doesNotCome)).toEqual(['agency/mois']);
    expect(inCalendars(story)).toContain('agency/mois');
  });

  it('given by the coordinator for somebody, needs no letter to the coordinator', () => {
    invited().command('willNotAttend', { who: 'agency/mois' }).mailsNo();
    invited()
      .command('sendSubstitute', { who: 'agency/mois', substitute: 'yoon-jaeho' })
      .mailsNo('case.substituteNamed')
      .mails('case.calendarInvitation', 'person/yoon-jaeho');
  });

  it('passes to whoever comes instead: they get it, and it is taken out of the other’s calendar', () => {
    const story = substituted();
    story
      .says(/^yoon-jaeho comes to "meeting" on 2018-09-28 instead of mois\.$/)
      .mails('case.substituteNamed', 'person/kim-minji')
      .mails('case.calendarInvitation', 'person/yoon-jaeho', {
        facts: expect.objectContaining({ inPlaceOf: 'agency/mois' }),
        calendar: expect.objectContaining({ method: 'REQUEST', sequence: 1 }),
      })
      .mails('case.calendarTakenOff', 'agency/mois');
    expect(inCalendars(story)).toContain('person/yoon-jaeho');
    expect(inCalendars(story)).not.toContain('agency/mois');
    expect(attendance(story)?.notAnswered).toContainEqual({ who: 'person/yoon-jaeho', inPlaceOf: 'agency/mois' });
    expect(who(attendance(story.command('willAttend', { by: 'yoon-jaeho' }))?.comes)).toEqual(['person/yoon-jaeho']);
  });

  it('of somebody whose substitute is named in words stays with them, who passes it on', () => {
    const story = invited().command('sendSubstitute', { ...ofMois, named: 'Ms Han, the minister’s office' });
    story
      .mails('case.substituteNamed', 'person/kim-minji', {
        facts: expect.objectContaining({ named: 'Ms Han, the minister’s office' }),
      })
      .mailsNo('case.calendarTakenOff');
    expect(inCalendars(story)).toContain('agency/mois');
    expect(who(attendance(story)?.comes)).toEqual(['agency/mois']);
  });

  it('answered again counts as it was answered last: whoever comes after all has it back, and the substitute loses it', () => {
    const story = substituted().command('willAttend', ofMois);
    story.mails('case.calendarInvitation', 'agency/mois').mails('case.calendarTakenOff', 'person/yoon-jaeho');
    expect(who(attendance(story)?.comes)).toEqual(['agency/mois']);
    story.when('willAttend', ofMois).refuses('AlreadyDone');
    expect(who(attendance(story.command('willNotAttend', ofMois))?.doesNotCome)).toEqual(['agency/mois']);
  });

  it('can be passed on by a substitute, and not to anybody who is invited already', () => {
    const passedOn = substituted().command('sendSubstitute', { by: 'yoon-jaeho', substitute: 'han-jiwon' });
    expect(inCalendars(passedOn)).toContain('person/han-jiwon');
    expect(inCalendars(passedOn)).not.toContain('person/yoon-jaeho');
    substituted().when('sendSubstitute', { by: 'yoon-jaeho', substitute: 'lee-jiho' }).refuses('InvalidInput');
    substituted().when('sendSubstitute', { by: 'yoon-jaeho', substitute: 'yoon-jaeho' }).refuses('InvalidInput');
    invited()
      .when('sendSubstitute', ofMois)
      .refuses('InvalidInput', /either/);
  });

  it('to another day is asked anew: what was said of the old one no longer counts', () => {
    const moved = substituted()
      .command('willAttend', { by: 'lee-jiho' })
      .command('postpone', { to: '2018-10-05', reason: 'the minister travels' });
    expect(attendance(moved)).toMatchObject({ from: '2018-10-05', comes: [], doesNotCome: [] });
    expect(moved.state).not.toHaveProperty('replies');
    expect(inCalendars(moved)).toContain('agency/mois');
    expect(inCalendars(moved)).not.toContain('person/yoon-jaeho');
  });

  it('at another hour of its day is answered already', () => {
    const later = substituted().command('setTime', { time: '14:00' });
    later.mails('case.calendarInvitation', 'person/yoon-jaeho');
    expect(later.state).toHaveProperty('replies');
  });

  it('is answered by whoever is invited, and refused once it is over, off, or of others', () => {
    invited()
      .when('willAttend', { by: 'stranger' })
      .refuses('UnknownItem', /agency\/mois/);
    invited()
      .when('willAttend', { by: 'lee-jiho', entry: 'dinner' })
      .refuses('UnknownItem', /meeting/);
    given.convened().when('willAttend', { by: 'lee-jiho' }).refuses('UnknownItem');
    invited().sleeps('2018-10-02').when('willAttend', { by: 'lee-jiho' }).refuses('NotReady', /over/);
    invited().command('cancel', { reason: 'elections' }).when('willAttend', { by: 'lee-jiho' }).refuses('CaseClosed');
    const { state } = invited();
    const definition = commandsOf(meeting)['willAttend']!;
    const asked = { name: 'willAttend', definition, input: { who: 'agency/mois' } };
    const actor = (...rights: string[]) => ({
      person: 'somebody',
      rights: new Map(rights.map((right) => [right, 'somebody'])),
      above: new Set<string>(),
    });
    expect(refuseOthers(meeting, state, asked, actor('agency/mois'))).toBeUndefined();
    expect(refuseOthers(meeting, state, asked, actor('person/kim-minji'))).toBeUndefined();
    expect(refuseOthers(meeting, state, asked, actor('person/lee-jiho'))?.refused).toBe('NotYours');
  });
});
