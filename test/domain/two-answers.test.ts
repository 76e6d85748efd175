import { describe, expect, it } from 'vitest';
import { type Kind, lifecycles } from '../../domain/kinds.ts';
import { isSecondAnswer } from '../../domain/scenario/two-answers.ts';
import { type Said, stepOf } from './said-step.ts';

describe('two answers to one question at one time', () => {
  const isSecond = (kind: Kind, first: Said, second: Said) =>
    isSecondAnswer(lifecycles[kind], stepOf(first, 0), stepOf(second, 1));

  it.each<[Kind, Said, Said]>([
    ['action', { do: 'accept', on: 'on time' }, { do: 'refuse', on: 'on time', with: { reason: 'no' } }],
    ['action', { do: 'accept', on: 'each time, on time' }, { do: 'accept', on: 'on time' }],
    ['action', { do: 'verify', on: 'a day late' }, { do: 'return', on: 'a day late' }],
    [
      'action',
      { do: 'accept', on: 'on time', answers: 'accept:klid' },
      { do: 'refuse', on: 'on time', answers: 'accept:klid' },
    ],
    ['mou', { do: 'giveNotice', on: 'on time' }, { do: 'renew', on: 'on time' }],
  ])('are known before, of %s: %j, %j', (kind, first, second) => {
    expect(isSecond(kind, first, second)).toBe(true);
  });

  it.each<[Kind, Said, Said]>([
    // Each leaves the question, or asks another one.
    ['action', { do: 'report', on: 'on time' }, { do: 'reportDone', on: 'on time' }],
    ['action', { do: 'accept', on: 'on time' }, { do: 'reportDone', on: 'on time' }],
    ['action', { do: 'accept', on: 'on time' }, { do: 'note', on: 'on time', answers: 'accept' }],
    // At other times, or of other cases.
    ['action', { do: 'accept', on: 'on time' }, { do: 'refuse', on: 'a day late' }],
    ['action', { do: 'accept', on: 'a day late' }, { do: 'refuse', on: 'a working day late' }],
    ['action', { do: 'accept', on: 'on time' }, { do: 'refuse', on: '0 days after it is asked' }],
    ['action', { do: 'accept', on: 'on time' }, { do: 'refuse', on: 'on time', case: 'action/other' }],
    // About different things: each side signs, each agency says what it thinks.
    [
      'mou',
      { do: 'sign', on: 'on time', with: { side: 'mois' } },
      { do: 'sign', on: 'on time', with: { side: 'mar' } },
    ],
    ['meeting', { do: 'agreeMinutes', on: 'on time' }, { do: 'agreeMinutes', on: 'on time' }],
    ['mou', { do: 'giveOpinion', on: 'on time' }, { do: 'giveOpinion', on: 'on time' }],
  ])('are not seen in %s: %j, %j', (kind, first, second) => {
    expect(isSecond(kind, first, second)).toBe(false);
  });
});
