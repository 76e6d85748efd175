import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../domain/case/command.ts';
import { openingSchema } from '../../domain/case/opening.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import { type Known, nothingKnown, servingIn } from '../../web/choices.ts';
import type { Field } from '../../web/controls.ts';
import { fieldsTyped, isOurs, newForm, reservedBy, secretOf } from '../../web/form.ts';
import { reservedOfOpening } from '../../web/opening-form.ts';
import { NoForm, typedIn } from '../../web/sent.ts';
import { networkOf } from '../../web/guard.ts';
import { Rate } from '../../web/rate.ts';

const token = 'A'.repeat(32);
const day = 86_400_000;
const wayOf = (command: string, settled: Readonly<Record<string, unknown>> = {}) => {
  const definition = commandsOf(lifecycles.action)[command];
  if (!definition) throw new Error(`An action has no command ${command}.`);
  return { definition, settled };
};

describe('a form', () => {
  it('is known by its secret, for a week, and by no other token', () => {
    const form = newForm();
    expect(isOurs(token, form, secretOf(token, form))).toBe(true);
    expect(isOurs('B'.repeat(32), form, secretOf(token, form))).toBe(false);
    expect(isOurs(token, newForm(), secretOf(token, form))).toBe(false);
    expect(isOurs(token, form, '')).toBe(false);
    expect(isOurs(token, form, secretOf(token, form), Date.now() + 6 * day)).toBe(true);
    expect(isOurs(token, form, secretOf(token, form), Date.now() + 8 * day)).toBe(false);
  });

  it.each(kinds)('sends nothing of its own under a name that a field of a case of kind %s has', (kind) => {
    const named = Object.keys(openingSchema(lifecycles[kind]).shape);
    expect(named.filter((name) => (reservedOfOpening as readonly string[]).includes(name))).toEqual([]);
    for (const [command, definition] of Object.entries(commandsOf(lifecycles[kind]))) {
      const reserved = reservedBy({ definition: { ...definition, confirms: 'code' }, about: '' });
      expect([command, ...Object.keys(definition.input.shape).filter((name) => reserved.includes(name))]).toEqual([
        command,
      ]);
    }
  });

  it.each([
    ['half a character', 'note=%ED%A0%80'],
    ['bytes that are no UTF-8', 'note=%FF'],
    ['a field twice', 'note=1&note=2'],
    ['hundreds of fields', Array.from({ length: 1_001 }, (_, n) => `f${n}=1`).join('&')],
  ])('is not taken with %s', (_, body) => expect(() => typedIn(body)).toThrow(NoForm));

  it('is not taken with a field that it does not have', () => {
    const fields: readonly Field[] = [{ name: 'note', label: 'Note', required: false, control: { as: 'line' } }];
    expect(() => fieldsTyped(fields, wayOf('note'), new Map([['by', 'kim']]))).toThrow(NoForm);
    expect(fieldsTyped(fields, wayOf('note', { side: 'klid' }), new Map([['note', ' a ']]))).toEqual({
      note: 'a',
      side: 'klid',
    });
  });

  it('carries a code if it binds, and no other form does', () => {
    const typed = new Map([['code', '123456']]);
    expect(fieldsTyped([], wayOf('verify'), typed)).toEqual({});
    expect(() => fieldsTyped([], wayOf('accept'), typed)).toThrow(NoForm);
  });

  it('cannot change what is settled by what is owed', () => {
    const side: readonly Field[] = [];
    expect(() => fieldsTyped(side, wayOf('note', { side: 'klid' }), new Map([['side', 'mois']]))).toThrow(NoForm);
  });
});

describe('a limit', () => {
  it('holds for one who asks, for a minute', () => {
    let now = 0;
    const rate = new Rate(() => now);
    const asked = Array.from({ length: 4 }, () => rate.isTooMuch('10.0.0.1', 3));
    expect(asked).toEqual([false, false, false, true]);
    expect(rate.isTooMuch('10.0.0.2', 3)).toBe(false);
    expect(rate.isUsedUp('10.0.0.1', 3)).toBe(true);
    now = 60_000;
    expect(rate.isTooMuch('10.0.0.1', 3)).toBe(false);
  });
});

describe('what is counted', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    [' 198.51.100.7:50123 ', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::9', '2001:db8:1:2'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['', undefined],
    ['unknown', undefined],
    ['198.51.100.7, evil', undefined],
    ['x'.repeat(10_000), undefined],
  ])('is a network: %s is of %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is kept of so many and no more, however long what they ask with is', () => {
    const rate = new Rate(() => 0);
    expect(rate.isTooMuch('first', 1)).toBe(false);
    for (let nth = 1; nth < 20_000; nth++) rate.isTooMuch(`network ${nth}`, 1);
    expect(rate.isUsedUp('first', 1)).toBe(true);
    rate.isTooMuch(`one more ${'x'.repeat(10_000)}`, 1);
    expect(rate.isUsedUp('first', 1)).toBe(false);
    expect(rate.isTooMuch(`one more ${'x'.repeat(10_001)}`, 1)).toBe(true);
  });
});

describe('who can be chosen', () => {
  const known = {
    ...nothingKnown,
    countries: [{ code: 'KR', zone: 'Asia/Seoul' }],
    agencies: [{ id: 'mois', country: 'KR' }],
    people: [{ id: 'kim', agency: 'mois', zone: null, left_on: '2027-03-02' }],
  } as unknown as Known;
  it('is whoever leaves on a later day, until that day begins where they are', () => {
    expect(servingIn(known, '2027-03-01T14:59:00Z').map(({ id }) => id)).toEqual(['kim']);
    expect(servingIn(known, '2027-03-01T15:00:00Z')).toEqual([]);
  });
});
