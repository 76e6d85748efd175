import { describe, expect, it } from 'vitest';
import { typeOfFact, typesOfFact } from '../../domain/fact-types.ts';
import { typedFields } from '../kinds/typed.ts';

describe('what people type', () => {
  it.each(typedFields)('as "%s" is words, whatever it looks like', (name) => {
    for (const looks of ['2018-09-01', 'P30D', 'MD', 'person/lee-jiho', 'action/kr-gr-1'])
      expect(typeOfFact(name, looks)).toBeUndefined();
  });
});

it.each([
  ['due', '2018-12-14', 'day'],
  ['from', 'person/lee-jiho', 'party'],
  ['from', '2018-12-14', 'day'],
  ['owner', 'superior-of/agency/klid', 'party'],
  ['programme', 'programme/kr-bsec', 'case'],
  ['programme', '2019-07-21 1. Hometax (NTS, 30 min)', 'line'],
  ['thenTermEnds', '2021-09-28', 'day'],
  ['participants', 'Bia, Expert, Ministry of ICT', undefined],
  ['noteNumber', '2018-09-01', undefined],
] as const)('a fact %s that is %s is of type %s', (name, value, type) => {
  expect(typeOfFact(name, value)).toBe(type);
});

it('what a fact will be is what it is', () => {
  expect(typesOfFact('thenTermEnds')).toEqual(typesOfFact('termEnds'));
});
