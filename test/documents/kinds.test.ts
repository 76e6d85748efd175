import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../documents/fields.ts';
import { templateOf } from '../../documents/kind.ts';
import { documentKinds } from '../../documents/kinds.ts';
import { Template } from '../../documents/template/template.ts';
import { ownTemplates } from '../../documents/templates.ts';

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

it('knows each document by its name and what it is made of', () => {
  const made = documentKinds.flatMap(({ name, of }) => of.map((each) => `${name} of ${each}`));
  expect(new Set(made).size).toBe(made.length);
  expect(new Set(documentKinds.map(templateOf)).size).toBe(documentKinds.length);
});
