import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { templateOf } from '../../documents/kind.ts';
import { documentKinds } from '../../documents/kinds.ts';
import { Template } from '../../documents/template/template.ts';
import { ownTemplates } from '../../documents/templates.ts';

/** The text that one of our own templates makes of these values. */
function wordsOf(name: string, values: object): string {
  const kind = documentKinds.find((each) => templateOf(each) === name);
  if (!kind) throw new Error(`There is no ${name}.`);
  const file = join(ownTemplates, `${name}.md`);
  return new Template(readFileSync(file, 'utf8'), file, kind.fields, 'en').render(values).markdown;
}

it.each([
  [{ open: 3, late: 1, over: 2 }, 'three actions open, one late; two done or dropped.'],
  [{ open: 1, late: 0, over: 0 }, 'one action open, none late.'],
  [{ open: 0, late: 0, over: 6 }, 'no actions open; six done or dropped.'],
])('an action matrix counts %j', (counts, counted) => {
  const actions = [{ number: 1, topic: 'Portal', open: true, late: false, wasLate: false, moved: false }];
  expect(wordsOf('action-matrix', { asOf: '2019-05-27', actions, ...counts })).toContain(
    `As of 27 May 2019: ${counted}\n`,
  );
});

it('an action matrix without an action says so, as of the day of its committee', () => {
  expect(wordsOf('action-matrix', { asOf: '2019-05-27', open: 0, late: 0, over: 0 })).toContain(
    'As of 27 May 2019, no action is on record.\n',
  );
});

it.each([
  ['2018-09-27', '2018-09-27', 'on 27 September 2018'],
  ['2018-09-27', '2018-10-02', 'from 27 September to 2 October 2018'],
])('a press release says that something lasts from %s to %s', (from, to, said) => {
  expect(wordsOf('press-release-visit', { from, to, countries: ['Greece'] })).toContain(
    `will visit Greece ${said}, headed`,
  );
  expect(wordsOf('press-release-edition', { from, to, hosts: [{ city: 'Seoul', where: 'Seoul, Korea' }] })).toContain(
    `will take place ${said} in Seoul, Korea.`,
  );
});

it('an action that was dropped is never late, not in time', () => {
  const actions = [
    { number: 1, topic: 'Portal', standing: 'dropped', open: false, late: false, wasLate: false, moved: false },
  ];
  expect(wordsOf('action-matrix', { actions })).toContain('| dropped | never late |');
});

it.each([
  [['NTS'], 'One agency takes part:'],
  [['NTS', 'KISA'], 'Two agencies take part:'],
])('a press release counts the agencies %j', (names, said) => {
  expect(wordsOf('press-release-visit', { agencies: names.map((name) => ({ name })) })).toContain(said);
});

it('the cells of a report begin with a capital letter', () => {
  expect(wordsOf('wrap-up-report', { number: 7, audience: 'civil servants' })).toMatch(
    /\| Edition \| Seventh \|[^]*\| For whom \| Civil servants \|/,
  );
});
