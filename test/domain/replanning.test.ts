import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { type Calendar, mondayToFriday } from '../../domain/planning.ts';
import { given, type Story } from './given.ts';

const seoul = mondayToFriday('Asia/Seoul');

/** A case whose calendar can be told of days off after it was planned. */
function aCaseBy(due = '2018-12-14'): { story: Story; off: Set<string> } {
  const off = new Set<string>();
  const calendar: Calendar = { zone: 'Asia/Seoul', isWorkingDay: (day) => seoul.isWorkingDay(day) && !off.has(day) };
  const opening = { topic: 'Portal', owner: 'klid', due, decidedOn: '2018-09-28' };
  const story = given(action, opening, { at: '2018-09-28', calendarOf: () => calendar }).command('accept');
  return { story, off };
}

const replanned = (story: Story) => story.command('replan', { deadlines: ['complete'], reason: 'New days off' });
const remindedOn = (story: Story): string[] =>
  story
    .mailed('action.complete')
    .filter(({ to }) => to === 'agency/klid')
    .map(({ at }) => at.slice(0, 10));

describe('a case that is planned anew by the calendars of today', () => {
  it('moves the rungs that are still ahead, and sends none twice', () => {
    const { story, off } = aCaseBy();
    const before = story.passes('2018-12-01');
    expect(remindedOn(before)).toEqual(['2018-11-14', '2018-11-30']);
    off.add('2018-12-07').add('2018-11-30');
    const after = replanned(before).happens('replanned', 'planned').isDue('complete', '2018-12-14');
    expect(after.state.deadlines['complete']?.plan.version).toBe(2);
    expect(remindedOn(after.passes('2018-12-14T12:00:00.000Z'))).toEqual([
      '2018-11-14',
      '2018-11-30',
      '2018-12-06',
      '2018-12-13',
      '2018-12-14',
    ]);
  });

  it('sends at once what by the new days should have gone already', () => {
    const { story, off } = aCaseBy();
    const before = story.passes('2018-12-06T03:00:00.000Z');
    off.add('2018-12-07');
    expect(remindedOn(replanned(before).passes('2018-12-06T04:00:00.000Z')).at(-1)).toBe('2018-12-06');
  });

  it('loses no rung when two fall onto one morning', () => {
    const { story, off } = aCaseBy();
    const before = story.passes('2018-12-01');
    for (const day of ['06', '07', '10', '11', '12', '13']) off.add(`2018-12-${day}`);
    const after = replanned(before).passes('2018-12-18');
    expect(remindedOn(after)).toEqual(['2018-11-14', '2018-11-30', '2018-12-05', '2018-12-14', '2018-12-17']);
  });

  it('of a due day that has become a day off, reminds once on the working day before', () => {
    const { story, off } = aCaseBy();
    off.add('2018-12-14');
    const after = replanned(story.passes('2018-12-01'));
    expect(remindedOn(after.passes('2018-12-18')).slice(-3)).toEqual(['2018-12-07', '2018-12-13', '2018-12-17']);
    const late = replanned(story.passes('2018-12-13T12:00:00.000Z')).passes('2018-12-18');
    expect(remindedOn(late).slice(-3)).toEqual(['2018-12-07', '2018-12-13', '2018-12-17']);
  });

  it('stays late when its due day has passed, and does not pass it a second time', () => {
    const { story } = aCaseBy();
    const after = replanned(story.passes('2018-12-16')).passes('2018-12-18');
    expect(after.events.filter(({ type }) => type === 'deadlinePassed')).toHaveLength(1);
    expect(after.state.deadlines['complete']).toMatchObject({ everLate: true, passedAt: expect.any(String) });
  });

  it('asked twice, stands as after the first time but for the version', () => {
    const { story, off } = aCaseBy();
    off.add('2018-12-07');
    const once = replanned(story.passes('2018-12-01'));
    const twice = replanned(once);
    const { plan, ...standing } = once.state.deadlines['complete'] ?? {};
    const { plan: again, ...same } = twice.state.deadlines['complete'] ?? {};
    expect(same).toEqual(standing);
    expect(again).toEqual({ ...plan, version: 3 });
  });

  it.each([
    ['UnknownDeadline', { deadlines: ['verify'], reason: 'r' }],
    ['UnknownDeadline', { deadlines: ['complete', 'constructor'], reason: 'r' }],
    ['InvalidInput', { deadlines: [], reason: 'r' }],
    ['ReasonMissing', { deadlines: ['complete'] }],
  ] as const)('refuses with %s: %j', (code, body) => {
    aCaseBy().story.when('replan', body).refuses(code);
  });
});
