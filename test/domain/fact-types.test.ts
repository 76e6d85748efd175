import { describe, expect, it } from 'vitest';
import { type Declared, factTypesBy, type FactsOf } from '../../domain/fact-types.ts';
import { kinds, typeOfFact, typesOfFact } from '../../domain/kinds.ts';
import { lettersOf } from '../../domain/letters.ts';
import { typedFieldsOf } from '../kinds/typed.ts';

describe.each(kinds)('what people type in a case of kind %s', (kind) => {
  it.each(typedFieldsOf(kind))('as "%s" is words, whatever it looks like', (name) => {
    for (const looks of ['2018-09-01', 'P30D', 'MD', 'person/lee-jiho', 'action/kr-gr-1'])
      expect(typeOfFact(kind, name, looks)).toBeUndefined();
  });
});

it.each([
  ['action', 'due', '2018-12-14', 'day'],
  ['mou', 'from', 'agency/klid', 'party'],
  ['edition', 'from', '2018-12-14', 'day'],
  ['action', 'owner', 'superior-of/agency/klid', 'party'],
  ['edition', 'programme', 'programme/kr-bsec', 'case'],
  ['workshop', 'programme', '2019-07-21 1. Hometax (NTS, 30 min)', 'line'],
  ['mou', 'thenTermEnds', '2021-09-28', 'day'],
  ['edition', 'participants', 'Bia, Expert, Ministry of ICT', undefined],
  ['meeting', 'participants', 'person/lee-jiho', undefined],
  ['request', 'noteNumber', '2018-09-01', undefined],
  ['case', 'handedBy', 'person/lee-jiho', 'party'],
  ['case', 'heldOn', '2018-12-14', undefined],
] as const)('in a case of kind %s a fact %s that is %s is of type %s', (kind, name, value, type) => {
  expect(typeOfFact(kind, name, value)).toBe(type);
});

it('what a fact will be is what it is', () => {
  expect(typesOfFact('mou', 'thenTermEnds')).toEqual(['day']);
  expect(typesOfFact('mou', 'thenTermEnds')).toEqual(typesOfFact('mou', 'termEnds'));
});

describe('the types of facts of a kind', () => {
  const factTypes = factTypesBy({
    party: 'owner from',
    day: `from
      due`,
    number: 'nth',
  });

  it('are found by names; one that may be two things is told by its looks', () => {
    expect(factTypes).toEqual({ owner: ['party'], from: ['day', 'party'], due: ['day'], nth: ['number'] });
  });

  // What is wrong here is found by `npm run types`: the test is that each line which expects a fault has one.
  it('are asked for by the compiler, in what it shows and in its letters', () => {
    const facts: FactsOf<typeof factTypes> = { owner: 'agency/klid', from: ['2018-12-14'], nth: 2, coordinator: '' };
    // @ts-expect-error: an id is no party
    const id: FactsOf<typeof factTypes> = { owner: 'klid' };
    // @ts-expect-error: nobody has said what it is
    const unknown: FactsOf<typeof factTypes> = { since: '2018-12-14' };
    const unsaid = { since: '2018-12-14' };
    const mail = lettersOf<typeof factTypes>('action');
    // @ts-expect-error: a number is no word
    const inLetter = mail('asked', [], { ...facts, nth: 'second' });
    // @ts-expect-error: nor is one left out that comes with others
    const withOthers = mail('asked', [], { ...facts, ...unsaid });
    const shown = <F extends Declared<typeof factTypes, F>>(known: F): F => known;
    // @ts-expect-error: the same of what a kind shows
    expect([id, unknown, inLetter, withOthers, shown({ ...facts, ...unsaid })]).toHaveLength(5);
  });
});
