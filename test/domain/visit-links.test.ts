import { describe, expect, it } from 'vitest';
import type { Story } from './given.ts';
import { given as meetings } from './meeting-stages.ts';
import { given as mous } from './mou-stages.ts';

const meeting = 'meeting/kr-gr-2';
const leg = { visit: 'visit/kr-2018', leg: 1, country: 'GR', from: '2018-09-27', to: '2018-09-30' };
const told = { by: 'entente' };

describe('a meeting on a visit', () => {
  const joined = () => meetings.convened().command('joinVisit', { ...told, ...leg });
  const visitHears = (story: Story, part: object) =>
    story.tells('visit/kr-2018', 'recordAct', expect.objectContaining({ act: meeting, leg: 1, ...part }) as never);

  it('knows its visit and tells it each of its steps', () => {
    visitHears(joined().shows({ visit: 'visit/kr-2018', leg: 1 }), { on: '2018-09-28', standing: 'planned' });
    visitHears(joined().command('postpone', { to: '2018-09-29', reason: 'r' }), { on: '2018-09-29' });
    visitHears(joined().command('cancel', { reason: 'r' }), { standing: 'cancelled' });
    const held = meetings.held(joined());
    visitHears(held, { standing: 'done', on: '2018-09-28' });
  });

  it('is of one visit at a time, in its country, on its days', () => {
    joined()
      .when('joinVisit', { ...told, ...leg, visit: 'visit/other' })
      .refuses('AlreadyDone', /visit\/kr-2018/);
    const convened = meetings.convened();
    convened.when('joinVisit', { ...told, ...leg, country: 'RO' }).refuses('UnknownCountry', /concerns KR, GR/);
    convened.when('joinVisit', { ...told, ...leg, from: '2018-10-01', to: '2018-10-02' }).refuses('DateOutOfOrder');
  });

  it('leaves it when told', () => {
    const left = joined().command('leaveVisit', { ...told, visit: leg.visit });
    expect(left.state.subject).not.toHaveProperty('onVisit');
    left.when('leaveVisit', { ...told, visit: leg.visit }).refuses('AlreadyDone');
    // A meeting has no owner that could change.
    joined()
      .command('leaveVisit', { ...told, visit: leg.visit, to: 'agency/klid' })
      .happens('visitLeft');
    expect(left.command('postpone', { to: '2018-09-29', reason: 'r' }).last.effects).not.toContainEqual(
      expect.objectContaining({ command: 'recordAct' }),
    );
  });
});

describe('a signing on a visit', () => {
  const here = { ...told, ...leg, from: '2017-10-18', to: '2017-10-22' };
  const joined = () => mous.arranged().command('joinVisit', here);
  const visitHears = (story: Story, part: object) =>
    story.tells('visit/kr-2018', 'recordAct', expect.objectContaining(part) as never);

  it('is moved with signatories and witnesses as arranged', () => {
    const moved = joined().command('postponeSigning', { to: '2017-10-21', reason: 'a strike' });
    moved
      .stands('signingArranged')
      .shows({ signingOn: '2017-10-21', place: 'Athens, Maximos Mansion' })
      .isDue('signing', '2017-10-21')
      .mails('mou.signingPostponed', 'agency/mindigital');
    expect(moved.state.subject).toMatchObject({ inPresenceOf: [expect.any(String), expect.any(String)] });
    visitHears(moved, { on: '2017-10-21', standing: 'planned' });
    moved.when('postponeSigning', { to: '2017-10-21', reason: 'r' }).refuses('AlreadyDone');
  });

  it('is called off without ending the MOU, which is free for another visit', () => {
    const calledOff = joined().command('callOffSigning', { reason: 'a strike' });
    calledOff.stands('textAgreed').mails('mou.signingCalledOff', 'agency/mois').isDue('arrangeSigning', '2017-06-01');
    visitHears(calledOff, { standing: 'cancelled' });
    calledOff.command('joinVisit', { ...here, visit: 'visit/kr-2019' });
    calledOff.when('callOffSigning', { reason: 'r' }).refuses('WrongStage');
  });

  it('cannot be called off once a side has signed', () => {
    joined()
      .passes('2017-10-20')
      .command('sign', { side: 'mois', signatory: 'Kim Boo-kyum', on: '2017-10-20' })
      .when('callOffSigning', { reason: 'r' })
      .refuses('AlreadyDone');
  });

  it('tells the visit when it is done, and when its due date is moved', () => {
    const first = joined()
      .passes('2017-10-20')
      .command('sign', { side: 'mois', signatory: 'Kim Boo-kyum', on: '2017-10-20' });
    expect(first.last.effects).not.toContainEqual(expect.objectContaining({ command: 'recordAct' }));
    visitHears(first.command('sign', { side: 'mindigital', signatory: 'Nikos Pappas', on: '2017-10-20' }), {
      standing: 'done',
      on: '2017-10-20',
    });
    visitHears(joined().command('moveDeadline', { deadline: 'signing', to: '2017-10-22', reason: 'r' }), {
      on: '2017-10-22',
    });
  });
});
