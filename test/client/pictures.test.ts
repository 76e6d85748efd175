import { scaleUtc } from 'd3-scale';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heatMap } from '../../client/forecast/heat-map.ts';
import { lanesPicture } from '../../client/forecast/lanes.ts';
import { ticksOf } from '../../client/ticks.ts';
import { plus, shift } from '../../domain/dates.ts';

const drawn = (picture: unknown): string => `${picture as string}`;
const daysFrom = (first: string, length: number) =>
  ticksOf(scaleUtc<number>().domain([new Date(first), new Date(shift(first, length))]), 13).map((each) =>
    each.toISOString().slice(0, 10),
  );

describe('on a line of time', () => {
  it('there are never more ticks than there is room for, and from some days on there are two', () => {
    const spans = fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 2, max: 20_000 }));
    fc.assert(
      fc.property(spans, ([begin, length]) => {
        const first = shift('2000-01-01', begin);
        const ticks = daysFrom(first, length);
        expect(ticks.length).toBeLessThanOrEqual(13);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect([ticks[0]! >= first, ticks.at(-1)! <= shift(first, length)]).toEqual([true, true]);
      }),
    );
  });

  it('weeks begin on Mondays, quarters in January, and years by fives and tens', () => {
    expect(daysFrom('2028-02-26', 21)).toEqual(['2028-02-28', '2028-03-06', '2028-03-13']);
    expect(daysFrom('2027-11-02', 730).slice(0, 2)).toEqual(['2028-01-01', '2028-04-01']);
    expect(daysFrom('2021-02-01', 365 * 40)[0]).toBe('2025-01-01');
    expect(daysFrom('2021-02-01', 365 * 100)[0]).toBe('2030-01-01');
  });
});

describe('the picture of lanes', () => {
  const marks = [{ on: '2027-02-01', says: 'one' }];
  const picture = (from: string, until: string) =>
    drawn(lanesPicture([{ name: 'GR', marks, shades: marks }], from, until));
  const named = (page: string) =>
    [...page.matchAll(/<text x="([\d.]+)" y="14"[^>]*>([^<]*)/g)].map(([, x, says]): [number, string] => [
      Number(x),
      says!,
    ]);

  it('has names that leave room for each other, however long it is', () => {
    for (const until of ['P2W', 'P2M', 'P1Y', 'P10Y', 'P40Y'].map((length) => plus('2027-01-01', length))) {
      const places = named(picture('2027-01-01', until)).map(([x]) => x);
      expect(places.length).toBeGreaterThan(1);
      for (const [index, x] of places.slice(1).entries()) expect(x - places[index]!).toBeGreaterThan(45);
      expect(Math.max(...places)).toBeLessThan(955);
    }
  });

  it('has a mark where its day begins, and what lies outside at the edge', () => {
    const year = picture('2027-01-01', '2027-12-31');
    const february = new Map(named(year).map(([x, says]) => [says, x])).get('2027-02')!;
    expect(Number(/<circle cx="([\d.]+)"/.exec(year)?.[1])).toBeCloseTo(february - 3, 6);
    expect(picture('2020-01-01', '2021-01-01')).toContain('<circle cx="990"');
    expect(picture('2027-02-01', '2027-02-01')).not.toMatch(/NaN|Infinity/);
  });
});

describe('the map of what is due', () => {
  const load = { due: 9, letters: 0, above: 0, byItself: 0 };
  const map = (until: string, dueInWeek: Readonly<Record<string, Readonly<Record<string, number>>>>) =>
    drawn(heatMap({ owners: { 'agency/mois': load }, dueInWeek }, { from: '2027-01-06', until }));
  const columns = (page: string) => [...page.matchAll(/<th scope="col">([^<]*)/g)].map(([, says]) => says);

  it('has a column for each week, month or year, with those before and after it that have something', () => {
    const due = { '2026-12-21': { 'agency/mois': 1 }, '2027-01-25': { 'agency/mois': 4 } };
    expect(columns(map('2027-01-20', due))).toEqual(['week of', '21', '28', '04', '11', '18', '25']);
    expect(map('2027-01-20', due)).toContain('colspan="2">2026-12<');
    expect(columns(map('2028-06-30', due))).toEqual(['month', '12', ...twice.slice(0, 18)]);
    expect(columns(map('2034-01-01', due))).toEqual(['year', ...[6, 7, 8, 9].map((year) => `202${year}`), ...thirties]);
  });

  it('is darkest where most is due', () => {
    const due = { '2027-01-04': { 'agency/mois': 1 }, '2027-01-11': { 'agency/mois': 4 } };
    expect([...map('2027-01-20', due).matchAll(/--n: ([\d.]+)">(\d)/g)].map(([, n, says]) => [n, says])).toEqual([
      ['0.40', '1'],
      ['1.00', '4'],
    ]);
  });
});

const months = Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, '0'));
const twice = [...months, ...months];
const thirties = ['2030', '2031', '2032', '2033', '2034'];
