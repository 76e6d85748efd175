import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { render } from '../../activities/mail/render.ts';
import { action } from '../../domain/action.ts';
import { appointment } from '../../domain/appointment.ts';
import { bodyOf } from '../../domain/case/command.ts';
import { decideOpening, openingSchema } from '../../domain/case/opening.ts';
import { type CaseEvent, deadlinesOf, type LifecycleEvent } from '../../domain/case/state.ts';
import type { Message } from '../../domain/case/effects.ts';
import { dayOf, minus } from '../../domain/dates.ts';
import { daysHappenedIn } from '../../domain/happened.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import type { Plan } from '../../domain/ladder.ts';
import type { CommandDefinition, Subject } from '../../domain/lifecycle.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { given } from './given.ts';
import { given as meetings, attended } from './meeting-stages.ts';
import { openings } from '../kinds/said.ts';
import type { Run } from './run.ts';
import { opened, strides, walks } from './walk.ts';
import { test } from '../property.ts';

/** What a running case is told late, with its days behind: its coordinator is shown it once, and nobody is chased for the past. */

const inLanguage = (language: string, { text, tone, level, at, facts }: Message) =>
  render(
    { case_id: 'appointment/kr-gr-1', text, tone: tone ?? null, level: level ?? null, at, facts },
    { language, zone: 'Asia/Seoul' },
    new Map(),
  ).text.replaceAll(/\s+/g, ' ');
const inEnglish = (message: Message) => inLanguage('en', message);

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

  it('is said in a letter to have been then, also where nobody gave the day', () => {
    const asked = planned().passes('2019-01-18').command('confirm', { on: '2018-10-02' });
    expect(asked.mailed('appointment.confirmed')[0]?.facts).toMatchObject({
      toldOf: '2018-10-02',
      toldOn: '2019-01-18',
    });
    expect(planned().passes('2019-01-18').command('recordHeld', held).last.events[0]).toMatchObject({
      toldOf: '2018-10-10',
    });
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

describe('draft minutes that were circulated, told two months later', () => {
  const day = '2018-12-03';
  const told = meetings.decided().passes(day).command('circulateMinutes', { on: '2018-10-03' });

  it('bind nobody by silence before they could hear of them: the days to comment are counted from then', () => {
    told.isDue('comment:mois', '2018-12-17').stands('minutesCirculated');
    told.mails('meeting.minutesToComment', 'agency/mois', { answerBy: 'comment:mois' });
    expect(told.mailed('meeting.minutesToComment').at(-1)?.facts).toMatchObject({ answerBy: '2018-12-17' });
    told.passes('2018-12-17').stands('minutesCirculated').passes('2018-12-19').stands('minutesAgreed');
  });

  it.each([
    ['en', 'What follows is of Wednesday, 3 October 2018 and was put on record here only on Monday, 3 December 2018'],
    ['ko', '2018년 10월 3일'],
    ['el', '3 Οκτωβρίου 2018'],
    ['ro', '3 octombrie 2018'],
  ])('say in %s when that was, and when it was put on record', (language, words) => {
    const [letter] = told.mailed('meeting.minutesToComment').slice(-1);
    expect(inLanguage(language, letter as Message)).toContain(words);
    const inTime = meetings.drafted().mailed('meeting.minutesToComment').at(-1);
    expect(inTime?.facts).not.toHaveProperty('toldOf');
  });
});

describe('an action that was decided months before it is opened', () => {
  const openedLate = (decidedOn: string) =>
    given(action, { ...openings.action[0], decidedOn, due: '2019-03-01' }, { at: '2018-12-03' });

  it.each([
    ['en', 'What follows is of Friday, 10 August 2018 and was put on record here only on Monday, 3 December 2018'],
    ['ko', '2018년 8월 10일'],
    ['el', '10 Αυγούστου 2018'],
    ['ro', '10 august 2018'],
  ])('says so in %s to whoever is asked for it', (language, words) => {
    const [letter] = openedLate('2018-08-10').mailed('action.asked');
    expect(inLanguage(language, letter as Message)).toContain(words);
  });

  it('says nothing of it where it was opened in time', () => {
    expect(openedLate('2018-11-28').mailed('action.asked')[0]?.facts).not.toHaveProperty('toldOf');
  });

  it.each(kinds)('as every opening of kind %s with such a day', (kind) => {
    const schema = openingSchema(lifecycles[kind]);
    const days = Object.keys(schema.shape).filter(
      (field) => daysHappenedIn(schema, { [field]: '2018-01-10' }).length > 0,
    );
    const late = Object.fromEntries(days.map((field) => [field, '2018-01-10']));
    const events = openings[kind].flatMap((opening) => {
      const decided = decideOpening(lifecycles[kind], { ...opening, ...late }, '2018-09-28T06:00:00.000Z', 'opening');
      return isRefusal(decided) ? [] : [decided];
    });
    for (const { toldOf } of events) expect(toldOf).toBe(days.length > 0 ? '2018-01-10' : undefined);
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

  test.prop([walks, fc.constantFrom(3, 20, 60)], { numRuns: 5, seed: 60 })(
    'says in its letters what was told late, asks for nothing by a day that is over, and binds nobody by silence on it',
    ({ dice, moves }, days) => {
      let run = opened(kind, dice);
      for (const move of moves) {
        const told = minus(dayOf(run.now), `P${days}D`);
        const { after, command } = strides(run, move, (definition, input) => longAgo(definition, input, told));
        for (const { facts, at, text, event } of lettersOf(after)) {
          const { toldOf } = after.steps.at(-1)?.events.find(({ number }) => number === event) ?? {};
          if (!text.startsWith('case.')) expect(facts['toldOf'], `${command}: ${text}`).toBe(toldOf);
          if (toldOf) expect(String(facts['answerBy'] ?? at) >= dayOf(at), `${command}: ${text}`).toBe(true);
        }
        expect(silencesOver(after), command).toEqual([]);
        run = after;
      }
    },
  );
});

/** What the last step wrote that is no reminder. */
const lettersOf = ({ steps }: Run): Message[] =>
  (steps.at(-1)?.effects ?? []).flatMap((effect) =>
    effect.type === 'mail' && !effect.message.tone ? [effect.message] : [],
  );

/** What the last step asked for, and took silence for an answer to by a day that was over. */
const silencesOver = ({ lifecycle, state, steps }: Run): string[] =>
  (steps.at(-1)?.events ?? []).flatMap((event) =>
    event.type === 'planned'
      ? (event as unknown as { plans: Plan[] }).plans
          .filter(({ version, askedAnew }) => version === 1 || askedAnew)
          .filter(({ deadline, due }) => due < dayOf(event.at) && lapses(lifecycle, state, deadline))
          .map(({ deadline, due }) => `${deadline}, ${due}`)
      : [],
  );

const lapses = (lifecycle: Run['lifecycle'], state: Run['state'], name: string): boolean =>
  state !== undefined && deadlinesOf(lifecycle, state).some((each) => each.name === name && each.lapses === true);

/** The same command, with what it says has happened on another day. */
function longAgo(definition: CommandDefinition<Subject, LifecycleEvent>, input: object, day: string): object {
  const shape = bodyOf(definition).shape as Record<string, z.ZodType>;
  const happened = Object.keys(shape).filter(
    (field) => daysHappenedIn(z.object({ [field]: shape[field] as z.ZodType }), { [field]: day }).length > 0,
  );
  return { ...input, ...Object.fromEntries(happened.map((field) => [field, day])) };
}
