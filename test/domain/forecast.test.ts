import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { nextDue } from '../../domain/case/due.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { Forecast } from '../../domain/forecast.ts';
import type { Known } from '../../domain/forecast/known.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { Sums } from '../../domain/forecast/load.ts';
import { mondayToFriday } from '../../domain/planning.ts';
import { given } from './given.ts';

const alone: Known = {
  caseOf: async () => undefined,
  calendarOf: () => mondayToFriday('Asia/Seoul'),
  nobodyFor: () => undefined,
};

async function foreseen(
  states: readonly CaseState[],
  until: string,
  known: Partial<Known> = {},
): Promise<readonly Occurrence[]> {
  const forecast = new Forecast({ ...alone, ...known });
  for (const state of states) forecast.add(state);
  const occurrences: Occurrence[] = [];
  for await (const occurrence of forecast.until(until)) occurrences.push(occurrence);
  return occurrences;
}

const owed = (fields: { readonly id?: string; readonly owner?: string; readonly due: string }) =>
  given(action, { topic: 'Portal', owner: 'klid', ...fields }, { at: '2018-09-28' }).command('accept');

const portal = owed({ due: '2018-12-14' });
const never = '2030-01-01T00:00:00.000Z';

describe('what a case does by itself is foreseen', () => {
  it.each(['2018-11-20', '2018-12-16', '2019-06-01'])('as it happens until %s', async (until) => {
    const passed = portal.passes(until);
    const occurrences = await foreseen([portal.state], passed.now);
    const events = occurrences.flatMap((occurrence) => occurrence.events);
    expect(events).toEqual(passed.events.slice(portal.events.length));
    const withoutStory = ({ log: _, ...state }: CaseState) => state;
    expect(withoutStory(occurrences.at(-1)?.state ?? portal.state)).toEqual(withoutStory(passed.state));
    const story = passed.state.log.slice(portal.state.log.length).map(({ says }) => says);
    expect(occurrences.flatMap(({ says }) => says)).toEqual(story);
  });

  it('letter by letter, each with the day by which it asks', async () => {
    const letters = (await foreseen([portal.state], never)).flatMap((occurrence) => occurrence.letters);
    expect(letters[0]).toMatchObject({ to: 'agency/klid', text: 'action.complete', tone: 'before' });
    expect(letters.some(({ to }) => to === 'superior-of/agency/klid')).toBe(true);
    expect(new Set(letters.map(({ key }) => key)).size).toBe(letters.length);
  });

  it('is nothing of a case that is over, and nothing after the last instant that is looked at', async () => {
    expect(await foreseen([portal.command('cancel', { reason: 'a mistake' }).state], never)).toEqual([]);
    const first = nextDue(action, portal.state)?.at ?? '';
    expect(await foreseen([portal.state], first)).toHaveLength(1);
    expect(await foreseen([portal.state], first.replace('.000Z', '.000Y'))).toHaveLength(0);
  });

  it('comes in the order in which it is due, whichever case was named first', async () => {
    const other = owed({ id: 'kr-gr-9', owner: 'nia', due: '2018-12-07' });
    const one = await foreseen([portal.state, other.state], never);
    expect(await foreseen([other.state, portal.state], never)).toEqual(one);
    expect(one.map(({ at }) => at)).toEqual(one.map(({ at }) => at).toSorted());
  });

  it('is the same when asked twice, and leaves the case as it was', async () => {
    const before = JSON.stringify(portal.state);
    expect(await foreseen([portal.state], never)).toEqual(await foreseen([portal.state], never));
    expect(JSON.stringify(portal.state)).toBe(before);
  });
});

describe('a letter that nobody would have', () => {
  it('is told to the coordinator, as it would be', async () => {
    const occurrences = await foreseen([portal.state], '2018-11-20T00:00:00.000Z', {
      nobodyFor: ({ to }) => (to === 'agency/klid' ? 'klid has no contact.' : undefined),
    });
    const [reminded, told] = occurrences;
    expect(reminded?.letters.map(({ to }) => to)).toEqual(['agency/klid']);
    expect(told?.events).toMatchObject([{ type: 'undelivered', to: 'agency/klid', why: 'klid has no contact.' }]);
    expect(told?.letters.map(({ to }) => to)).toEqual(['person/kim-minji']);
  });
});

const saturday = { on: '2018-12-15', country: 'KR', name: 'Saturday', weekly: true };
const sumsOfAll = () =>
  new Sums(
    {
      dayOff: (_, on) => (on === saturday.on ? saturday : undefined),
      holidays: () => [],
      gap: () => undefined,
      gaps: [],
    },
    { from: '2018-09-28', until: '2030-01-01' },
  );
const inOfficeAtOnce = ({ letters }: Occurrence) => letters.map(({ to, at }) => ({ to, at, reader: to }));

describe('what comes together', () => {
  it('is added up by week, by whoever owes it and by country', async () => {
    const sums = sumsOfAll();
    for (const occurrence of await foreseen([portal.state], never)) sums.add(occurrence, inOfficeAtOnce(occurrence));
    const { total, weeks, owners, countries, dueInWeek, onDaysOff } = sums.outlook;
    expect(total.due).toBe(1);
    expect(dueInWeek).toEqual({ '2018-12-10': { 'agency/klid': 1 } });
    expect(Object.values(weeks).reduce((sum, { letters }) => sum + letters, 0)).toBe(total.letters);
    expect(owners['agency/klid']).toMatchObject({ due: 1 });
    expect(countries['GR']).toEqual(countries['KR']);
    expect(onDaysOff).toEqual([]);
  });

  it('names what is due on a day off of whoever owes it', async () => {
    const onSaturday = owed({ due: '2018-12-15' });
    const sums = sumsOfAll();
    for (const occurrence of await foreseen([onSaturday.state], never)) sums.add(occurrence, []);
    expect(sums.outlook.onDaysOff).toMatchObject([{ on: '2018-12-15', owedBy: 'agency/klid', dayOff: saturday }]);
  });
});
