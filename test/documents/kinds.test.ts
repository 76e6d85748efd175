import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../documents/fields.ts';
import { templateOf } from '../../documents/kind.ts';
import { documentKinds } from '../../documents/kinds.ts';
import { minutes } from '../../documents/minutes.ts';
import { Template } from '../../documents/template/template.ts';
import { ownTemplates } from '../../documents/templates.ts';
import { committeeTitle, meetingTitle, promisedAt, standingItems } from '../../domain/titles.ts';

describe.each(documentKinds.map((kind) => ({ name: templateOf(kind), kind })))('$name', ({ name, kind }) => {
  const file = join(ownTemplates, `${name}.md`);
  const template = () => new Template(readFileSync(file, 'utf8'), file, kind.fields, 'en');

  it('has a template that names none but its fields', () => {
    expect(template).not.toThrow();
  });

  it('shows gaps and no empty words where nothing is known', () => {
    const { markdown, missing } = template().render({});
    expect(missing.length).toBeGreaterThan(0);
    expect(markdown).not.toMatch(/undefined|null|NaN|\[object|Invalid Date| {2}|\( ?\)| ,|\n\n\n/);
  });

  it('describes every field in words of its own', () => {
    const listed = fieldsOf(kind.fields);
    expect(listed.filter(({ says }) => says === '' || says === 'a value')).toEqual([]);
    expect(new Set(listed.map(({ field }) => field)).size).toBe(listed.length);
  });
});

describe('minutes in a language of their text', () => {
  const source = [
    '{{ committee }}',
    '{% for item in items %}{{ item.title }}; {% endfor %}',
    '{% for action in actions %}{{ action.meeting }}; {{ action.decision }}{% endfor %}',
  ].join('\n\n');
  const committee = committeeTitle('E-government');
  const values = {
    committee,
    items: [standingItems.previousMinutes, standingItems.openActions, 'Open data'].map((title) => ({ title })),
    actions: [{ meeting: meetingTitle(committee, 2), decision: promisedAt('Talks in Athens') }],
  };
  const shown = (language: string) => new Template(source, 'minutes.md', minutes.fields, language).render(values);

  it.each([
    [
      'ko',
      '공동위원회: E-government',
      '지난 회의 의사록 확인; 이전 회의의 미결 후속조치; Open data;',
      '제2차 회의; 약속된 자리',
    ],
    [
      'el',
      'Μικτή επιτροπή: E-government',
      'Επικύρωση των πρακτικών της προηγούμενης συνόδου',
      '2η σύνοδος; Δέσμευση από',
    ],
    [
      'ro',
      'Comitetul mixt: E-government',
      'Confirmarea minutei reuniunii precedente',
      'reuniunea nr. 2; Promis cu ocazia',
    ],
    ['sr', 'Joint committee: E-government', 'Confirmation of the previous minutes', 'meeting 2; Promised at'],
  ])('have the titles that rules made in %s, and what people named as they named it', (language, ...said) => {
    const { markdown } = shown(language);
    expect(said.filter((each) => !markdown.includes(each))).toEqual([]);
    expect(markdown).toContain('Open data');
    expect(markdown).toContain('Talks in Athens');
  });
});

it('knows each document by its name and what it is made of', () => {
  const made = documentKinds.flatMap(({ name, of }) => of.map((each) => `${name} of ${each}`));
  expect(new Set(made).size).toBe(made.length);
  expect(new Set(documentKinds.map(templateOf)).size).toBe(documentKinds.length);
});
