import { describe, expect, it } from 'vitest';
import { Forecast } from '../../domain/forecast.ts';
import { askedFor, Asks } from '../../domain/forecast/asked-for.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { mondayToFriday } from '../../domain/planning.ts';
import { otherwise } from '../../client/commands/case-text.ts';
import { given as mou } from './mou-stages.ts';

async function course(until: string): Promise<readonly Occurrence[]> {
  const forecast = new Forecast({
    caseOf: async () => undefined,
    calendarOf: () => mondayToFriday('Asia/Seoul'),
    nobodyFor: () => undefined,
  });
  forecast.add(mou.inEffect().state);
  const occurrences: Occurrence[] = [];
  for await (const each of forecast.until(`${until}T23:59:59.999Z`)) occurrences.push(each);
  return occurrences;
}

describe('what somebody is asked for on a course', () => {
  it('is each decision once, the soonest first, with what happens by itself if nobody takes it', async () => {
    const asked = askedFor({ begun: [], occurrences: await course('2030-12-31') }, '2030-12-31').found;
    const decisions = asked.filter(({ deadline }) => deadline.startsWith('decide:'));
    expect(decisions.length).toBeGreaterThan(1);
    expect(new Set(asked.map(({ deadline, due }) => `${deadline} ${due}`)).size).toBe(asked.length);
    expect(asked.map(({ passesAt }) => passesAt)).toEqual(asked.map(({ passesAt }) => passesAt).toSorted());
    for (const each of decisions) expect(otherwise(each).at(-1)).toMatch(/^end of .*: Renewed tacitly: term \d began/);
  });

  it('is also what is due before anything happens, and what was moved in between by its latest day alone', () => {
    const { state } = mou.inEffect();
    const [decide = '', standing] = Object.entries(state.deadlines).find(([name]) => name.startsWith('decide:')) ?? [];
    if (!standing) throw new Error('nobody has to decide');
    const later = { ...standing, plan: { ...standing.plan, version: 2, due: '2030-12-30' } };
    const moved = { ...state, deadlines: { ...state.deadlines, [decide]: later } };
    const asks = new Asks('2030-12-31');
    expect(asks.add(state).map(({ deadline }) => deadline)).toContain(decide);
    expect(asks.add(state)).toEqual([]);
    expect(asks.add(moved).map(({ due }) => due)).toEqual(['2030-12-30']);
    expect(asks.found.filter(({ deadline }) => deadline === decide).map(({ due }) => due)).toEqual(['2030-12-30']);
  });

  it('is nothing that is due beyond what is looked at', async () => {
    const occurrences = await course('2030-12-31');
    const asked = (until: string) => askedFor({ begun: [], occurrences }, until).found.map(({ due }) => due);
    const [first = ''] = asked('2030-12-31');
    expect(asked(first)).toEqual([first]);
  });
});
