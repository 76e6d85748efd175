import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { commandsOf, decide } from '../../domain/case/command.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { viewOf } from '../../domain/case/view.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { given, type Story } from './given.ts';

const opening = { topic: 'Plan the portal', owner: 'klid', due: '2018-12-14', coChairs: ['shim-bokyun'] };
const recorded = (part = {}) => given(action, { ...opening, ...part });
const accepted = () => recorded().command('accept');

const sent = (story: Story, text = 'action.complete') =>
  story.mailed(text).map(({ at, to, facts }) => `${at.slice(0, 10)} ${to} ${String(facts['rung'])}`);

describe('reminders', () => {
  it('carry the instant of their rung, whenever they are asked for', () => {
    const [reminded] = accepted().passes('2018-11-14T05:00:00.000Z').last.events;
    expect(reminded).toMatchObject({ type: 'reminded', at: '2018-11-14T00:00:00.000Z', by: 'entente', missed: [] });
  });

  it('after an outage are one message, which says how many it stands for', () => {
    const story = accepted().sleeps('2018-12-13T12:00:00.000Z');
    expect(sent(story)).toEqual(['2018-12-13 agency/klid 4']);
    expect(story.mailed('action.complete')[0]?.facts).toMatchObject({ missed: 3, rung: 4, rungs: 10 });
    expect(sent(story.passes('2018-12-15'))).toEqual(['2018-12-13 agency/klid 4', '2018-12-14 agency/klid 5']);
  });

  it('after an outage over the due day record the lateness too', () => {
    accepted().sleeps('2019-01-02').happens('deadlinePassed', 'wasLate', 'reminded');
  });

  it('climb level by level, and write to each person once', () => {
    const story = given(action, { ...opening, coChairs: [] })
      .command('accept')
      .passes('2019-01-20');
    const last = story.mailed('action.complete').filter(({ facts }) => facts['rung'] === 10);
    expect(last.map(({ to, level }) => `${level} ${to}`)).toEqual(['owner agency/klid', 'coChairs person/kim-minji']);
  });

  it('say who owes what, by when, and since which date at first', () => {
    const [message] = accepted().passes('2018-11-15').mailed('action.complete');
    expect(message).toMatchObject({
      key: 'action/kr-gr-1/complete/1/1/agency/klid',
      tone: 'before',
      level: 'owner',
      deadline: 'complete',
      facts: {
        ask: 'completion of "Plan the portal"',
        owedBy: 'agency/klid',
        due: '2018-12-14',
        firstDue: '2018-12-14',
      },
    });
  });

  it('stop when the thing is done', () => {
    const story = accepted().command('reportDone', { evidence: 'done' }).passes('2019-02-01');
    expect(sent(story)).toEqual([]);
  });

  it('of something overdue when it is recorded do not go: its day is shown to its coordinator', () => {
    const story = recorded({ due: '2018-09-03' }).passes('2018-09-29');
    expect(sent(story).filter((line) => line.includes('agency/klid'))).toEqual([]);
    expect(story.mailed('action.complete')).toMatchObject([{ to: 'person/kim-minji', tone: 'past' }]);
  });

  it('of something due soon when it is recorded leave out the rungs that lie behind', () => {
    const story = recorded({ due: '2018-10-05' }).passes('2018-10-05');
    expect(sent(story)).toEqual(['2018-10-04 agency/klid 1', '2018-10-05 agency/klid 2']);
  });
});

describe('the ladder of an action', () => {
  it('reminds as long before as was asked, in working days if that was asked too', () => {
    const story = recorded({ due: '2018-12-14', remindBefore: [10, 2], remindIn: 'workingDays' }).command('accept');
    const days = story.state.deadlines['complete']?.plan.rungs.map(({ at }) => at.slice(0, 10));
    expect(days?.slice(0, 3)).toEqual(['2018-11-30', '2018-12-12', '2018-12-14']);
  });
});

describe('a moved date', () => {
  const moved = (story: Story, to: string) =>
    story.command('moveDeadline', { deadline: 'complete', to, reason: 'elections' });

  it('rebuilds the ladder', () => {
    const story = moved(accepted().passes('2018-11-15'), '2019-02-15').passes('2019-02-16');
    expect(sent(story)).toEqual([
      '2018-11-14 agency/klid 1',
      '2019-01-16 agency/klid 1',
      '2019-02-01 agency/klid 2',
      '2019-02-08 agency/klid 3',
      '2019-02-14 agency/klid 4',
      '2019-02-15 agency/klid 5',
    ]);
  });

  it('does not send again a rung that went out for the old date', () => {
    const story = moved(accepted().passes('2018-12-08'), '2018-12-17').passes('2018-12-18');
    expect(sent(story)).toEqual([
      '2018-11-14 agency/klid 1',
      '2018-11-30 agency/klid 2',
      '2018-12-07 agency/klid 3',
      '2018-12-14 agency/klid 4',
      '2018-12-17 agency/klid 5',
    ]);
  });

  it('keeps the first date and the lateness for good', () => {
    const story = moved(accepted().passes('2018-12-20'), '2019-02-15');
    expect(story.state.deadlines['complete']).toMatchObject({ firstDue: '2018-12-14', everLate: true });
    expect(viewOf(action, story.state)).toMatchObject({ late: false });
    expect(viewOf(action, story.state).waitsFor[0]).toMatchObject({
      firstDue: '2018-12-14',
      everLate: true,
      late: false,
    });
  });

  it('by a year, given 29 February, falls on the 28th', () => {
    const onLeapDay = recorded({ due: '2020-02-29' }).command('accept');
    onLeapDay
      .command('moveDeadline', { deadline: 'complete', later: 'P1Y', reason: 'elections' })
      .isDue('complete', '2021-02-28');
  });

  it('of a period is kept until the rules give another one', () => {
    const story = recorded().command('moveDeadline', { deadline: 'accept:klid', to: '2018-11-02', reason: 'holidays' });
    story.isDue('accept:klid', '2018-11-02').passes('2018-10-20').isDue('accept:klid', '2018-11-02');
  });

  it.each([
    ['UnknownDeadline', { deadline: 'verify', to: '2019-01-01', reason: 'r' }, /it has complete\./],
    ['UnknownDeadline', { deadline: 'constructor', to: '2019-01-01', reason: 'r' }, /it has complete\./],
    ['DateOutOfOrder', { deadline: 'complete', to: '2018-09-27', reason: 'r' }, /lies in the past/],
    ['DateTooFar', { deadline: 'complete', to: '2039-01-01', reason: 'r' }, /20 years/],
    ['InvalidInput', { deadline: 'complete', reason: 'r' }, /or by how much later/],
    ['InvalidInput', { deadline: 'complete', to: '2019-01-01', later: 'P1Y', reason: 'r' }, /either when/],
    ['DateTooFar', { deadline: 'complete', later: 'P30Y', reason: 'r' }, /20 years/],
    ['ReasonMissing', { deadline: 'complete', to: '2019-01-01' }, /needs a reason/],
  ] as const)('is refused with %s for %j', (code, body, because) => {
    accepted().when('moveDeadline', body).refuses(code, because);
  });
});

describe('a command', () => {
  it.each(['unheardOf', 'constructor', '__proto__', 'hasOwnProperty', 'toString', ''])('"%s" is unknown', (name) => {
    accepted()
      .when(name)
      .refuses('UnknownCommand', /Now it takes: .*report-done/);
  });

  it('at the wrong stage says which one it would need', () => {
    recorded()
      .when('verify', { evidence: 'x' })
      .refuses('WrongStage', /taken at "reported as done"; .* is at "recorded"/);
  });

  it('to a closed case says since when it is over', () => {
    const cancelled = accepted().command('cancel', { reason: 'recorded twice' });
    cancelled.stands('cancelled').waitsFor();
    cancelled.when('accept').refuses('CaseClosed', /cancelled, since 2018-09-28/);
    cancelled.when('reportDone', {}).refuses('CaseClosed', /cancelled, since 2018-09-28/);
    cancelled.passes('2019-06-01').mailsNo();
  });

  it.each([
    ['a missing field', {}, /^evidence: is missing\.$/],
    ['an unknown field', { evidence: 'x', color: 'red' }, /color/],
    ['a field of another type', { evidence: 7 }, /^evidence: /],
    ['somebody with an impossible id', { evidence: 'x', by: 'Kim Minji' }, /^by: must be the id of a person/],
    ['all of its faults at once', { by: 'Kim Minji' }, /by: .*; evidence: is missing/],
    ['a polluted prototype', JSON.parse('{"evidence":"x","__proto__":{"by":"x"}}') as object, /__proto__/],
  ])('is refused for %s', (_, body, because) => {
    accepted()
      .when('reportDone', body as Record<string, unknown>)
      .refuses('InvalidInput', because);
  });

  it.each([null, undefined, 7, 'text', []])('whose body is %j is refused', (body) => {
    const refusal = decide(action, accepted().state, { id: 'c', name: 'reportDone', body }, '2018-09-28T07:00:00.000Z');
    expect(isRefusal(refusal) && refusal.refused).toBe('InvalidInput');
  });

  it('needs its reason in words', () => {
    accepted().when('drop', { decision: 'third meeting' }).refuses('ReasonMissing');
    accepted()
      .when('drop', { decision: 'third meeting', reason: '  ' })
      .refuses('InvalidInput', /reason/);
  });

  const nested = (levels: number): unknown => (levels === 0 ? 'x' : { a: nested(levels - 1) });

  it.each([
    ['more than 64 KiB', { evidence: 'x'.repeat(70_000) }, /at most 65536/],
    ['more than 32 levels', { evidence: nested(40) }, /deeper than 32/],
    ['more than 200 fields', Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`f${n}`, 1])), /200 fields/],
  ])('of %s is refused before anything looks at it', (_, body, because) => {
    accepted().when('reportDone', body).refuses('TooLarge', because);
    given(action, { ...opening, ...body }).refuses('TooLarge', because);
  });

  it('may hold long lists of small things: fields are counted in each of them', () => {
    const list = (fields: number) => [Object.fromEntries(Array.from({ length: fields }, (_, n) => [`f${n}`, 1]))];
    const many = Array.from({ length: 500 }, () => ({ name: 'x', country: 'RO' }));
    accepted().when('reportDone', { evidence: many }).refuses('InvalidInput');
    accepted()
      .when('reportDone', { evidence: list(200) })
      .refuses('InvalidInput');
    accepted()
      .when('reportDone', { evidence: list(201) })
      .refuses('TooLarge', /200 fields/);
  });

  it('stamps its events with who, when, why and its own id', () => {
    const [dropped] = accepted().command('drop', { decision: 'd', reason: 'moot', by: 'lee-jiho' }).last.events;
    expect(dropped).toMatchObject({
      number: 4,
      at: '2018-09-28T06:00:00.000Z',
      by: 'lee-jiho',
      reason: 'moot',
      commandId: 'c2',
    });
  });

  it('on any case can note, hand over the coordination, and cancel with a reason', () => {
    accepted()
      .offers('note', 'changeCoordinator', 'cancel', 'moveDeadline')
      .command('note', { note: 'called them' })
      .command('changeCoordinator', { coordinator: 'lee-jiho' })
      .when('changeCoordinator', { coordinator: 'lee-jiho' })
      .refuses('AlreadyDone')
      .when('cancel')
      .refuses('ReasonMissing');
  });

  it('keeps the commands of a kind and the common ones apart', () => {
    const own = Object.keys(action.commands);
    expect(Object.keys(commandsOf(action))).toEqual([
      ...own,
      ...'moveDeadline replan changeCoordinator note sendAgain messageReturned personLeft personStays personSucceeded leaveVacant'.split(
        ' ',
      ),
      ...'askExtension grantExtension refuseExtension cancel correct suspend resume nameSuccessor'.split(' '),
    ]);
  });
});

describe('an opening', () => {
  it('is one event, which holds all that the case begins with', () => {
    const event = decideOpening(
      action,
      { id: 'a', by: 'kim-minji', title: ' T ', countries: ['KR', 'GR', 'KR'], coordinator: 'kim-minji', ...opening },
      '2018-09-28T06:00:00.000Z',
      'c',
    );
    expect(event).toMatchObject({
      type: 'opened',
      number: 1,
      input: { header: { id: 'action/a', title: 'T', countries: ['KR', 'GR'] } },
    });
  });

  it.each([
    ['id', { id: 'KR GR' }],
    ['countries', { countries: [] }],
    ['countries.0', { countries: ['Greece'] }],
    ['title', { title: 'a\u202eb' }],
    ['coordinator', { coordinator: undefined }],
  ])('with a bad %s is refused, and says so', (field, part) => {
    recorded(part).refuses('InvalidInput', new RegExp(`^${field}: `));
  });
});
