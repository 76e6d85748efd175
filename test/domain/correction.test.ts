import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { allLanguages } from '../../activities/mail/texts.ts';
import { action } from '../../domain/action.ts';
import { effectsOf } from '../../domain/case/effects.ts';
import { commandsOf } from '../../domain/case/command.ts';
import { factsWithWrong } from '../../domain/case/correction.ts';
import { fold } from '../../domain/case/evolve.ts';
import { viewOf } from '../../domain/case/view.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import { mou } from '../../domain/mou.ts';
import { request } from '../../domain/request.ts';
import { given, type Story } from './given.ts';
import { openings } from '../kinds/said.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Kind } from '../../domain/kinds.ts';
import { test } from '../property.ts';

function openedCase(kind: Kind) {
  const event = decideOpening(lifecycles[kind], openings[kind][0], '2018-09-28T06:00:00.000Z', 'open');
  if (isRefusal(event)) throw new Error(event.because);
  return fold(lifecycles[kind], [event]);
}

const factsOf = (kind: Kind): readonly string[] => {
  const right = commandsOf(lifecycles[kind])['correct']?.input.shape['right'] as z.ZodObject | undefined;
  return Object.keys(right?.shape ?? {});
};

const reason = 'Typed from the wrong note';
const asked = {
  subject: 'topic not stated',
  how: 'noteVerbale',
  noteNumber: 'F.1/18',
  dated: '2018-09-20',
  receivedOn: '2018-09-24',
  requester: 'agency/mindigital',
  requestingCountry: 'GR',
};
const dueOf = (story: Story, name: string) => story.state.deadlines[name]?.plan.due;

describe('a correction', () => {
  it('mends a fact, and both stay on record with the reason', () => {
    const mended = given(request, asked).command('correct', { right: { subject: 'An e-document system' }, reason });
    mended.happens('factsCorrected').knows({ subject: 'An e-document system' });
    mended.says(/subject was "topic not stated", is "An e-document system".*Typed from the wrong note/);
    expect(mended.events.at(0)).toMatchObject({ input: { subject: 'topic not stated' } });
  });

  it('of the title and the countries is taken of every kind, and shown', () => {
    for (const kind of kinds) {
      const state = openedCase(kind);
      const corrections = [
        { fact: 'title', was: state.title, is: 'Right' },
        { fact: 'countries', was: state.countries, is: [...state.countries, 'MD'] },
      ];
      const stamp = { number: state.number + 1, at: state.lastAt, by: state.coordinator };
      const after = fold(lifecycles[kind], [{ type: 'factsCorrected', corrections, readers: [], ...stamp }], state);
      expect(viewOf(lifecycles[kind], after)).toMatchObject({ title: 'Right' });
      expect(viewOf(lifecycles[kind], after).countries).toContain('MD');
    }
  });

  it('has the dates that follow planned anew', () => {
    const story = given(request, asked);
    const before = dueOf(story, 'acknowledge');
    const mended = story.command('correct', { right: { receivedOn: '2018-09-27' }, reason });
    expect([before, dueOf(mended, 'acknowledge')]).toEqual(['2018-10-01', '2018-10-04']);
    expect(dueOf(given(action, plain).command('correct', { right: { due: '2018-12-20' }, reason }), 'complete')).toBe(
      '2018-12-20',
    );
  });

  it.each([
    ['nothing', {}, 'InvalidInput', /at least one of: `right\.title`/],
    ['what is on record', { subject: 'topic not stated' }, 'AlreadyDone', /on record already/],
    ['a day that cannot be', { receivedOn: '2018-09-19' }, 'DateOutOfOrder', /dated 2018-09-20/],
    ['a day to come', { receivedOn: '2019-01-01' }, 'DateInFuture', /cannot have arrived/],
    ['a country that is not concerned', { requestingCountry: 'MD' }, 'UnknownCountry', /name it among the countries/],
    ['countries without the one that asks', { countries: ['KR'] }, 'UnknownCountry', /GR asks/],
  ] as const)('of %s is refused', (_, facts, code, because) => {
    given(request, asked).when('correct', { right: facts, reason }).refuses(code, because);
  });

  it('needs a reason', () => {
    const story = given(request, asked);
    story.when('correct', { right: { subject: 'x' } }).refuses('ReasonMissing');
  });

  it('of a case that is over is one of words only', () => {
    const over = given(request, asked).command('withdraw');
    over.command('correct', { right: { subject: 'An e-document system', title: 'Right' }, reason }).stands('withdrawn');
    over
      .when('correct', { right: { receivedOn: '2018-09-25' }, reason })
      .refuses('CaseClosed', /its words: title, subject/);
  });
});

const plain = { topic: 'Portal', owner: 'klid', due: '2018-12-14' };

describe('a correction of a fact on which another rests', () => {
  it('is refused for the due day of an action that was extended', () => {
    const extended = given(action, plain).command('extend', { to: '2019-01-15', reason: 'Budget' });
    extended
      .when('correct', { right: { due: '2018-12-20' }, reason })
      .refuses('NotReady', /rests on an extension of 2018-12-14/);
  });

  const terms = { duration: 'P3Y', renewal: 'tacit', noticeModel: 'beforeTermEnds', notice: 'P6M' };
  const signed = {
    subject: 'e-government',
    sides: ['mois', 'mindigital'],
    signedOn: '2017-10-20',
    ...terms,
  };

  it('is refused for a signature with which an MOU took effect, unless the effect is mended with it', () => {
    const story = given(mou, signed);
    story.when('correct', { right: { signedOn: '2017-10-23' }, reason }).refuses('NotReady', /say in-effect-since too/);
    const mended = story.command('correct', { right: { signedOn: '2017-10-23', inEffectSince: '2017-10-23' }, reason });
    mended.knows({ signedOn: '2017-10-23', inEffectSince: '2017-10-23' });
    expect(mended.state.subject).toMatchObject({ term: { number: 1, starts: '2017-10-23', ends: '2020-10-23' } });
    expect(dueOf(mended, 'decide:1')).not.toBe(dueOf(story, 'decide:1'));
  });

  it('moves the term that came by tacit renewal, and none that was agreed as a day', () => {
    const old = { ...signed, signedOn: '2012-05-10' };
    const both = { right: { signedOn: '2012-05-20', inEffectSince: '2012-05-20' }, reason };
    expect(given(mou, old).command('correct', both).state.subject).toMatchObject({
      term: { number: 3, starts: '2018-05-20', ends: '2021-05-20' },
    });
    given(mou, { ...old, termEnds: '2019-05-10', termNumber: 3 })
      .when('correct', both)
      .refuses('NotReady', /term no. 3, until 2019-05-10, rests on it/);
  });

  test.prop([fc.integer({ min: -200, max: 200 })])('never leaves an effect before its signature', (days) => {
    const day = new Date(Date.UTC(2017, 9, 20 + days)).toISOString().slice(0, 10);
    const { last, state } = given(mou, signed).when('correct', { right: { inEffectSince: day }, reason });
    expect(last.refusal === undefined).toBe(days > 0);
    expect((state.subject as unknown as { inEffectSince: string }).inEffectSince >= '2017-10-20').toBe(true);
  });
});

describe('what can be corrected', () => {
  it.each(kinds)('of a %s is a fact that people see, with a name in every language', (kind) => {
    const facts = factsOf(kind);
    expect(facts.slice(0, 2)).toEqual(['title', 'countries']);
    const { subject, ...header } = openedCase(kind);
    const shown = Object.keys(lifecycles[kind].facts(subject, header));
    // The hours of its legs stand in the list of legs.
    const seen = kind === 'visit' ? [...shown, 'legTime', 'legEndsAt', 'legZone'] : shown;
    expect(facts.slice(2).filter((fact) => !seen.includes(fact))).toEqual([]);
    for (const { code, frame } of allLanguages())
      expect(
        facts.filter((fact) => frame.facts[fact] === undefined),
        `\`facts\` of activities/mail/texts/${code}/frame.json: what can be corrected is told in letters`,
      ).toEqual([]);
  });
});

it('whoever was told is written to once, of what was wrong and right, without the reason and not to who mends it', () => {
  const { state } = given(action, plain);
  const event = {
    type: 'factsCorrected',
    corrections: [
      { fact: 'topic', was: 'Portal', is: 'The portal' },
      { fact: 'decision', is: 'Item 3' },
    ],
    readers: ['agency/klid', 'person/kim-minji', 'superior-of/agency/klid'],
    number: state.number + 1,
    at: state.lastAt,
    by: 'kim-minji',
    reason,
  };
  const effects = effectsOf(action, fold(action, [event], state), event);
  expect(effects.map((effect) => effect.type === 'mail' && effect.message.to)).toEqual([
    'agency/klid',
    'superior-of/agency/klid',
  ]);
  expect(effects[0]).toMatchObject({
    message: { text: 'case.corrected', facts: { corrected: ['topic'], wrong: ['Portal'], right: ['The portal'] } },
  });
  expect(JSON.stringify(effects)).not.toContain(reason);
});

describe('what other cases took over', () => {
  const shown = (kind: Kind, changes: Readonly<Record<string, unknown>>) => {
    const opening = { ...openings[kind][0], ...changes };
    const event = decideOpening(lifecycles[kind], opening, '2018-09-28T06:00:00.000Z', 'open');
    if (isRefusal(event)) throw new Error(event.because);
    return viewOf(lifecycles[kind], fold(lifecycles[kind], [event]));
  };

  it.each([
    ['committee', 'meeting', 'title', 'Joint committee', { title: 'Joint committee, meeting 1' }, ['title']],
    ['programme', 'edition', 'title', 'Training', { programmeName: 'Training' }, ['programmeName']],
    ['request', 'mou', 'subject', 'e-government', { subject: 'e-government' }, ['subject']],
    ['request', 'visit', 'subject', 'e-government', { reason: 'e-government in Greece' }, ['reason']],
    ['request', 'workshop', 'subject', 'e-government', { subject: 'e-government' }, ['subject']],
    ['meeting', 'action', 'heldOn', '2018-09-20', { decidedOn: '2018-09-20' }, ['decidedOn']],
    ['appointment', 'action', 'subject', 'the portal', { decision: 'Promised at: the portal' }, ['decision']],
    ['visit', 'appointment', 'title', 'Visit to Athens', { subject: 'Visit to Athens' }, ['subject']],
    ['mou', 'committee', 'countries', ['KR', 'GR'], {}, ['countries']],
    ['action', 'committee', 'title', 'Portal', { title: 'Portal' }, ['title']],
  ] as const)('from a %s a %s: %s', (_, kind, fact, was, changes, facts) => {
    const is = typeof was === 'string' ? 'Right' : ['KR', 'GR', 'MD'];
    expect(factsWithWrong([{ fact, was, is }], shown(kind, changes))).toEqual(expect.arrayContaining([...facts]));
    const right = typeof was === 'string' ? `Right ${was}` : is;
    expect(factsWithWrong([{ fact, was: 'Nothing of it', is: right }], shown(kind, changes))).toEqual([]);
  });

  it('is not what is right already, though it has the wrong one in it', () => {
    const [opening] = openings.committee;
    const corrections = [{ fact: 'title', was: 'Portal', is: 'The Portal' }];
    expect(factsWithWrong(corrections, shown('committee', { ...opening, title: 'The Portal, meeting 2' }))).toEqual([]);
  });
});
