import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { type CivilDate, daysBetween, plus } from '../../domain/dates.ts';
import {
  decideBy,
  endAfterNotice,
  firstTerm,
  nextTerm,
  noticeBy,
  termOn,
  type Validity,
} from '../../domain/mou/terms.ts';
import { addWorkingDays, dueDayOf, mondayToFriday } from '../../domain/planning.ts';

const text = (said: Partial<Validity> = {}): Validity => ({
  duration: 'P3Y',
  renewal: 'tacit',
  noticeModel: 'beforeTermEnds',
  notice: 'P6M',
  ...said,
});
const endsFrom = (effect: CivilDate, validity: Validity, terms: number): (string | undefined)[] => {
  let term = firstTerm(effect, validity);
  return Array.from({ length: terms }, () => {
    const { ends } = term;
    term = nextTerm(term, validity);
    return ends;
  });
};

describe('the terms of validity', () => {
  it('run through the same date of a later year, and follow one another', () => {
    expect(endsFrom('2017-10-20', text(), 3)).toEqual(['2020-10-20', '2023-10-20', '2026-10-20']);
  });
  it('from a leap day end on 28 February, and on the 29th whenever there is one', () => {
    const yearly = text({ duration: 'P1Y', notice: 'P1M' });
    expect(endsFrom('2020-02-29', yearly, 5)).toEqual([
      '2021-02-28',
      '2022-02-28',
      '2023-02-28',
      '2024-02-29',
      '2025-02-28',
    ]);
  });
  it('from the last of a month end on the last of the shorter ones, and do not stay there', () => {
    const monthly = text({ duration: 'P1M', notice: 'P7D' });
    expect(endsFrom('2021-01-31', monthly, 4)).toEqual(['2021-02-28', '2021-03-31', '2021-04-30', '2021-05-31']);
  });
  it('may be renewed for another period than the first', () => {
    expect(endsFrom('2017-10-20', text({ duration: 'P5Y', renewalFor: 'P2Y' }), 3)).toEqual([
      '2022-10-20',
      '2024-10-20',
      '2026-10-20',
    ]);
  });
  it('do not exist in what is valid indefinitely', () => {
    const forever = text({ duration: 'indefinite', renewal: 'none', noticeModel: 'anyTime' });
    const term = firstTerm('2017-10-20', forever);
    expect(term.ends).toBeUndefined();
    expect(nextTerm(term, forever)).toEqual(term);
    expect([noticeBy(term, forever), decideBy(term, forever)]).toEqual([undefined, undefined]);
  });
});

/** Each runs through decades of terms. */
const numRuns = 40;

const effect = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const lengths = fc.constantFrom('P1Y', 'P2Y', 'P3Y', 'P5Y', 'P18M', 'P1Y6M', 'P6M', 'P90D');
const notices = fc.constantFrom('P30D', 'P1M', 'P60D', 'P2M');
const models = fc.constantFrom('anyTime' as const, 'beforeTermEnds' as const);
const tacit: fc.Arbitrary<Validity> = fc.record({
  duration: lengths,
  renewal: fc.constant('tacit' as const),
  renewalFor: lengths,
  noticeModel: models,
  notice: notices,
});
const many = fc.integer({ min: 1, max: 60 });

/** The n-th term worked out anew from the day of effect, by counting in months and days and never from the term before. */
function endOf(from: CivilDate, { duration, renewalFor = duration }: Validity, number: number): CivilDate {
  const [first, other] = [Temporal.Duration.from(duration), Temporal.Duration.from(renewalFor)];
  const times = number - 1;
  return Temporal.PlainDate.from(from)
    .add({
      months: first.years * 12 + first.months + times * (other.years * 12 + other.months),
      days: first.days + times * other.days,
    })
    .toString();
}

const nth = (from: CivilDate, validity: Validity, number: number) => {
  let term = firstTerm(from, validity);
  while (term.number < number) term = nextTerm(term, validity);
  return term;
};

describe('over decades of tacit renewals', () => {
  it('the n-th end is n periods after the effect, and the next term starts with it', () => {
    const rule = fc.property(effect, tacit, many, (from, validity, number) => {
      const term = nth(from, validity, number);
      expect(term.ends).toBe(endOf(from, validity, number));
      expect(nextTerm(term, validity)).toMatchObject({ number: number + 1, starts: term.ends });
    });
    fc.assert(rule, { numRuns });
  });
  it('there is one term for each day', () => {
    const rule = fc.property(effect, tacit, fc.nat(20_000), (from, validity, days) => {
      const day = plus(from, `P${days}D`);
      const term = termOn(day, firstTerm(from, validity), validity);
      expect(term.ends && day <= term.ends).toBe(true);
      expect(term.number === 1 || day > term.starts).toBe(true);
    });
    fc.assert(rule, { numRuns });
  });
  it('notice-by and decide-by lie in the n-th term, not in the first', () => {
    const calendar = mondayToFriday('Asia/Seoul');
    const rule = fc.property(effect, tacit, many, (from, validity, number) => {
      const term = nth(from, validity, number);
      const last = noticeBy(term, validity) ?? '';
      expect(last > term.starts && last < (term.ends ?? '')).toBe(true);
      const due = dueDayOf(calendar, decideBy(term, validity) ?? { on: '' });
      expect(daysBetween(due, last)).toBeLessThanOrEqual(2);
      expect(due <= last).toBe(true);
      // No working day between the two: it is the last one on which notice can still be given.
      expect(addWorkingDays(calendar, due, 1) > last).toBe(true);
    });
    fc.assert(rule, { numRuns });
  });
});

describe('the two models of notice', () => {
  const any = text({ renewal: 'tacit', noticeModel: 'anyTime', duration: 'P1Y' });
  it('at any time: notice on the last day still ends it with the term, a day later does not', () => {
    const rule = fc.property(effect, lengths, notices, many, (from, duration, notice, number) => {
      const validity = text({ noticeModel: 'anyTime', duration, notice });
      const term = nth(from, validity, number);
      const last = noticeBy(term, validity) ?? '';
      expect(endAfterNotice(last, term, validity, true) <= (term.ends ?? '')).toBe(true);
      expect(endAfterNotice(plus(last, 'P1D'), term, validity, true) > (term.ends ?? '')).toBe(true);
    });
    fc.assert(rule, { numRuns });
  });
  it('before the term ends: it ends with the term', () => {
    const rule = fc.property(effect, tacit, many, (from, validity, number) => {
      const windowed: Validity = { ...validity, noticeModel: 'beforeTermEnds' };
      const term = nth(from, windowed, number);
      expect(endAfterNotice(term.starts, term, windowed, true)).toBe(term.ends);
    });
    fc.assert(rule, { numRuns });
  });
  it('at any time: six months after notice, whatever the day', () => {
    const term = firstTerm('2020-09-01', any);
    expect(endAfterNotice('2020-10-15', term, any, true)).toBe('2021-04-15');
    // Six months after 31 August are 28 February.
    expect(noticeBy(firstTerm('2020-02-28', text({ ...any, duration: 'P1Y' })), any)).toBe('2020-08-31');
  });
  it('at any time: the term may come to its end before, where nothing follows it', () => {
    const once = text({ renewal: 'none', noticeModel: 'anyTime' });
    const term = firstTerm('2017-10-20', once);
    expect(endAfterNotice('2020-09-01', term, once, false)).toBe('2020-10-20');
    expect(endAfterNotice('2020-09-01', term, once, true)).toBe('2021-03-01');
  });
  it('decide-by is the last working day: of the notice, or of the term where it lapses by itself', () => {
    const seoul = mondayToFriday('Asia/Seoul');
    const due = (validity: Validity, from = '2017-10-22') =>
      dueDayOf(seoul, decideBy(firstTerm(from, validity), validity) ?? { on: '' });
    // 22 April 2020 is a Wednesday, 18 April a Saturday, 18 October a Sunday.
    expect(due(text())).toBe('2020-04-22');
    expect(due(text(), '2017-10-18')).toBe('2020-04-17');
    expect(due(text({ renewal: 'express', noticeModel: 'anyTime' }), '2017-10-18')).toBe('2020-10-16');
    expect(due(text({ renewal: 'express' }), '2017-10-18')).toBe('2020-04-17');
  });
});
