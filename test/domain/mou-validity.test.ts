import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plus } from '../../domain/dates.ts';
import { given } from './mou-stages.ts';

const express = { renewal: 'express', noticeModel: 'anyTime' };
const once = { renewal: 'none', noticeModel: 'anyTime' };

describe('what a text can say of its validity', () => {
  it.each([
    [{ duration: 'indefinite', renewal: 'tacit' }, /renewal/],
    [{ duration: 'indefinite', noticeModel: 'beforeTermEnds' }, /notice-model/],
    [{ duration: 'P3Y', renewalFor: 'P1Y' }, /renewalFor/],
    [{ duration: 'P20D' }, /28 days or more/],
    [{ duration: 'P0D' }, /duration/],
    [{ duration: 'P6M', renewal: 'tacit', notice: 'P6M' }, /notice/],
    [{ duration: 'P3Y', renewal: 'tacit', renewalFor: 'P3M', notice: 'P6M' }, /P3M/],
    [{ duration: 'three years' }, /duration/],
  ])('not %j', (said, because) => {
    given.proposed().when('setTerms', said).refuses('InvalidInput', because);
    given.proposed(said).refuses('InvalidInput', because);
  });
  it('becomes known bit by bit', () => {
    given
      .proposed()
      .command('setTerms', { duration: 'P3Y', renewal: 'tacit', renewalFor: 'P1Y' })
      .command('setTerms', { notice: 'P6M', effect: 'onNotifications' })
      .shows({ duration: 'P3Y', renewal: 'tacit', renewalFor: 'P1Y', notice: 'P6M', noticeModel: 'anyTime' })
      .shows({ effect: 'onNotifications' })
      .command('setTerms', { renewal: 'none' })
      .shows({ renewalFor: undefined });
  });
});

describe('an MOU that renews tacitly', () => {
  it('renews by itself when the term is over, at that instant, and tells all sides', () => {
    const story = given.inEffect().passes('2020-10-25').happens('renewed').stands('inEffect');
    expect(story.last.events.find(({ type }) => type === 'renewed')).toMatchObject({
      at: '2020-10-20T15:00:00.000Z',
      how: 'tacit',
    });
    expect(story.mailed('mou.renewed').map(({ to }) => to)).toEqual([
      'agency/mois',
      'agency/mindigital',
      'person/kim-minji',
    ]);
    story.shows({ term: 2, termStarted: '2020-10-20', termEnds: '2023-10-20', noticeBy: '2023-04-20' });
  });
  it('computes everything from the current term, after any number of renewals', () => {
    const story = given.inEffect().passes('2047-11-01');
    story.shows({ term: 11, termEnds: '2050-10-20', noticeBy: '2050-04-20', decideBy: '2050-04-20' });
    story.waitsFor('decide:11', 'termEnd:11').isDue('decide:11', '2050-04-20').isDue('termEnd:11', '2050-10-20');
    expect(story.mailed('mou.renewed').length).toBe(10 * 3);
    expect(story.mailed('mou.decide').length).toBe(10 * 7);
  });
  it('is in its n-th term after n - 1 renewals, and warns of that one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 25 }),
        fc.constantFrom('P1Y', 'P2Y'),
        fc.integer({ min: 1, max: 364 }),
        (terms, duration, days) => {
          const years = Number(duration.slice(1, 2));
          const day = plus('2017-10-20', `P${(terms - 1) * years}Y${days}D`);
          const story = given.inEffect({ duration, notice: 'P3M' }).passes(day);
          const ends = plus('2017-10-20', `P${terms * years}Y`);
          story.shows({ term: terms, termEnds: ends }).isDue(`termEnd:${terms}`, ends);
          expect(story.state.deadlines[`decide:${terms}`]?.firstDue.slice(0, 7)).toBe(`${ends.slice(0, 4)}-07`);
          expect(
            Object.entries(story.state.deadlines).filter(([name, { open }]) => open && !name.endsWith(`:${terms}`)),
          ).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });
  it('is not warned of any more once it was decided to let it renew', () => {
    const decided = given.inEffect().passes('2019-01-07').command('renew').waitsFor('termEnd:1');
    const story = decided.passes('2020-10-25').shows({ term: 2 }).waitsFor('decide:2', 'termEnd:2');
    expect(story.mailed('mou.decide')).toEqual([]);
    decided.when('renew').refuses('AlreadyDone');
  });
  it('cannot be let lapse without a notice', () => {
    given
      .inEffect()
      .when('letLapse', { reason: 'r' })
      .refuses('NotReady', /give-notice/);
  });
  it('comes through an outage of years one term after the other', () => {
    const story = given.inEffect().sleeps('2027-01-05').shows({ term: 4, termEnds: '2029-10-20' });
    expect(
      story
        .mailed('mou.renewed')
        .filter(({ to }) => to === 'agency/mois')
        .map(({ at }) => at.slice(0, 10)),
    ).toEqual(['2020-10-20', '2023-10-20', '2026-10-20']);
  });
});

describe('an MOU that is renewed expressly', () => {
  it('lapses if nothing was agreed', () => {
    const story = given.inEffect(express).isDue('decide:1', '2020-10-20').passes('2020-10-25').stands('lapsed');
    expect(story.mailed('mou.lapsed').map(({ to }) => to)).toEqual([
      'agency/mois',
      'agency/mindigital',
      'person/kim-minji',
    ]);
    story.shows({ endedOn: '2020-10-20' }).waitsFor('close');
  });
  it('goes on after the current term, not before, once a renewal was agreed', () => {
    const agreed = given
      .inEffect(express)
      .passes('2020-03-02')
      .command('renew', { for: 'P1Y', note: 'KR-20-3, GR 77' });
    agreed.shows({ term: 1, termEnds: '2020-10-20' }).waitsFor('termEnd:1');
    agreed
      .passes('2020-10-25')
      .shows({ term: 2, termEnds: '2021-10-20', renewal: 'express' })
      .waitsFor('decide:2', 'termEnd:2');
    agreed.passes('2021-10-25').stands('lapsed');
  });
  it('lives on when a renewal agreed in time is recorded after it lapsed; not when it was agreed too late', () => {
    const lapsed = given.inEffect(express).passes('2020-10-26').stands('lapsed');
    lapsed.when('renew', { on: '2020-10-21' }).refuses('DateOutOfOrder', /Term 1 ended on 2020-10-20/);
    lapsed
      .when('renew', { on: '2020-10-19' })
      .mails('mou.renewed', 'agency/mois')
      .stands('inEffect')
      .shows({ term: 2, termEnds: '2023-10-20', endedOn: undefined });
  });
  it('is not warned of any more once it was decided to let it lapse; the decision can be changed', () => {
    const decided = given.inEffect(express).when('letLapse', { reason: 'superseded' }).waitsFor('termEnd:1');
    decided.when('letLapse', { reason: 'again' }).refuses('AlreadyDone');
    decided.passes('2020-10-25').stands('lapsed');
    decided.command('renew').passes('2020-10-25').stands('inEffect');
  });
});

describe('an MOU without renewal, or without end', () => {
  it('lapses with its only term', () => {
    const story = given.inEffect(once);
    story.when('renew').refuses('NotReady', /amend/);
    story.passes('2020-10-25').stands('lapsed').when('renew', { on: '2020-10-01' }).refuses('NotReady');
  });
  it('runs on for decades without a date to decide', () => {
    const forever = given
      .inEffect({ ...once, duration: 'indefinite' })
      .waitsFor()
      .passes('2060-01-01')
      .stands('inEffect');
    forever.shows({ termEnds: undefined, decideBy: undefined });
    forever.when('renew').refuses('NotReady');
    forever.when('letLapse', { reason: 'r' }).refuses('NotReady');
  });
});

describe('an amendment', () => {
  const protocol = {
    what: 'Article 8: five years',
    on: '2019-05-06',
    how: 'signed',
    signatories: ['mois: Chin Young, Minister', 'mindigital: Nikos Pappas, Minister'],
  };
  it('is signed by all sides, or made by notes with numbers', () => {
    given
      .inEffectOn('2019-05-06')
      .when('amend', { ...protocol, signatories: [] })
      .refuses('InvalidInput', /all sides sign/);
    given
      .inEffectOn('2019-05-06')
      .when('amend', { ...protocol, signatories: ['mois: A', 'mois: B'] })
      .refuses('InvalidInput');
    given
      .inEffectOn('2019-05-06')
      .when('amend', { ...protocol, how: 'exchangeOfNotes' })
      .refuses('InvalidInput', /note/);
    given
      .inEffectOn('2019-05-06')
      .when('amend', { ...protocol, how: 'exchangeOfNotes', note: 'KR-19-1' })
      .mails('mou.amended', 'agency/mois');
  });
  it('of the duration holds for the current term too, and moves all its dates', () => {
    given
      .inEffectOn('2019-05-06')
      .command('amend', { ...protocol, duration: 'P5Y' })
      .shows({ term: 1, termEnds: '2022-10-20', amendments: 1, amendedOn: '2019-05-06' })
      .isDue('decide:1', '2022-04-20')
      .isDue('termEnd:1', '2022-10-20')
      .passes('2022-10-25')
      .shows({ term: 2, termEnds: '2027-10-20' });
  });
  it('of something else leaves the term, and what was decided on it, alone', () => {
    const decided = given.inEffectOn('2019-05-06').command('renew');
    decided.when('amend', protocol).shows({ termEnds: '2020-10-20', termDecision: 'renew' }).waitsFor('termEnd:1');
    decided
      .when('amend', { ...protocol, notice: 'P3M' })
      .waitsFor('decide:1', 'termEnd:1')
      .isDue('decide:1', '2020-07-20');
  });
  it('may name the day on which the current term ends; later terms are counted from it', () => {
    given
      .inEffectOn('2019-05-06')
      .command('amend', { ...protocol, termEnds: '2020-12-31' })
      .isDue('termEnd:1', '2020-12-31')
      .passes('2021-01-04')
      .shows({ term: 2, termStarted: '2020-12-31', termEnds: '2023-12-31' });
  });
  it('may make it indefinite, and then it is only ended by notice at any time', () => {
    const forever = { duration: 'indefinite', renewal: 'none', noticeModel: 'anyTime' };
    given
      .inEffectOn('2019-05-06')
      .when('amend', { ...protocol, duration: 'indefinite' })
      .refuses('InvalidInput');
    given
      .inEffectOn('2019-05-06')
      .when('amend', { ...protocol, ...forever, termEnds: '2030-01-01' })
      .refuses('InvalidInput');
    given
      .inEffectOn('2019-05-06')
      .when('amend', { ...protocol, ...forever })
      .shows({ termEnds: undefined })
      .waitsFor();
  });
  it('lies after the effect and the amendment before, and before the end that it sets', () => {
    given
      .inEffectOn('2019-05-06')
      .when('amend', { ...protocol, on: '2017-10-19' })
      .refuses('DateOutOfOrder');
    given
      .inEffectOn('2019-05-06')
      .command('amend', protocol)
      .when('amend', { ...protocol, on: '2019-05-05' })
      .refuses('DateOutOfOrder');
    given
      .inEffectOn('2019-05-06')
      .when('amend', { ...protocol, duration: 'P1Y', notice: 'P1M' })
      .refuses('DateOutOfOrder', /2018-10-20/);
    given
      .inEffectOn('2019-05-06')
      .when('amend', { ...protocol, on: '2019-05-08' })
      .refuses('DateInFuture');
  });
});
