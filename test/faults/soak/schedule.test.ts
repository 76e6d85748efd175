import { describe, expect, it } from 'vitest';
import { calmWithin } from './outages.ts';
import { longForm, scheduleOf, shortForm } from './schedule.ts';
import { storiesOf } from './stories.ts';

describe.each([longForm, shortForm])('a run of the $name form', (form) => {
  const today = '2026-11-28';

  it('is the same for the same seed, and another one for another', () => {
    expect(scheduleOf(form, 7)).toEqual(scheduleOf(form, 7));
    expect(storiesOf(form, 7, today)).toEqual(storiesOf(form, 7, today));
    expect(scheduleOf(form, 8)).not.toEqual(scheduleOf(form, 7));
    expect(storiesOf(form, 8, today)).not.toEqual(storiesOf(form, 7, today));
  });

  it('has all its kills, one freeze, and one span without workers', () => {
    const happenings = scheduleOf(form, 7);
    const kills = happenings.flatMap((each) => (each.do === 'kill' ? [each.service] : []));
    expect(kills).toHaveLength(form.kills.worker + form.kills.temporal + form.kills.postgres);
    expect(happenings.filter((each) => each.do === 'freeze')).toHaveLength(1);
    expect(happenings.filter((each) => each.do === 'down')).toHaveLength(1);
  });
});

it('the long form does what it promises: 30 kills, a freeze of a minute, 60 cases, 600 commands', () => {
  const { worker, temporal, postgres } = longForm.kills;
  expect(worker + temporal + postgres).toBeGreaterThanOrEqual(30);
  expect(longForm.freezeMs).toBeGreaterThanOrEqual(60_000);
  for (const seed of [1, 2, 3]) {
    const steps = storiesOf(longForm, seed, '2026-11-28').flatMap((story) =>
      story.steps.flatMap((step) => (step.do === 'together' ? step.steps : [step])),
    );
    expect(steps.filter((step) => step.do === 'open').length).toBeGreaterThanOrEqual(60);
    expect(steps.filter((step) => step.do === 'open' || step.do === 'command').length).toBeGreaterThanOrEqual(600);
  }
});

describe('the calm within a span', () => {
  it.each([
    ['is all of it without an outage', [], 100],
    ['is what lies before an outage', [[60, 100]], 60],
    ['is what lies after an outage', [[0, 30]], 70],
    [
      'is the longest of several',
      [
        [10, 20],
        [70, 80],
      ],
      50,
    ],
    [
      'counts outages that overlap once',
      [
        [20, 60],
        [30, 40],
      ],
      40,
    ],
    ['is none within an outage', [[-10, 110]], 0],
    [
      'knows nothing of what was before or after',
      [
        [-50, 0],
        [100, 200],
      ],
      100,
    ],
  ] as const)('%s', (_, outages, calm) => {
    expect(
      calmWithin(
        outages.map(([from = 0, until = 0]) => ({ of: 'x', from, until })),
        0,
        100,
      ),
    ).toBe(calm);
  });
});
