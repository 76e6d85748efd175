import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import * as fields from '../../domain/fields.ts';

const faultOf = (field: z.ZodType, value: unknown): string | undefined =>
  field.safeParse(value).error?.issues[0]?.message;

describe('a line of text', () => {
  it.each([
    ['', 'must not be empty'],
    ['  \t ', 'must not be empty'],
    ['x'.repeat(301), 'is longer than 300 characters'],
    ['half \ud800 of it', 'holds half a character (a lone surrogate)'],
    ['a\u0000b', 'holds a control character'],
    ['a\u001b[31mb', 'holds a control character'],
    ['a\u0085b', 'holds a control character'],
    ['a\nb', 'must be a single line'],
    ['a\tb', 'must be a single line'],
    ['a\u2028b', 'must be a single line'],
    ['Subject\r\nBcc: all@example.org', 'holds a control character'],
    ['invoice\u202efdp.exe', 'holds a character that turns the writing direction'],
    ['\u2066isolated\u2069', 'holds a character that turns the writing direction'],
  ])('%j is refused: %s', (value, fault) => {
    expect(faultOf(fields.line, value)).toBe(fault);
  });

  it.each([
    '행정안전부',
    'Υπουργείο Ψηφιακής Διακυβέρνησης',
    'Ministerul “Comunicațiilor”',
    '<b>&amp;</b>',
    '=1+1',
    '👩‍💻',
  ])('%s is taken as it is', (value) => {
    expect(fields.line.parse(value)).toBe(value);
  });

  it('is trimmed and composed, so that two spellings are one', () => {
    expect(fields.line.parse('  Café ')).toBe('Café');
  });

  it('counts characters, not halves of them', () => {
    expect(faultOf(fields.line, '😀'.repeat(300))).toBeUndefined();
  });
});

describe('several lines of text', () => {
  it('keep their lines, whatever system they were typed on', () => {
    expect(fields.text.parse('one\r\ntwo\rthree\n\tfour')).toBe('one\ntwo\nthree\n\tfour');
  });

  it('are refused beyond 10,000 characters', () => {
    expect(faultOf(fields.text, 'x'.repeat(10_001))).toBe('is longer than 10000 characters');
  });
});

describe('a day', () => {
  it.each([
    ['2018-02-30', 'must be a day that exists, as YYYY-MM-DD'],
    ['2017-02-29', 'must be a day that exists, as YYYY-MM-DD'],
    ['2018-13-01', 'must be a day that exists, as YYYY-MM-DD'],
    ['20188-01-01', 'must be a day that exists, as YYYY-MM-DD'],
    ['28.09.2018', 'must be a day that exists, as YYYY-MM-DD'],
    ['2018-9-8', 'must be a day that exists, as YYYY-MM-DD'],
    ['2018-09-28T00:00:00Z', 'must be a day that exists, as YYYY-MM-DD'],
    ['tomorrow', 'must be a day that exists, as YYYY-MM-DD'],
    ['1944-12-31', 'must lie between 1945 and 2199'],
    ['2200-01-01', 'must lie between 1945 and 2199'],
  ])('%s is refused: %s', (value, fault) => {
    expect(faultOf(fields.date, value)).toBe(fault);
  });

  it.each(['2016-02-29', '1945-01-01', '2199-12-31'])('%s is taken', (value) => {
    expect(fields.date.parse(value)).toBe(value);
  });
});

describe('ids and codes', () => {
  it.each([
    ['slug', fields.slug, 'kr-gr-2017', ['', 'KR', 'a b', '-a', 'a-', 'a/b', '../x', 'x'.repeat(65), 'ä', 'a\n']],
    ['country', fields.country, 'GR', ['gr', 'GRC', 'G', '']],
    ['agency', fields.agency, 'klid', ['agency/klid', 'KLID', 'a b', '']],
    ['person', fields.person, 'kim-minji', ['Kim Minji', 'kim@example.org', '']],
    ['party', fields.party, 'agency/klid', ['klid', 'country/GR', 'agency/', 'superior-of/agency/klid']],
    ['caseId', fields.caseId, 'mou/kr-gr-2017', ['kr-gr-2017', 'mou/', 'mou/a/b', 'MOU/a', "mou/a';--"]],
    ['caseOf', fields.caseOf('meeting'), 'meeting/a', ['mou/a', 'meetings/a', 'meeting/']],
    ['period', fields.period, 'P3Y6M', ['P', '3Y', 'P3', 'PT1H', '-P1D', 'P1.5Y', 'P100Y']],
    ['language', fields.language, 'sr-Latn', ['EN', 'english', '']],
  ] as const)('of a %s take what is one, and nothing else', (_, field, good, bad) => {
    expect(field.parse(good)).toBe(good);
    expect(bad.filter((value) => field.safeParse(value).success)).toEqual([]);
  });

  it('say what they look like', () => {
    expect(faultOf(fields.caseOf('meeting'), 'mou/a')).toBe('must be the id of a meeting, such as meeting/kr-gr-2017');
    expect(faultOf(fields.party, 'klid')).toBe('must be agency/ID or person/ID');
  });
});

describe('a count', () => {
  it.each([-1, 1.5, 100_001, Number.NaN, 'many'])('%s is refused', (value) => {
    expect(fields.count.safeParse(value).success).toBe(false);
  });

  it('may be typed', () => {
    expect(fields.count.parse('12')).toBe(12);
  });
});

it('a list ends at 500', () => {
  expect(fields.listOf(fields.country).safeParse(Array.from({ length: 501 }, () => 'GR')).success).toBe(false);
});
