import { describe, expect, it } from 'vitest';
import { checkCommand, checkedId, checkOpening } from '../../client/input.ts';
import { crossFaults } from '../../database/directory/faults.ts';
import { lifecycles } from '../../domain/kinds.ts';

const refusalOf = (act: () => void): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

describe('the door of the client', () => {
  it.each(['visit/v9/8/0', 'a/b', '', ' x', 'x'.repeat(101), 'über', 'a\nb', '-x', '../x'])(
    'refuses %j as the id of a command',
    (id) => {
      expect(refusalOf(() => checkedId(id))).toBe('InvalidInput');
    },
  );

  it.each(['c1', '01890a5d-ac96-774b-bcce-b302099a8057', 'open-0f.e_1:2', 'x'.repeat(100)])('takes %s', (id) => {
    expect(checkedId(id)).toBe(id);
  });

  it('refuses what no case would take for its size, before anything is sent', () => {
    const note = 'x'.repeat(3 * 1024 * 1024);
    expect(refusalOf(() => checkCommand(lifecycles.action, 'note', { by: 'kim', note }))).toBe('TooLarge');
    expect(refusalOf(() => checkOpening(lifecycles.action, { by: 'kim', title: note }))).toBe('TooLarge');
    expect(refusalOf(() => checkCommand(lifecycles.action, 'note', { by: 'kim', note: 'x' }))).toBeUndefined();
  });
});

it('nobody in the directory has the name under which cases act', () => {
  const person = (id: string) => ({
    entry: { file: 'people.yaml', line: 7, fields: { id } },
    value: { id, name: 'Somebody', agency: 'klid' },
  });
  const people = ['entente', 'entente-2'].map(person) as Parameters<typeof crossFaults>[0]['people'];
  const faults = crossFaults({ countries: [], agencies: [], people }, { countries: [], agencies: [], people: [] });
  expect(faults.map(({ line, because }) => [line, because])).toEqual([
    [7, expect.stringContaining('"entente" is the name under which cases act; choose another')],
  ]);
});
