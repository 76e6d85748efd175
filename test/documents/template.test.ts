import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { day, fieldsOf, group, listOf, listOfWords, number, words } from '../../documents/fields.ts';
import { Template, TemplateError } from '../../documents/template/template.ts';

const fields = z.object({
  title: words('title of the visit'),
  from: day('first day'),
  to: day('last day'),
  nth: number('number of the edition'),
  head: group('head of the delegation', { name: words('name of the head of the delegation') }),
  legs: listOf('legs of the visit', { country: words('country of the leg'), places: listOfWords('places of the leg') }),
});

const rendered = (source: string, values: object = {}) => new Template(source, 'visit.md', fields, 'en').render(values);

function faultsOf(source: string): readonly string[] {
  try {
    rendered(source);
  } catch (error) {
    if (error instanceof TemplateError)
      return error.faults.map(({ file, line, because }) => `${file}:${line}: ${because}`);
    throw error;
  }
  return [];
}

describe('a known field without a value', () => {
  it.each([
    ['a text', '{{ title }}', '[missing: title of the visit]', 'title'],
    [
      'a part of a group that is not there',
      '{{ head.name }}',
      '[missing: name of the head of the delegation]',
      'head.name',
    ],
    ['what a filter would make of it', '{{ from | day }}', '[missing: first day]', 'from'],
    ['what a filter lacks', '{{ from | until: to }}', '[missing: last day]', 'to'],
    ['an empty list', '{{ legs }}', '[missing: legs of the visit]', 'legs'],
    ['the first of an empty list', '{{ legs.first.country }}', '[missing: country of the leg]', 'legs.first.country'],
  ])('shows as a gap: %s', (_, source, shown, field) => {
    const { markdown, missing } = rendered(source, { from: field === 'from' ? undefined : '2018-09-27', legs: [] });
    expect(markdown).toBe(`${shown}\n`);
    expect(missing).toEqual([{ field, says: shown.slice('[missing: '.length, -1) }]);
  });

  it('is false in a condition, empty in a loop, and may be given a stand-in; then nothing is missing', () => {
    const source =
      '{% if head %}a{% else %}b{% endif %}{% for leg in legs %}c{% endfor %}{{ title | default: "d" }}{{ legs.size }}';
    expect(rendered(source)).toEqual({ markdown: 'bd0\n', missing: [] });
  });

  it('is named once, however often it is shown', () => {
    expect(rendered('{{ title }} {{ title }}').missing).toHaveLength(1);
  });
});

describe('a template that names what there is not', () => {
  it.each([
    ['a field', 'x\n{{ titel }}', 'visit.md:2: there is no field "titel"; did you mean "title"?.'],
    ['a part', '{{ head.nam }}', 'visit.md:1: there is no field "head.nam"; did you mean "head.name"?.'],
    [
      'a part of the item of a loop',
      '{% for leg in legs %}\n{{ leg.contry }}{% endfor %}',
      'visit.md:2: there is no field "leg.contry"; did you mean "leg.country"?.',
    ],
    [
      'a part of an assigned item',
      '{% assign last = legs.last %}{{ last.city }}',
      'visit.md:1: there is no field "last.city".',
    ],
    [
      'in a branch that is not taken',
      '{% if head %}{{ zzzzzz }}{% endif %}',
      'visit.md:1: there is no field "zzzzzz".',
    ],
    ['in a condition', '{% if zzzzzz == "x" %}{% endif %}', 'visit.md:1: there is no field "zzzzzz".'],
    [
      'as what a filter needs',
      '{{ from | until: til }}',
      'visit.md:1: there is no field "til"; did you mean "title"?.',
    ],
    [
      'a part of a list',
      '{{ legs.country }}',
      'visit.md:1: there is no field "legs.country"; "legs" is a list, go over it with {% for each in legs %}.',
    ],
    ['a filter', '\n{{ title | shout }}', 'visit.md:2: undefined filter: shout.'],
    ['a tag', '{% include "x" %}', 'visit.md:1: tag "include" not found.'],
    ['no end', '{% if head %}', 'visit.md:1: tag {% if head %} not closed.'],
  ])('is refused with file, line and name: %s', (_, source, fault) => {
    expect(faultsOf(source)).toEqual([fault]);
  });

  it('is refused with all its faults at once', () => {
    expect(faultsOf('{{ a1 }}\n{{ b2 }}\n{{ a1 }}').map((fault) => fault.slice(0, 10))).toEqual([
      'visit.md:1',
      'visit.md:2',
      'visit.md:3',
    ]);
  });
});

describe('what people wrote', () => {
  it.each([
    ['# title', '\\# title'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['*bold* _soft_ snake_case', '\\*bold\\* \\_soft\\_ snake_case'],
    ['[a](http://example.org) <b>', '\\[a\\](<http://example.org>) \\<b\\>'],
    ['a | b', 'a \\| b'],
    ['&amp; & Co.', '\\&amp; & Co.'],
    ['two\n\nparagraphs', 'two paragraphs'],
    ['{{ legs }} {% if %}', '{{ legs }} {% if %}'],
    ['[missing: title]', '\\[missing: title\\]'],
  ])('stays as it is: %s', (title, shown) => {
    expect(rendered('{{ title }}', { title }).markdown).toBe(`${shown}\n`);
  });

  it('keeps its paragraphs where the template asks for them', () => {
    expect(rendered('{{ title | paragraphs }}', { title: 'one\n# two' }).markdown).toBe('one\n\n\\# two\n');
  });
});

describe('words', () => {
  it.each([
    ['{{ from | until: to }}', '27 September to 2 October 2018'],
    [
      '{{ from | day }}, {{ from | weekday }}, {{ from | month }}',
      '27 September 2018, Thursday 27 September 2018, September 2018',
    ],
    ['{{ nth | ordinal }} {{ nth | words }} {{ nth | rank }}', 'third three 3rd'],
    ['{{ legs.first.places | sentence }}', 'Athens, Patras and Volos'],
    ['{{ legs | words }} {{ legs | plural: "leg", "legs" }}', 'one leg'],
  ])('%s', (source, shown) => {
    const values = { from: '2018-09-27', to: '2018-10-02', nth: 3, legs: [{ places: ['Athens', 'Patras', 'Volos'] }] };
    expect(rendered(source, values).markdown).toBe(`${shown}\n`);
  });

  it('leave no empty lines where tags stand alone, so that rows stay a table', () => {
    const source =
      '| a |\n| --- |\n{% for leg in legs %}\n  {% if leg.country %}\n| {{ leg.country }} |\n  {% endif %}\n{% endfor %}\nend';
    const values = { legs: [{ country: 'GR' }, { country: 'RO' }] };
    expect(rendered(source, values).markdown).toBe('| a |\n| --- |\n| GR |\n| RO |\nend\n');
  });
});

it('lists every field with its type and what it is', () => {
  expect(fieldsOf(fields).map(({ field, type }) => `${field}: ${type}`)).toEqual([
    'title: text',
    'from: day',
    'to: day',
    'nth: number',
    'head: group',
    'head.name: text',
    'legs: list',
    'legs[].country: text',
    'legs[].places: list of texts',
  ]);
});
