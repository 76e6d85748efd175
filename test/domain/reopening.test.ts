import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { offeredCommands } from '../../domain/case/command.ts';
import { meeting } from '../../domain/meeting.ts';
import { given } from './given.ts';

const reason = 'The portal is not there';
const opening = {
  topic: 'Portal',
  owner: 'klid',
  due: '2018-12-14',
  committee: 'committee/kr-gr',
  coChairs: ['lee-jiho'],
};
const closed = () =>
  given(action, opening)
    .command('accept')
    .command('reportDone', { evidence: 'a link', by: 'park-jisoo' })
    .command('verify', { evidence: 'seen' });

describe('an action that was closed too early', () => {
  it('is opened again with its history, and owner, co-chairs and committee hear of it', () => {
    const open = closed().passes('2018-11-01').command('reopen', { reason });
    open
      .stands('inProgress')
      .happens('reopened')
      .says(/Opened again.*The portal is not there/);
    expect(open.state.closedAt).toBeUndefined();
    open.mails('action.reopened', 'agency/klid').mails('action.openAgain', 'person/lee-jiho');
    expect(open.last.effects).toContainEqual(
      expect.objectContaining({ type: 'tell', case: 'committee/kr-gr', command: 'recordAction' }),
    );
  });

  it('is owed anew from its day, and can be closed again', () => {
    const open = closed().passes('2018-11-12').command('reopen', { reason });
    expect(open.state.deadlines['complete']).toMatchObject({
      open: true,
      plan: { due: '2018-12-14', askedAnew: true },
    });
    const reminders = (story: typeof open) => story.mailed('action.complete').length;
    expect(reminders(open.passes('2018-12-14'))).toBeGreaterThan(reminders(open));
    const again = open
      .command('reportDone', { evidence: 'now', by: 'park-jisoo' })
      .command('verify', { evidence: 'seen' });
    again.stands('closed');
    expect(again.state.closedAt).toBe('2018-11-12T06:00:00.000Z');
  });

  it('needs a day that lies ahead, and keeps that it was late', () => {
    const late = closed().passes('2019-03-01');
    late.when('reopen', { reason }).refuses('DateOutOfOrder', /until when it is to be done now/);
    late.command('reopen', { due: '2019-04-01', reason }).knows({ due: '2019-04-01', firstDue: '2018-12-14' });
  });

  it('is accepted anew when it had been dropped', () => {
    const dropped = given(action, opening).command('drop', { decision: 'Item 3', reason: 'Not needed' });
    dropped.command('reopen', { reason }).stands('recorded');
  });

  it('is opened again with a reason, and once', () => {
    closed().when('reopen').refuses('ReasonMissing');
    closed().command('reopen', { reason }).when('reopen', { reason }).refuses('WrongStage');
    given(action, opening).command('cancel', { reason }).when('reopen', { reason }).refuses('CaseClosed');
    expect(offeredCommands(action, closed().state)).toEqual(['reopen']);
  });
});

const ofMeeting = {
  committee: 'committee/kr-gr',
  number: 1,
  on: '2018-10-10',
  place: 'Athens',
  host: 'mar',
  sides: ['klid', 'mar'],
  coChairs: ['lee-jiho', 'nikos-p'],
  secretaries: ['kim-minji', 'maria-k'],
};

describe('a meeting that was closed too early', () => {
  const held = () =>
    given(meeting, ofMeeting)
      .command('proposeItem', { title: 'The portal', side: 'klid' })
      .command('circulateAgenda')
      .passes('2018-10-10')
      .command('adoptAgenda')
      .command('recordHeld', { attended: ['lee-jiho'] })
      .command('decide', { item: 1, decision: 'It is built.' })
      .command('circulateMinutes')
      .command('agreeMinutes', { side: 'klid' })
      .command('agreeMinutes', { side: 'mar' })
      .command('signMinutes', { side: 'klid' })
      .command('signMinutes', { side: 'mar' })
      .command('close', { reason: 'No other meeting' });

  it('is opened again with its signed minutes, or for new ones, which are owed from that day', () => {
    held().command('reopen', { reason }).stands('minutesSigned').mails('meeting.reopened', 'agency/mar');
    const anew = held().passes('2019-01-07').command('reopen', { newMinutes: true, reason }).stands('held');
    expect(anew.state.deadlines['draftMinutes:2']?.plan).toMatchObject({ due: '2019-01-14' });
    anew.command('circulateMinutes').knows({ draft: 2, signatures: {} });
  });
});
