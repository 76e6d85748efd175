import { describe, expect, it } from 'vitest';
import { given } from './meeting-stages.ts';

describe('the minutes', () => {
  it('are owed by the secretary of the host 5 working days after the meeting', () => {
    given
      .decided()
      .isDue('draftMinutes:1', '2018-10-05')
      .passes('2018-10-05')
      .mails('meeting.draftMinutes', 'person/maria-k', { tone: 'due' });
  });

  it('are not drafted for a meeting that was not held, nor with undecided items, nor before the meeting', () => {
    given.circulated().when('circulateMinutes').refuses('WrongStage');
    given.adopted().when('circulateMinutes').refuses('WrongStage');
    given
      .held()
      .when('circulateMinutes')
      .refuses('Undecided', /item 1/);
    given.decided().when('circulateMinutes', { on: '2018-09-27' }).refuses('DateOutOfOrder');
    given.decided().when('circulateMinutes', { on: '2018-10-05' }).refuses('DateInFuture');
    given.decided().when('circulateMinutes', { commentsBy: '2018-09-30' }).refuses('DateOutOfOrder');
  });

  it('go to the sides, which have 10 working days or the date given', () => {
    given
      .drafted()
      .stands('minutesCirculated')
      .mails('meeting.minutesToComment', 'agency/mois')
      .mails('meeting.minutesToComment', 'agency/mindigital')
      .isDue('comment:mois', '2018-10-17')
      .isDue('comment:mindigital', '2018-10-17');
    given.decided().command('circulateMinutes', { commentsBy: '2018-10-31' }).isDue('comment:mois', '2018-10-31');
  });

  it('remind only the side that has not answered', () => {
    given
      .drafted()
      .command('agreeMinutes', { side: 'mois' })
      .waitsFor('comment:mindigital')
      .passes('2018-10-13')
      .mails('meeting.comment', 'agency/mindigital', { tone: 'before' });
    expect(given.drafted().command('agreeMinutes', { side: 'mois' }).passes('2018-10-13').last.effects).toHaveLength(1);
  });

  it('are agreed by silence when nobody has objected in time', () => {
    given
      .drafted()
      .passes('2018-10-17')
      .stands('minutesCirculated')
      .passes('2018-10-18')
      .happens('keptSilent', 'keptSilent', 'minutesAgreed')
      .stands('minutesAgreed')
      .shows({ minutes: 'agreed', agreedOn: '2018-10-17' });
  });

  it('bind a side whose own time is over, while the other may still object', () => {
    const calendars = given.drafted().command('moveDeadline', {
      deadline: 'comment:mindigital',
      to: '2018-10-31',
      reason: 'holidays',
    });
    const half = calendars.passes('2018-10-20').stands('minutesCirculated').waitsFor('comment:mindigital');
    half.when('object', { side: 'mois', reason: 'r' }).refuses('AlreadyDone', /silence/);
    half.command('object', { side: 'mindigital', reason: 'r' }).stands('objected');
    half.passes('2018-11-02').stands('minutesAgreed');
  });

  it('are agreed at once when all sides say so', () => {
    given.agreed().stands('minutesAgreed').shows({ agreedOn: '2018-10-03' });
    const one = given.drafted().command('agreeMinutes', { side: 'mois' });
    one.when('agreeMinutes', { side: 'mois' }).refuses('AlreadyDone');
    one.when('object', { side: 'mois', reason: 'r' }).refuses('AlreadyDone');
    one.when('agreeMinutes', { side: 'klid' }).refuses('NotAParty');
    one.when('agreeMinutes', { side: 'mindigital', on: '2018-10-02' }).refuses('DateOutOfOrder');
    one.when('agreeMinutes', { side: 'mindigital', on: '2018-10-05' }).refuses('DateInFuture');
  });

  it('are drafted anew after an objection, and every side answers again', () => {
    const objected = given
      .drafted()
      .command('agreeMinutes', { side: 'mois' })
      .command('object', { side: 'mindigital', reason: 'item 1 was decided otherwise' })
      .stands('objected')
      .mails('meeting.objection', 'person/kim-minji')
      .mails('meeting.objection', 'person/maria-k')
      .isDue('draftMinutes:2', '2018-10-10');
    objected.when('signMinutes', { side: 'mois' }).refuses('WrongStage');
    objected.when('circulateMinutes', { on: '2018-10-02' }).refuses('DateOutOfOrder', /objection/);
    objected
      .command('decide', { item: 1, decision: 'Share half the plan', reason: 'objection' })
      .command('circulateMinutes')
      .waitsFor('comment:mois', 'comment:mindigital')
      .shows({ draft: 2, objections: 1 });
    given.drafted().when('object', { side: 'mois' }).refuses('ReasonMissing');
  });
});

describe('signatures', () => {
  it('are asked of both co-chairs, who owe them', () => {
    given
      .agreed()
      .mails('meeting.toSign', 'person/shim-bokyun')
      .mails('meeting.toSign', 'person/nikos-p')
      .waitsFor('sign:mois', 'sign:mindigital')
      .isDue('sign:mois', '2018-10-17')
      .command('signMinutes', { side: 'mois' })
      .waitsFor('sign:mindigital')
      .passes('2018-10-17')
      .mails('meeting.sign', 'person/nikos-p', { tone: 'due' });
  });

  it('are refused before the minutes are agreed, a second time, by a stranger, and out of order', () => {
    given.drafted().when('signMinutes', { side: 'mois' }).refuses('WrongStage');
    const one = given.agreed().command('signMinutes', { side: 'mois' });
    one.when('signMinutes', { side: 'mois' }).refuses('AlreadyDone', /mois/);
    one.when('signMinutes', { side: 'klid' }).refuses('NotAParty');
    one.when('signMinutes', { side: 'mindigital', on: '2018-10-02' }).refuses('DateOutOfOrder');
    one.when('signMinutes', { side: 'mindigital', on: '2018-10-05' }).refuses('DateInFuture');
  });

  it('complete the minutes, and the committee hears of them and of what was deferred', () => {
    const two = given.convened({ previous: 'meeting/kr-gr-1' }).command('proposeItem', {
      title: 'Smart cities',
      side: 'mois',
    });
    given
      .held(two)
      .command('defer', { item: 1, reason: 'not read' })
      .command('defer', { item: 2, reason: 'no time' })
      .command('decide', { item: 3, decision: 'Yes' })
      .command('circulateMinutes')
      .command('agreeMinutes', { side: 'mois' })
      .command('agreeMinutes', { side: 'mindigital' })
      .command('signMinutes', { side: 'mindigital' })
      .stands('minutesAgreed')
      .command('signMinutes', { side: 'mois' })
      .stands('minutesSigned')
      .tells('committee/kr-gr', 'recordMinutesSigned', {
        meeting: 'meeting/kr-gr-2',
        on: '2018-10-01',
        deferred: ['Smart cities'],
      })
      .mails('meeting.minutesSigned', 'agency/mois')
      .shows({ minutes: 'signed', signedBy: ['agency/mindigital', 'agency/mois'] })
      .waitsFor();
  });

  it('are owed by the new co-chair after a change, unless the side has signed', () => {
    given
      .agreed()
      .command('changeCoChair', { side: 'mindigital', person: 'new-chair' })
      .passes('2018-10-17')
      .mails('meeting.sign', 'person/new-chair');
    const one = given.agreed().command('signMinutes', { side: 'mois' });
    one.when('changeCoChair', { side: 'mois', person: 'park' }).refuses('AlreadyDone');
    one.when('changeCoChair', { side: 'mindigital', person: 'shim-bokyun' }).refuses('SamePerson');
    given
      .convened()
      .command('changeSecretary', { side: 'mindigital', person: 'new' })
      .passes('2018-09-14')
      .mails('meeting.agenda', 'person/new');
  });
});

describe('the end of a meeting', () => {
  const confirmation = { meeting: 'meeting/kr-gr-3', on: '2018-10-03' };

  it('comes with the confirmation by the next meeting', () => {
    given
      .signed()
      .command('confirmMinutes', confirmation)
      .stands('closed')
      .shows({ minutes: 'confirmed', confirmedBy: 'meeting/kr-gr-3' });
  });

  it('comes with the last signature when the next meeting was quicker', () => {
    const confirmed = given.agreed().command('confirmMinutes', confirmation).stands('minutesAgreed');
    confirmed.when('confirmMinutes', confirmation).refuses('AlreadyDone');
    confirmed.command('signMinutes', { side: 'mois' }).command('signMinutes', { side: 'mindigital' }).stands('closed');
  });

  it('comes by a person who gives a reason when no meeting has confirmed the minutes', () => {
    given.signed().when('close').refuses('ReasonMissing');
    given.signed().command('close', { reason: 'the committee is dissolved' }).stands('closed');
  });

  it('does not come with undecided items or unsigned minutes', () => {
    given
      .held()
      .when('close', { reason: 'r' })
      .refuses('Undecided', /item 1/);
    given
      .decided()
      .when('close', { reason: 'r' })
      .refuses('NotReady', /mois, mindigital/);
    given
      .agreed()
      .command('signMinutes', { side: 'mois' })
      .when('close', { reason: 'r' })
      .refuses('NotReady', /by mindigital;/);
    given.drafted().when('confirmMinutes', confirmation).refuses('WrongStage');
    given.signed().command('close', { reason: 'r' }).when('note', { note: 'n' }).refuses('CaseClosed');
  });
});
