import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../domain/case/state.ts';
import { dayOf } from '../../domain/dates.ts';
import { Forecast } from '../../domain/forecast.ts';
import type { Concerned } from '../../domain/forecast/concerns.ts';
import { type LoadOutlook, Sums } from '../../domain/forecast/load.ts';
import type { Gap, Places } from '../../domain/forecast/places.ts';
import { mondayToFriday } from '../../domain/planning.ts';
import { given as committee } from './committee-stages.ts';
import { given as meeting } from './meeting-stages.ts';
import { given as mou } from './mou-stages.ts';
import { given as programme } from './programme-stages.ts';
import { given as visit } from './visit-stages.ts';

const chuseok = { on: '2018-09-26', country: 'KR', name: 'Chuseok holiday', weekly: false };
const saturday = { on: '2018-09-29', country: 'GR', name: 'Saturday', weekly: true };
const nobodyIsOff: Places = { dayOff: () => undefined, holidays: () => [], gap: () => undefined, gaps: [] };

/** What is found of these cases from a day on, if nobody does anything. */
const concerns = (...asked: Parameters<typeof sums>): Promise<Concerned> => sums(...asked);

async function sums(
  states: readonly CaseState[],
  [from, until]: readonly [string, string],
  places: Partial<Places> = {},
): Promise<LoadOutlook> {
  const all = new Sums({ ...nobodyIsOff, ...places }, { from, until });
  const forecast = new Forecast({
    caseOf: async () => undefined,
    calendarOf: () => mondayToFriday('Asia/Seoul'),
    nobodyFor: () => undefined,
  });
  for (const state of states) {
    forecast.add(state);
    all.begins(state);
  }
  for await (const each of forecast.until(`${until}T23:59:59.999Z`)) all.add(each, []);
  return all.outlook;
}

describe('what takes place', () => {
  const off = (day: typeof chuseok, where: string) => ({
    dayOff: (place: string, on: string) => (on === day.on && place === where ? day : undefined),
  });

  it('is named with the days off of whoever comes, before anybody is invited', async () => {
    const { state } = meeting.convened({ on: chuseok.on });
    const { meetings } = await concerns([state], ['2018-06-02', '2018-12-31'], off(chuseok, 'agency/mois'));
    expect(meetings).toMatchObject([
      { case: 'meeting/kr-gr-2', name: 'meeting', from: chuseok.on, daysOff: [{ name: 'Chuseok holiday' }] },
    ]);
  });

  it('counts days off of every week for one day alone, and holidays for each day of a journey', async () => {
    const { state } = visit.withLegs();
    const within = ['2018-06-02', '2018-12-31'] as const;
    const onSaturday = await concerns([state], within, off(saturday, 'GR'));
    expect(onSaturday.meetings.map(({ name, daysOff }) => [name, daysOff.length])).toEqual([
      ['leg 1', 0],
      ['leg 2', 0],
    ]);
    const onHoliday = await concerns([state], within, off({ ...saturday, weekly: false }, 'GR'));
    expect(onHoliday.meetings.map(({ name, daysOff }) => [name, daysOff.length])).toEqual([
      ['leg 1', 1],
      ['leg 2', 0],
    ]);
  });

  it('is what lies in the time that is looked at, and not what is over', async () => {
    const { state } = meeting.convened();
    expect((await concerns([state], ['2018-06-02', '2018-09-27'])).meetings).toEqual([]);
    expect((await concerns([meeting.held().state], ['2018-10-02', '2019-10-02'])).meetings).toEqual([]);
  });
});

describe('a committee', () => {
  const within = ['2017-10-21', '2018-12-31'] as const;

  it('that has to meet and has not convened its meeting is named, with the day', async () => {
    const { undated } = await concerns([committee.constituted().state], within);
    expect(undated).toMatchObject([{ case: 'committee/kr-gr', by: '2018-10-19' }]);
  });

  it('is not named once its meeting has a date, nor where it meets later', async () => {
    expect((await concerns([committee.convened().state], within)).undated).toEqual([]);
    expect((await concerns([committee.constituted().state], ['2017-10-21', '2018-10-18'])).undated).toEqual([]);
  });
});

describe('what has to be decided', () => {
  it('is each term of an MOU whose day lies in that time, those that begin by themselves as well', async () => {
    const { state } = mou.inEffect();
    const from = dayOf(state.lastAt);
    const { decisions } = await concerns([state], [from, '2027-12-31']);
    expect(decisions.length).toBeGreaterThan(1);
    expect(decisions.map(({ by }) => by)).toEqual(decisions.map(({ by }) => by).toSorted());
    expect(decisions[0]?.says).toMatch(/^decision on term 1/);
    expect(decisions[1]?.says).toMatch(/^decision on term 2/);
  });
});

describe('an edition', () => {
  it('that its programme opens by itself is named with the day that the programme says', async () => {
    const { editions } = await concerns([programme.running().state], ['2017-01-17', '2017-12-31']);
    const { opensOn } = programme.running().state.subject as unknown as { readonly opensOn: string };
    expect(editions).toMatchObject([{ case: 'edition/kr-bsec-7', on: opensOn, programme: 'programme/kr-bsec' }]);
  });
});

describe('somebody who is not there', () => {
  const gap: Gap = {
    person: 'maria-k',
    name: 'Maria K.',
    why: 'away',
    from: '2018-08-01',
    until: '2018-09-30',
    standIn: 'nikos-p',
  };

  it('is named with what is due in that time, and the letters that others have', async () => {
    const { state } = meeting.convened();
    const sums = new Sums(
      {
        ...nobodyIsOff,
        gap: (party, on) => (party === 'person/maria-k' && gap.from <= on && on <= '2018-09-30' ? gap : undefined),
      },
      { from: '2018-06-02', until: '2018-12-31' },
    );
    const forecast = new Forecast({
      caseOf: async () => undefined,
      calendarOf: () => mondayToFriday('Europe/Athens'),
      nobodyFor: () => undefined,
    });
    forecast.add(state);
    let letters = 0;
    for await (const each of forecast.until('2018-12-31T00:00:00.000Z')) {
      const posted = each.letters.map(({ to, at }) => {
        const isHers = to === 'person/maria-k' && at < '2018-10-01';
        if (isHers) letters += 1;
        return { to, at, reader: isHers ? 'person/nikos-p' : to, ...(isHers ? { insteadOf: gap } : {}) };
      });
      sums.add(each, posted);
    }
    const { missing } = sums.outlook;
    expect(letters).toBeGreaterThan(0);
    expect(missing).toEqual([
      { ...gap, due: expect.any(Number) as number, letters, readers: ['person/nikos-p'], cases: ['meeting/kr-gr-2'] },
    ]);
    expect(missing[0]?.due).toBeGreaterThan(0);
  });

  it('is named where nothing falls to them as well', async () => {
    const { missing } = await concerns([meeting.convened().state], ['2018-06-02', '2018-12-31'], { gaps: [gap] });
    expect(missing).toEqual([{ ...gap, due: 0, letters: 0, readers: [], cases: [] }]);
  });
});

describe('the weeks with most due days', () => {
  it('come first with most, each with who owes most of it', async () => {
    const { busiest, weeks } = await sums(
      [visit.named().state, committee.constituted().state],
      ['2017-10-21', '2019-12-31'],
    );
    const due = Object.values(weeks).map((each) => each.due);
    expect(busiest.map((each) => each.due)).toEqual(
      due
        .filter((each) => each > 0)
        .toSorted((a, b) => b - a)
        .slice(0, 5),
    );
    expect(new Set(busiest.map((each) => each.due)).size).toBeGreaterThan(1);
    for (const { week, due: inAll, owners } of busiest) {
      expect(weeks[week]?.due).toBe(inAll);
      expect(owners.map((each) => each.due)).toEqual(owners.map((each) => each.due).toSorted((a, b) => b - a));
    }
  });
});
