import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { render } from '../../activities/mail/render.ts';
import { action } from '../../domain/action.ts';
import { appointment } from '../../domain/appointment.ts';
import type { CaseEvent } from '../../domain/case/state.ts';
import type { Message } from '../../domain/case/effects.ts';
import { kinds } from '../../domain/kinds.ts';
import type { Plan } from '../../domain/ladder.ts';
import { given } from './given.ts';
import { given as meetings, attended } from './meeting-stages.ts';
import { openings } from './openings.ts';
import { opened, strides, walks } from './walk.ts';

/** What a running case is told late, with its days behind: its coordinator is shown it once, and nobody is chased for the past. */

const inEnglish = ({ text, tone, level, at, facts }: Message) =>
  render(
    { case_id: 'appointment/kr-gr-1', text, tone: tone ?? null, level: level ?? null, at, facts },
    { language: 'en', zone: 'Asia/Seoul' },
    new Map(),
  ).text.replaceAll(/\s+/g, ' ');

const planned = () =>
  given(appointment, { ...openings.appointment[0], on: '2018-10-10', confirmBy: '2018-10-05', owner: 'klid' });
const held = { attended: ['lee-jiho'], outcome: 'They share the plan.', promised: ['Send the plan'] };

describe('an appointment that was held, told 100 days later', () => {
  const told = planned().passes('2019-01-18').command('recordHeld', held).passes('2019-01-19');

  it('shows its coordinator once what was promised and should be in hand by now', () => {
    expect(told.mailed('appointment.followUps')).toMatchObject([{ to: 'person/kim-minji', tone: 'past' }]);
    const [shown] = told.mailed('appointment.followUps');
    expect(inEnglish(shown as Message)).toContain('This lay in the past when it was put on record');
    expect(told.passes('2019-12-31').mailed('appointment.followUps')).toHaveLength(1);
  });

  it('chases like any other what was told in time', () => {
    const inTime = planned().passes('2018-10-11').command('recordHeld', held).passes('2019-01-19');
    const chased = inTime.mailed('appointment.followUps');
    expect(chased.length).toBeGreaterThan(3);
    expect(chased[0]).toMatchObject({ tone: 'before', facts: { rung: 1 } });
  });
});

describe('a meeting that was held, told eight days too late for its minutes', () => {
  const told = meetings.adopted().passes('2018-10-15').command('recordHeld', { attended });

  it('chases for what lies ahead alone, counts what was sent, and says that nobody was reminded before', () => {
    const later = told.command('decide', { item: 1, decision: 'Share the plan' }).passes('2018-11-30');
    const minutes = later.mailed().filter(({ deadline }) => deadline === 'draftMinutes');
    expect(
      told
        .passes('2018-10-16')
        .mailed()
        .filter(({ deadline, tone }) => deadline === 'draftMinutes' && tone !== 'past'),
    ).toEqual([]);
    const [first] = minutes.filter(({ tone }) => tone !== 'past');
    expect(first?.facts['rung'] ?? 1).toBe(1);
  });
});

describe('what was owed before', () => {
  it('goes on where it stopped when a report is sent back after its day', () => {
    const returned = given(action, openings.action[0])
      .command('accept')
      .passes('2018-12-10')
      .command('reportDone', { evidence: 'live', by: 'lee-jiho' })
      .passes('2019-01-10')
      .command('return', { reason: 'it is not live' });
    const [before, after] = [returned, returned.passes('2019-01-11')].map((story) => story.mailed('action.complete'));
    expect(after?.length).toBeGreaterThan(before?.length ?? 0);
    expect(after?.map(({ tone }) => tone)).not.toContain('past');
  });
});

/** Reminders whose hour had come before the case heard of what they are about. */
function remindersOfThePast(events: readonly CaseEvent[]): string[] {
  const plans = new Map<string, { plan: Plan; at: string }>();
  const found: string[] = [];
  for (const event of events) {
    if (event.type === 'planned')
      for (const plan of (event as unknown as { plans: Plan[] }).plans) {
        const isNew = plan.version === 1 || plan.askedAnew;
        plans.set(plan.deadline, isNew ? { plan, at: event.at } : { plan, at: '' });
      }
    if (event.type !== 'reminded') continue;
    const { deadline, rung } = event as unknown as { deadline: string; rung: number };
    const known = plans.get(deadline);
    const due = known?.plan.rungs.find(({ number }) => number === rung)?.at ?? '';
    if (known && due <= known.at) found.push(`${deadline}, ${due}, told ${known.at}`);
  }
  return found;
}

describe.each(kinds)('a case of kind %s', (kind) => {
  test.prop([walks], { numRuns: 12, seed: 59 })('never reminds of an hour before it was told', ({ dice, moves }) => {
    const end = moves.reduce((run, move) => strides(run, move).after, opened(kind, dice));
    expect(remindersOfThePast(end.steps.flatMap(({ events }) => events))).toEqual([]);
  });
});
