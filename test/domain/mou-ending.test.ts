import { describe, expect, it } from 'vitest';
import { given, notice } from './mou-stages.ts';

const anyTime = { noticeModel: 'anyTime' };

describe('notice until so long before the term ends', () => {
  it('ends the MOU with its term, and tells the others', () => {
    const story = given
      .inEffectOn('2020-03-02')
      .when('giveNotice', notice)
      .mails('mou.noticeGiven', 'agency/mois')
      .mails('mou.noticeGiven', 'person/kim-minji')
      .stands('noticeGiven')
      .shows({ endsOn: '2020-10-20', noticeGivenBy: 'agency/mindigital', noticeGivenOn: '2020-03-02' })
      .waitsFor('end');
    expect(story.mailed('mou.noticeGiven').map(({ to }) => to)).not.toContain('agency/mindigital');
    story
      .passes('2020-10-20')
      .stands('noticeGiven')
      .passes('2020-10-21')
      .happens('terminated')
      .mails('mou.terminated', 'agency/mois')
      .stands('terminated')
      .shows({ endedOn: '2020-10-20' });
  });
  it('is in time on the last day of the window; after it, it is recorded as late and works for the next term', () => {
    const late = given.inEffect().passes('2020-05-04');
    late.when('giveNotice', { ...notice, on: '2020-04-20' }).shows({ endsOn: '2020-10-20' });
    const story = late.when('giveNotice', { ...notice, on: '2020-04-21' }).shows({ endsOn: '2023-10-20' });
    expect(story.last.events).toMatchObject([{ type: 'noticeGiven', lateFor: 1 }, { type: 'planned' }]);
    expect(story.mailed('mou.noticeGiven')[0]?.facts).toMatchObject({ lateFor: 1 });
    story.passes('2020-11-20').stands('noticeGiven').passes('2023-10-21').stands('terminated');
  });
  it('is refused when it is late and the text does not renew by itself', () => {
    const late = given.inEffect({ renewal: 'express' }).passes('2020-05-04');
    late
      .when('giveNotice', { ...notice, on: '2020-04-21' })
      .refuses('DateOutOfOrder', /too late for term 1, which ends on 2020-10-20: it was to be given by 2020-04-20/);
  });
  it('has a window in each term', () => {
    const second = given.inEffect().passes('2023-04-20');
    second.when('giveNotice', { ...notice, on: '2023-04-20' }).shows({ endsOn: '2023-10-20' });
    second
      .passes('2023-04-21')
      .when('giveNotice', { ...notice, on: '2023-04-21' })
      .shows({ endsOn: '2026-10-20' });
  });
  it('given in the term before, and recorded after the renewal, has ended it then', () => {
    const renewed = given.inEffect().passes('2020-11-02').shows({ term: 2 });
    renewed.when('giveNotice', { ...notice, on: '2020-05-04' }).refuses('DateOutOfOrder', /term 1/);
    const ended = renewed
      .command('giveNotice', { ...notice, on: '2020-04-01' })
      .shows({ term: 1, endsOn: '2020-10-20' });
    ended.passes('2020-11-03').stands('terminated').shows({ endedOn: '2020-10-20' });
    given
      .inEffect()
      .passes('2023-11-02')
      .when('giveNotice', { ...notice, on: '2020-04-01' })
      .refuses('DateOutOfOrder');
  });
  it('comes from a side, after the effect, and not from the future', () => {
    given
      .inEffectOn('2020-03-02')
      .when('giveNotice', { ...notice, side: 'klid' })
      .refuses('NotAParty');
    given
      .inEffectOn('2020-03-02')
      .when('giveNotice', { ...notice, on: '2017-10-19' })
      .refuses('DateOutOfOrder', /the effect/);
    given
      .inEffectOn('2020-03-02')
      .when('giveNotice', { ...notice, on: '2020-03-04' })
      .refuses('DateInFuture');
  });
  it('goes before a decision to renew', () => {
    given
      .inEffectOn('2020-03-02')
      .command('renew')
      .command('giveNotice', notice)
      .passes('2020-10-25')
      .stands('terminated');
  });
});

describe('notice at any time', () => {
  it('ends the MOU so long after it, in the next term too', () => {
    const tacit = given.inEffect(anyTime).passes('2020-09-01');
    tacit
      .command('giveNotice', { ...notice, on: '2020-09-01' })
      .shows({ endsOn: '2021-03-01' })
      .passes('2021-03-01')
      .stands('noticeGiven')
      .passes('2021-03-02')
      .stands('terminated');
  });
  it('has no window: the day after decide-by it only ends later', () => {
    const story = given.inEffect(anyTime).isDue('decide:1', '2020-04-20').passes('2020-04-21');
    story.when('giveNotice', { ...notice, on: '2020-04-20' }).shows({ endsOn: '2020-10-20' });
    story.when('giveNotice', { ...notice, on: '2020-04-21' }).shows({ endsOn: '2020-10-21' });
  });
  it('does not carry what lapses beyond its term, unless its renewal was agreed', () => {
    const express = given.inEffect({ ...anyTime, renewal: 'express' }).passes('2020-09-01');
    express.when('giveNotice', { ...notice, on: '2020-09-01' }).shows({ endsOn: '2020-10-20' });
    express
      .command('renew')
      .when('giveNotice', { ...notice, on: '2020-09-01' })
      .shows({ endsOn: '2021-03-01' });
  });
  it('is the only way to end what is valid indefinitely', () => {
    given
      .inEffect({ ...anyTime, renewal: 'none', duration: 'indefinite' })
      .passes('2031-05-05')
      .command('giveNotice', { ...notice, on: '2031-05-05' })
      .shows({ endsOn: '2031-11-05' });
  });
  it('recorded after the end that it leads to has ended the MOU then', () => {
    given
      .inEffect(anyTime)
      .passes('2020-01-07')
      .command('giveNotice', { ...notice, on: '2019-01-07' })
      .passes('2020-01-08')
      .shows({ endedOn: '2019-07-07' });
  });
});

describe('a notice taken back', () => {
  const back = { side: 'mindigital', on: '2020-06-01', note: 'GR 31' };
  it('leaves the MOU in effect, with its dates', () => {
    given
      .noticeGiven()
      .when('withdrawNotice', back)
      .mails('mou.noticeWithdrawn', 'agency/mois')
      .stands('inEffect')
      .shows({ noticeGivenBy: undefined, endsOn: undefined })
      .passes('2020-10-25')
      .shows({ term: 2 });
  });
  it('is taken back by the side that gave it, between the notice and the end', () => {
    given
      .noticeGiven()
      .when('withdrawNotice', { ...back, side: 'mois' })
      .refuses('NotAParty', /mindigital gave the notice/);
    given
      .noticeGiven()
      .when('withdrawNotice', { ...back, on: '2020-03-01' })
      .refuses('DateOutOfOrder');
    given
      .noticeGiven()
      .when('withdrawNotice', { ...back, on: '2020-06-03' })
      .refuses('DateInFuture');
  });
  it('brings a term that has passed meanwhile to its renewal', () => {
    given
      .inEffect(anyTime)
      .passes('2020-09-01')
      .command('giveNotice', { ...notice, on: '2020-09-01' })
      .passes('2020-12-01')
      .command('withdrawNotice', { ...back, on: '2020-12-01' })
      .passes('2020-12-02')
      .shows({ term: 2, termEnds: '2023-10-20' });
  });
});

describe('an end by mutual consent', () => {
  const consent = { on: '2019-05-06', how: 'exchange of notes KR-19-4, GR 88', reason: 'replaced by a treaty' };
  it('comes when the agreed day is over', () => {
    given
      .inEffectOn('2019-05-06')
      .when('terminate', { ...consent, endsOn: '2019-12-31' })
      .mails('mou.endAgreed', 'agency/mindigital')
      .shows({ endsOn: '2019-12-31', endAgreedOn: '2019-05-06' })
      .when('withdrawNotice', { side: 'mois', on: '2019-05-06', note: 'x' })
      .refuses('NotReady')
      .passes('2020-01-02')
      .stands('terminated');
    given
      .inEffectOn('2019-05-06')
      .command('terminate', consent)
      .passes('2019-05-07')
      .stands('terminated')
      .shows({ endedOn: '2019-05-06' });
  });
  it('has a reason, and days in order', () => {
    given
      .inEffectOn('2019-05-06')
      .when('terminate', { ...consent, reason: undefined })
      .refuses('ReasonMissing');
    given
      .inEffectOn('2019-05-06')
      .when('terminate', { ...consent, endsOn: '2019-05-05' })
      .refuses('DateOutOfOrder');
    given
      .inEffectOn('2019-05-06')
      .when('terminate', { ...consent, on: '2017-10-19' })
      .refuses('DateOutOfOrder');
    given
      .inEffectOn('2019-05-06')
      .when('terminate', { ...consent, endsOn: '2099-01-01' })
      .refuses('DateTooFar');
    given
      .inEffect({ renewal: 'none' })
      .passes('2019-05-06')
      .when('terminate', { ...consent, endsOn: '2020-10-21' })
      .refuses('DateOutOfOrder', /It ends on 2020-10-20 anyway/);
  });
});

describe('after the end', () => {
  it('what survives is recorded, then the case is closed', () => {
    given
      .lapsed()
      .isDue('close', '2020-11-19')
      .command('recordSurviving', { activity: 'training of KISA', until: '2021-06-30' })
      .command('recordSurviving', { activity: 'the portal' })
      .shows({ surviving: ['training of KISA (until 2021-06-30)', 'the portal'] })
      .command('close')
      .stands('closed')
      .waitsFor();
  });
  it('the coordinator is reminded to do so', () => {
    given.lapsed().passes('2020-11-20').mails('mou.close', 'person/kim-minji', { tone: 'due' });
  });
  it('and not before, it is closed', () => {
    given.inEffect().when('close').refuses('WrongStage');
  });
});
