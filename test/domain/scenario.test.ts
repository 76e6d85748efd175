import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { Forecast } from '../../domain/forecast.ts';
import type { Known } from '../../domain/forecast/known.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { differences, openAtTheEnd } from '../../domain/forecast/difference.ts';
import { mondayToFriday } from '../../domain/planning.ts';
import { type OnRefusal, ScenarioCourse, sentenceOfRefused } from '../../domain/scenario.ts';
import { caseInWords, caseNamed, relativeTime } from '../../domain/scenario/step.ts';
import { given } from './given.ts';
import { type Said, stepOf } from './said-step.ts';

const calendarOf = () => mondayToFriday('Asia/Seoul');
const known: Known = { caseOf: async () => undefined, calendarOf, nobodyFor: () => undefined };
const until = '2019-12-31T00:00:00.000Z';

async function run(states: readonly CaseState[], said: readonly Said[], onRefusal?: OnRefusal, mostEvents?: number) {
  const course = new ScenarioCourse(said.map(stepOf), { from: '2018-09-28T06:00:00.000Z', calendarOf, onRefusal });
  const forecast = new Forecast(known, course, mostEvents);
  for (const state of states) forecast.add(state);
  const occurrences: Occurrence[] = [];
  for await (const occurrence of forecast.until(until)) occurrences.push(occurrence);
  return { occurrences, course };
}

const asked = (occurrences: readonly Occurrence[]) =>
  occurrences.filter(({ askedBy }) => askedBy !== undefined).map(({ at, events }) => `${at} ${events[0]?.type}`);

/** Opened on a Friday; to be accepted within five working days. */
const portal = given(action, { topic: 'Portal', owner: 'klid', due: '2018-12-14' }, { at: '2018-09-28' });

describe('what people do is foreseen with what follows from it', () => {
  it.each([
    ['2018-10-02T01:00:00.000Z', '2018-10-02T01:00:00.000Z'],
    ['2 working days after it is asked', '2018-10-02T01:00:00.000Z'],
    ['2 days after it is asked', '2018-09-30T01:00:00.000Z'],
    ['on time', '2018-10-05T01:00:00.000Z'],
    ['a day late', '2018-10-06T01:00:00.000Z'],
    ['a working day late', '2018-10-08T01:00:00.000Z'],
    ['2 days early', '2018-10-03T01:00:00.000Z'],
    ['0 days after it is asked', '2018-09-28T06:01:00.000Z'],
  ])('%s', async (on, at) => {
    const { occurrences } = await run([portal.state], [{ do: 'accept', on }]);
    expect(asked(occurrences)).toEqual([`${at} accepted`]);
    const reminders = occurrences.filter(({ about }) => about?.name === 'accept');
    expect(reminders.every((each) => each.at < at)).toBe(true);
  });

  it('as the engine would have it, event by event', async () => {
    const { occurrences } = await run(
      [portal.state],
      [
        { do: 'accept', on: '2018-10-02T01:00:00.000Z' },
        { do: 'reportDone', on: '2018-12-20T01:00:00.000Z', with: { evidence: 'live' } },
      ],
    );
    const lived = portal
      .passes('2018-10-02T01:00:00.000Z')
      .command('accept', { by: 'park-jisoo' })
      .passes('2018-12-20T01:00:00.000Z')
      .command('reportDone', { by: 'park-jisoo', evidence: 'live' })
      .passes(until);
    const plain = ({ commandId: _, ...event }: { commandId?: string }) => event;
    const events = occurrences.flatMap((occurrence) => occurrence.events.map(plain));
    const expected = lived.events.slice(portal.events.length).filter(({ type }) => type !== 'planned');
    expect(events).toEqual(expected.map(plain));
    expect(occurrences.at(-1)?.state.subject).toEqual(lived.state.subject);
  });

  it.each([
    ['', ['accepted', 'reportedDone', 'returned']],
    ['each time, ', ['accepted', 'reportedDone', 'returned', 'reportedDone', 'returned', 'reportedDone']],
  ])('%sthat it is asked', async (each, types) => {
    const { occurrences, course } = await run(
      [portal.state],
      [
        { do: 'accept', on: 'on time' },
        { do: 'reportDone', on: `${each}20 working days after it is asked`, with: { evidence: 'live' } },
        { do: 'return', on: `${each}5 days after it is asked`, as: 'kim-minji', with: { reason: 'not live' } },
      ],
    );
    const done = asked(occurrences).map((line) => line.split(' ')[1]);
    expect(done.slice(0, types.length)).toEqual(types);
    expect(done.length > types.length).toBe(each !== '');
    expect(course.neverAsked).toEqual([]);
  });

  it('until a case that answers itself again and again has run away, which is named', async () => {
    const course = [
      { do: 'accept', on: '0 days after it is asked' },
      { do: 'reportDone', on: 'each time, 0 days after it is asked', with: { evidence: 'live' } },
      { do: 'return', on: 'each time, 0 days after it is asked', as: 'kim-minji', with: { reason: 'not live' } },
    ];
    await expect(run([portal.state], course, 'stop', 50)).rejects.toThrow(
      'action/kr-gr-1 never comes to rest: more than 50 events follow from one another.',
    );
  });

  it('moves with the due day from which it is counted', async () => {
    const { occurrences } = await run(
      [portal.state],
      [
        { do: 'accept', on: 'on time' },
        { do: 'reportDone', on: 'a day late', with: { evidence: 'live' } },
        {
          do: 'moveDeadline',
          on: '2018-11-01T01:00:00.000Z',
          with: { deadline: 'complete', to: '2019-01-15', reason: 'late' },
        },
      ],
    );
    expect(asked(occurrences).at(-1)).toBe('2019-01-16T01:00:01.000Z reportedDone');
  });

  it('two answers to one question at one time: what is refused is said with where both stand', async () => {
    const twice = (day: string) => [
      { do: 'accept', on: 'on time' },
      { do: 'refuse', on: day, with: { reason: 'no' } },
    ];
    const { course } = await run([portal.state], twice('on time'), 'go-on');
    expect(course.refused.map(sentenceOfRefused)).toEqual([
      expect.stringMatching(
        /^line 2: refuse .* \(WrongStage\): .* The step of line 1 answers the same at the same time/,
      ),
    ]);
    await expect(run([portal.state], twice('on time'), 'stop')).rejects.toThrow('The step of line 1 answers the same');
    const { course: later } = await run([portal.state], twice('2018-10-09T01:00:00.000Z'), 'go-on');
    expect(later.refused.map(({ beside }) => beside)).toEqual([undefined]);
    const faulty = { do: 'accept', on: 'on time', with: { note: 7 } };
    const { course: none } = await run([portal.state], [faulty, faulty], 'go-on');
    expect(none.refused.map(({ beside }) => beside)).toEqual([undefined, undefined]);
  });

  it('two on one day as they stand in the file', async () => {
    const { occurrences } = await run(
      [portal.state],
      [
        { do: 'accept', on: 'on time' },
        { do: 'note', on: 'on time', answers: 'accept', with: { note: 'by phone' } },
      ],
    );
    expect(asked(occurrences)).toEqual(['2018-10-05T01:00:00.000Z accepted', '2018-10-05T01:00:01.000Z noted']);
  });
});

describe('two courses', () => {
  it('differ in due days, letters and how cases end; what is the same is left out', async () => {
    const accept: Said = { do: 'accept', on: 'on time' };
    const done: Said = { do: 'reportDone', on: 'on time', with: { evidence: 'live' } };
    const one = (await run([portal.state], [accept])).occurrences;
    const other = (await run([portal.state], [accept, { ...done, answers: 'complete' }])).occurrences;
    expect(differences(one, one)).toEqual([]);
    const found = differences(one, other);
    expect(found.map(({ what }) => what)).toEqual(expect.arrayContaining(['case', 'due', 'letter']));
    expect(found.find(({ what }) => what === 'case')?.in).toEqual(['open, in progress', 'open, reported as done']);
    expect(found.find(({ says }) => says.startsWith('verif'))?.in).toEqual([undefined, 'due 2018-12-28']);
    expect(found.map(({ first }) => first)).toEqual(found.map(({ first }) => first).toSorted());
    expect(differences(other, one).map((each) => each.in.toReversed())).toEqual(found.map((each) => each.in));
    expect(openAtTheEnd(other)).toEqual(['action/kr-gr-1']);
  });
});

describe('what cannot be is refused, with where it stands', () => {
  it.each([
    [
      'asked of a case that is not there',
      { case: 'action/kr-gr-9', do: 'accept', on: '2018-10-02T01:00:00.000Z' },
      /^line 1: accept of action\/kr-gr-9 on 2018-10-02 is refused \(UnknownCase\): .*answers before/,
    ],
    [
      'before it is asked',
      { do: 'accept', on: '90 days early' },
      /DateOutOfOrder.*2018-07-07, before the question is there \(2018-09-28\)/,
    ],
    [
      'at the wrong stage',
      { do: 'verify', on: '2018-10-02T01:00:00.000Z', with: { evidence: 'seen' } },
      /^line 1: verify of action\/kr-gr-1 on 2018-10-02 is refused \(WrongStage\): verify is taken at/,
    ],
  ])('%s', async (_, said, sentence) => {
    await expect(run([portal.state], [said])).rejects.toThrow(sentence);
    const { course, occurrences } = await run([portal.state], [said], 'go-on');
    expect(course.refused).toHaveLength(1);
    expect(occurrences).toEqual((await run([portal.state], [])).occurrences);
  });

  it('what nobody is ever asked is named', async () => {
    const { course } = await run([portal.state], [{ do: 'verify', on: 'on time' }]);
    expect(course.neverAsked.map(({ do: name }) => name)).toEqual(['verify']);
  });
});

describe('a case is named', () => {
  it.each([
    'mou/kr-ro-2026',
    'committee of mou/kr-ro-2026',
    'meeting 2 of committee of mou/kr-ro-2026',
    'every meeting of committee/kr-ro',
  ])('%s', (text) => {
    const named = caseNamed(text);
    expect(named && caseInWords(named)).toBe(text);
  });

  it.each(['mou', 'mou/', 'meeting 0 of mou/a', 'every meeting 2 of mou/a', 'meeting of nothing'])(
    '%s is no case',
    (text) => {
      expect(caseNamed(text)).toBeUndefined();
    },
  );

  it.each(['soon', '3 days', 'a day after', '3 working days late after it is asked', 'each time'])(
    '%s is no time',
    (text) => {
      expect(relativeTime(text)).toBeUndefined();
    },
  );
});
