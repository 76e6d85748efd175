import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../domain/refusal.ts';
import { decide } from '../../domain/case/command.ts';
import { system } from '../../domain/case/due.ts';
import { evolve } from '../../domain/case/evolve.ts';
import type { Story } from './given.ts';
import { visit } from '../../domain/visit.ts';
import { effectsOf } from '../../domain/case/effects.ts';
import { given, report, toldBy } from './visit-stages.ts';

const meeting = 'meeting/kr-gr-2';
const mou = 'mou/kr-ro';
const appointment = 'appointment/kr-2018-3';

const withActs = (story = given.confirmed()): Story =>
  story
    .command('addAct', { act: meeting, leg: 1 })
    .command('recordAct', report(meeting, 1, { on: '2018-09-28', place: 'Athens' }))
    .command('addAct', { act: mou, country: 'RO' })
    .command('recordAct', report(mou, 2, { on: '2018-10-01', place: 'Bucharest' }))
    .command('planAppointment', { form: 'siteVisit', subject: 'the data centre', on: '2018-10-02', country: 'RO' })
    .command('recordAct', report(appointment, 2, { on: '2018-10-02' }));

describe('an act', () => {
  it('is told where and when its leg is, and tells its day', () => {
    const asked = given.confirmed().command('addAct', { act: meeting, leg: 1 });
    asked.tells(meeting, 'joinVisit', {
      visit: 'visit/kr-2018',
      leg: 1,
      country: 'GR',
      from: '2018-09-27',
      to: '2018-09-30',
    });
    asked.shows({ acts: ['meeting/kr-gr-2 on leg 1:  (asked)'] });
    asked
      .command('recordAct', report(meeting, 1, { on: '2018-09-28' }))
      .mailsNo()
      .shows({ acts: ['meeting/kr-gr-2 on leg 1: The act meeting/kr-gr-2, 2018-09-28 (planned)'] });
  });

  it('is of a kind that can be one, on a leg that there is, once', () => {
    const story = given.confirmed();
    story.when('addAct', { act: 'action/portal', leg: 1 }).refuses('WrongKind');
    story.when('addAct', { act: meeting, country: 'BG' }).refuses('UnknownCountry', /GR, 2018-09-27/);
    story.when('addAct', { act: meeting, leg: 7 }).refuses('UnknownItem');
    story.when('addAct', { act: meeting, leg: 1, country: 'RO' }).refuses('UnknownCountry', /goes to GR/);
    story.when('addAct', { act: meeting }).refuses('InvalidInput', /number or country/);
    withActs().when('addAct', { act: meeting, leg: 1 }).refuses('AlreadyDone');
  });

  it('is opened as a case of its own, on a day of its leg', () => {
    const planned = given.confirmed().command('planAppointment', {
      form: 'bilateralTalk',
      subject: 'taxes',
      on: '2018-10-01',
      country: 'RO',
    });
    planned.opens('appointment', {
      slug: 'kr-2018-1',
      countries: ['KR', 'RO'],
      input: {
        form: 'bilateralTalk',
        subject: 'taxes',
        on: '2018-10-01',
        owner: 'mofa',
        host: 'person/ionescu-andreea',
        participants: [],
        place: 'Bucharest',
        visit: 'visit/kr-2018',
        leg: 2,
      },
    });
    planned
      .when('planAppointment', { form: 'siteVisit', subject: 'x', on: '2018-09-28', country: 'RO' })
      .refuses('DateOutOfOrder', /no day of leg 2/);
    planned
      .command('planWorkshop', { subject: 'e-government', from: '2018-10-01', leg: 2 })
      .opens('workshop', { slug: 'kr-2018-2', title: 'Workshop on e-government' })
      .when('planWorkshop', { subject: 'e-government', from: '2018-10-02', to: '2018-10-03', leg: 2 })
      .refuses('DateOutOfOrder');
    planned
      .when('planAppointment', { form: 'siteVisit', subject: 'x', on: '2018-10-01', leg: 2, id: 'kr-2018-1' })
      .refuses('AlreadyDone');
  });

  it('that moves out of its leg by itself is shown to the coordinator', () => {
    withActs()
      .command('recordAct', report(meeting, 1, { on: '2018-10-05' }))
      .mails('visit.actOutside', 'person/kim-minji');
  });

  it('is on record as done or called off when it says so', () => {
    withActs()
      .command('recordAct', report(meeting, 1, { standing: 'done', on: '2018-09-28' }))
      .shows({ acts: expect.arrayContaining([expect.stringMatching(/^meeting.*\(done\)$/)]) });
  });
});

describe('a case that refuses what the visit asks of it', () => {
  const refusedBy = (story: Story, act: string, command: string) => {
    const { state, now } = story;
    const event = {
      type: 'inVain',
      case: act,
      command,
      because: `${act} is over.`,
      number: state.number + 1,
      at: now,
      by: system,
    };
    const after = evolve(visit, state, event);
    return { after, effects: effectsOf(visit, after, event) };
  };

  it('is a matter for the coordinator until it is settled', () => {
    const { after } = refusedBy(given.confirmed().command('addAct', { act: meeting, leg: 1 }), meeting, 'joinVisit');
    const due = visit.deadlines(after.subject, after).find(({ name }) => name === `refused:${meeting}`);
    expect(due).toMatchObject({ owedBy: 'person/kim-minji', due: { on: '2018-06-01', workingDays: 1 } });
    expect(visit.facts(after.subject, after)['acts']).toEqual([expect.stringContaining('is over.')]);
    const body = { by: 'kim-minji', act: meeting, leg: 1 };
    const again = decide(visit, after, { id: 'again', name: 'addAct', body }, after.lastAt);
    expect(isRefusal(again) ? again : again.map(({ type }) => type)).toEqual(['actAdded']);
  });

  it('is nobody’s matter once it is no longer an act', () => {
    const dropped = withActs().command('dropAct', { act: meeting, reason: 'r' });
    const { after } = refusedBy(dropped, meeting, 'leaveVisit');
    expect(visit.deadlines(after.subject, after).map(({ name }) => name)).not.toContain(`refused:${meeting}`);
  });
});

describe('moving a leg', () => {
  const moved = () =>
    withActs().command('moveLeg', { leg: 2, from: '2018-10-01', to: '2018-10-02', reason: 'a strike' });

  it('moves its acts by as many days, within the leg, with the reason', () => {
    moved()
      .stands('proposed')
      .tells(mou, 'postponeSigning', { to: '2018-10-02', reason: 'a strike' })
      .shows({ legs: expect.arrayContaining([expect.stringMatching(/^2\. RO, 2018-10-01 to 2018-10-02/)]) });
    const told = moved().last.effects.flatMap((effect) => (effect.type === 'tell' ? [effect.case] : []));
    expect(told).toEqual([mou]);
  });

  it('asks its host anew, and tells those who go there and nobody else', () => {
    expect(toldBy(moved(), 'visit.legAskedAnew')).toEqual(['person/ionescu-andreea']);
    expect(toldBy(moved(), 'visit.legMoved').sort()).toEqual([
      'agency/klid',
      'agency/mofa',
      'agency/mois',
      'person/jung-sooyeon',
      'person/park-jisoo',
      'person/shim-bo-kyun',
    ]);
    moved().isDue('confirm:2-2', '2018-09-10');
  });

  it('is refused where it would overlap, leave the visit, or change nothing', () => {
    const story = withActs();
    const move = (part: object) => story.when('moveLeg', { leg: 2, reason: 'r', ...part });
    move({ from: '2018-09-29' }).refuses('DateOutOfOrder', /overlaps leg 1/);
    move({ from: '2018-10-01' }).refuses('DateOutOfOrder', /outside the visit/);
    move({ from: '2018-09-30' }).refuses('AlreadyDone');
    story.when('moveLeg', { leg: 2, from: '2018-10-01', to: '2018-10-02' }).refuses('ReasonMissing');
  });
});

describe('cancelling a leg', () => {
  const cancelled = () => withActs().command('cancelLeg', { leg: 1, reason: 'a strike' });

  it('calls off its acts, and nobody else’s', () => {
    cancelled().tells(meeting, 'cancel', { reason: 'a strike' }).stands('confirmed');
    const told = cancelled().last.effects.flatMap((effect) => (effect.type === 'tell' ? [effect.case] : []));
    expect(told).toEqual([meeting]);
    const other = withActs().command('cancelLeg', { leg: 2, reason: 'a strike' });
    other.tells(mou, 'callOffSigning', { reason: 'a strike' }).tells(appointment, 'cancel');
  });

  it('tells its host and those who go there, not those of the other leg', () => {
    expect(toldBy(cancelled(), 'visit.legCancelled').sort()).toEqual([
      'agency/klid',
      'agency/mar',
      'agency/mofa',
      'agency/mois',
      'person/jung-sooyeon',
      'person/shim-bo-kyun',
    ]);
    expect(cancelled().last.effects.filter(({ type }) => type === 'mail')).toHaveLength(6);
  });

  it('lets go an act that has no day yet, such as a signing still to be arranged', () => {
    given
      .confirmed()
      .command('addAct', { act: mou, leg: 2 })
      .command('recordAct', report(mou, 2))
      .command('cancelLeg', { leg: 2, reason: 'r' })
      .tells(mou, 'leaveVisit', { visit: 'visit/kr-2018' })
      .shows({ acts: [expect.stringContaining('(dropped)')] });
  });

  it('happens once', () => {
    cancelled().when('cancelLeg', { leg: 1, reason: 'r' }).refuses('WrongStage');
  });
});

describe('the whole visit', () => {
  it('is postponed with its legs and acts, and every host is asked anew', () => {
    const postponed = withActs().command('postpone', { from: '2018-10-04', reason: 'elections' });
    postponed
      .stands('proposed')
      .knows({ from: '2018-10-04', to: '2018-10-09', firstFrom: '2018-09-27' })
      .tells(meeting, 'postpone', { to: '2018-10-05', reason: 'elections' })
      .tells(mou, 'postponeSigning', { to: '2018-10-08', reason: 'elections' })
      .tells(appointment, 'postpone', { to: '2018-10-09', reason: 'elections' })
      .waitsFor('confirm:1-2', 'confirm:2-2', 'briefingBook', 'departure');
    expect(toldBy(postponed, 'visit.legAskedAnew')).toEqual(['agency/mar', 'person/ionescu-andreea']);
    postponed.when('postpone', { from: '2018-10-04', reason: 'r' }).refuses('AlreadyDone');
  });

  it('changes its own days only around its legs', () => {
    withActs()
      .command('changeDates', { to: '2018-10-04', reason: 'a day more' })
      .mails('visit.datesChanged', 'agency/klid')
      .when('changeDates', { to: '2018-10-01', reason: 'r' })
      .refuses('DateOutOfOrder', /Leg 2/);
  });

  it('is cancelled with its acts; hosts and delegation are told', () => {
    withActs()
      .command('cancel', { reason: 'elections' })
      .tells(meeting, 'cancel', { reason: 'elections' })
      .tells(mou, 'callOffSigning')
      .mails('visit.cancelledForHost', 'agency/mar')
      .mails('visit.cancelled', 'person/shim-bo-kyun');
  });

  it('is closed only when each act is done, called off or handed over', () => {
    const reported = withActs().passes('2018-10-03').command('submitReport', { report: 'Done.' });
    reported
      .waitsFor('close', `act:${meeting}`, `act:${mou}`, `act:${appointment}`)
      .when('close')
      .refuses('NotReady', /meeting\/kr-gr-2, mou\/kr-ro, appointment\/kr-2018-3 are not done/);
    reported
      .command('recordAct', report(meeting, 1, { standing: 'done' }))
      .command('recordAct', report(mou, 2, { standing: 'cancelled' }))
      .command('handOverAct', { act: appointment, to: 'agency/klid', reason: 'next time' })
      .mails('visit.actHandedOver', 'agency/klid')
      .tells(appointment, 'leaveVisit', { visit: 'visit/kr-2018', to: 'agency/klid' })
      .command('close')
      .stands('closed');
    reported.when('handOverAct', { act: 'meeting/x', to: 'agency/klid', reason: 'r' }).refuses('UnknownItem');
  });
});
