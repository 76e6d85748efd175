import { describe, expect, it } from 'vitest';
import { viewOf } from '../../domain/case/view.ts';
import { appointment } from '../../domain/appointment.ts';
import { given, type Story } from './given.ts';
import { toldBy } from './visit-stages.ts';

const opening = {
  id: 'tax-talk',
  title: 'Talk on taxes',
  countries: ['KR', 'RO'],
  form: 'bilateralTalk',
  subject: 'the national tax system',
  on: '2018-10-01',
  place: 'Bucharest',
  owner: 'nts',
  host: 'agency/anaf',
  participants: ['han-jiwoo'],
};
const world = { at: '2018-09-03' };

const planned = (part = {}) => given(appointment, { ...opening, ...part }, world);
const onVisit = () => planned({ visit: 'visit/kr-2018', leg: 2 });
const confirmed = () => planned().command('confirm');
const held = (promised: string[] = [], story: Story = confirmed()) =>
  story
    .passes('2018-10-01')
    .command('recordHeld', { attended: ['han-jiwoo'], outcome: 'Both systems were compared.', promised });

describe('an appointment when it is planned', () => {
  it('asks its host, and tells those who take part', () => {
    planned()
      .stands('planned')
      .waitsFor('confirm', 'record')
      .isDue('confirm', '2018-09-17')
      .isDue('record', '2018-10-04')
      .mails('appointment.asked', 'agency/anaf')
      .mails('appointment.planned', 'agency/nts')
      .mails('appointment.planned', 'person/han-jiwoo');
  });

  it.each([
    ['DateOutOfOrder', { on: '2018-07-01' }, /30 days back/],
    ['DateOutOfOrder', { confirmBy: '2018-10-02' }, /by which it is confirmed/],
    ['InvalidInput', { visit: 'visit/kr-2018' }, /leg: is missing/],
    ['InvalidInput', { form: 'lunch' }, /form/],
  ] as const)('is refused with %s when it says %j', (code, part, because) => {
    planned(part).refuses(code, because);
  });

  it('leaves half of the time at short notice', () => {
    planned({ on: '2018-09-09' }).isDue('confirm', '2018-09-06');
  });

  it('chases its host, and then the coordinator', () => {
    planned()
      .passes('2018-09-19')
      .mails('appointment.confirm', 'agency/anaf', { tone: 'due' })
      .mails('appointment.confirm', 'person/kim-minji', { level: 'coordinator' });
    confirmed().waitsFor('record').passes('2018-09-19').mailsNo();
  });
});

describe('its host', () => {
  it('confirms it, and may say where', () => {
    planned().command('confirm', { place: 'Room 12' }).stands('confirmed').shows({ place: 'Room 12' });
    confirmed().when('confirm').refuses('WrongStage');
  });

  it('may decline: the coordinator finds another day', () => {
    const declined = confirmed().command('decline', { reason: 'a holiday' });
    declined.stands('declined').mails('appointment.declined', 'person/kim-minji').isDue('settle', '2018-09-06');
    declined
      .command('postpone', { to: '2018-10-02', reason: 'a holiday' })
      .stands('planned')
      .waitsFor('confirm:2', 'record:2')
      .mails('appointment.askedAnew', 'agency/anaf')
      .mails('appointment.postponed', 'person/han-jiwoo')
      .when('postpone', { to: '2018-10-02', reason: 'again' })
      .refuses('AlreadyDone');
    declined.when('postpone', { to: '2018-10-02' }).refuses('ReasonMissing');
  });
});

describe('what came of it', () => {
  it('is owed by our agency in charge', () => {
    confirmed().passes('2018-10-08').mails('appointment.record', 'agency/nts', { tone: 'overdue' });
  });

  it('ends it, if nothing was promised', () => {
    held().happens('held', 'closed').stands('closed').shows({ outcome: 'Both systems were compared.' });
    held([], planned()).stands('closed');
  });

  it('stays open until each promise is an action or dropped', () => {
    const open = held(['a list of laws', 'a second talk']);
    open.stands('held').waitsFor('followUps').isDue('followUps', '2018-10-15');
    const half = open.command('openAction', { followUp: 1, owner: 'nts', due: '2018-12-14' });
    half
      .stands('held')
      .opens('action', { slug: 'tax-talk-1', title: 'a list of laws' })
      .when('openAction', { followUp: 1, owner: 'nts', due: '2018-12-14' })
      .refuses('AlreadyDone');
    half.command('dropFollowUp', { followUp: 2, reason: 'no need' }).stands('closed');
    half.when('dropFollowUp', { followUp: 3, reason: 'r' }).refuses('UnknownItem');
    open.when('openAction', { owner: 'nts', due: '2018-12-14' }).refuses('InvalidInput', /topic/);
    open.when('openAction', { followUp: 1, owner: 'nts', due: '2018-09-14' }).refuses('DateOutOfOrder');
  });

  it('is not recorded before it has happened', () => {
    confirmed()
      .when('recordHeld', { attended: ['han-jiwoo'], outcome: 'x' })
      .refuses('DateInFuture');
  });
});

it('tells those who were to come that it is cancelled; of one that was held, whoever has still to see to what was promised', () => {
  confirmed()
    .command('cancel', { reason: 'a strike' })
    .mails('appointment.cancelled', 'agency/anaf')
    .mails('appointment.cancelled', 'person/han-jiwoo');
  const { last } = held(['a list']).passes('2018-10-02').command('cancel', { reason: 'r' });
  expect(last.effects).toMatchObject([{ message: { text: 'case.cancelled' } }]);
});

it('asks those who take part one by one', () => {
  const added = planned().command('addParticipant', { person: 'kim-minji' });
  added
    .mails('appointment.planned', 'person/kim-minji')
    .when('addParticipant', { person: 'kim-minji' })
    .refuses('AlreadyDone');
  added
    .command('removeParticipant', { person: 'han-jiwoo' })
    .mails('appointment.notTakingPart', 'person/han-jiwoo')
    .when('removeParticipant', { person: 'han-jiwoo' })
    .refuses('UnknownItem', /kim-minji/);
});

describe('as an act of a visit', () => {
  const hears = (story: Story, part: object) =>
    story.tells(
      'visit/kr-2018',
      'recordAct',
      expect.objectContaining({ act: 'appointment/tax-talk', leg: 2, ...part }) as never,
    );

  it('tells the visit its day, and what became of it', () => {
    hears(onVisit().shows({ visit: 'visit/kr-2018', leg: 2 }), { standing: 'planned', on: '2018-10-01' });
    hears(onVisit().command('postpone', { to: '2018-10-02', reason: 'r' }), { on: '2018-10-02' });
    hears(onVisit().command('confirm', { place: 'Room 12' }), { place: 'Room 12' });
    hears(held(['a list'], onVisit()), { standing: 'done' });
    hears(onVisit().command('cancel', { reason: 'r' }), { standing: 'cancelled' });
  });

  it('says nothing to a visit that it has left', () => {
    const left = onVisit().command('leaveVisit', { by: 'entente', visit: 'visit/kr-2018' });
    expect(held([], left).effects.filter(({ type }) => type === 'tell')).toHaveLength(1);
  });
});

describe('an appointment that its visit hands over', () => {
  const leave = { by: 'entente', visit: 'visit/kr-2018' };
  const handedOver = (to: string) =>
    onVisit()
      .passes('2018-10-03')
      .command('leaveVisit', { ...leave, to });

  it('is owed by whoever carries it on from then on, with the whole time for it', () => {
    const story = handedOver('agency/mofa')
      .happens('visitLeft', 'handedOver')
      .says(/agency\/mofa carries it on/)
      .shows({ owner: 'agency/mofa', visit: undefined })
      .isDue('record', '2018-10-08');
    expect(story.state.deadlines['record']?.plan.basis).toContain('agency/mofa');
    story.passes('2018-10-08').mails('appointment.record', 'agency/mofa', { tone: 'due' });
    expect(toldBy(story.passes('2018-12-01'), 'appointment.record')).not.toContain('agency/nts');
  });

  it('can be carried on by a person, who also sees to what was promised there', () => {
    const story = handedOver('person/jung-sooyeon').command('recordHeld', {
      attended: ['han-jiwoo'],
      outcome: 'Both systems were compared.',
      promised: ['an example'],
    });
    expect(viewOf(appointment, story.state).owner).toBe('person/jung-sooyeon');
    expect(story.state.deadlines['followUps']?.plan.basis).toContain('person/jung-sooyeon');
  });

  it('keeps its owner when it only leaves, or is handed to the same agency', () => {
    onVisit().command('leaveVisit', leave).happens('visitLeft').shows({ owner: 'agency/nts' });
    onVisit()
      .command('leaveVisit', { ...leave, to: 'agency/nts' })
      .happens('visitLeft');
  });
});
