import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDirectory } from '../../database/directory.ts';
import type { Directory, Entry } from '../../database/directory.ts';
import { peopleOf } from '../../examples/play.ts';
import { startWorld, type World } from '../world.ts';
import { anAction } from './openings.ts';

/** Somebody leaves: who follows them is owed in running cases, and chased until the directory or the case names others. */

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-10-01T01:00:00.000Z');
});
afterAll(() => world?.stop());

const open = async (id: string, changes: Record<string, unknown> = {}) => {
  await world.player.open('action', anAction(id, changes), `open-${id}`);
  await world.player.settled();
};

const owed = () =>
  world.db
    .selectFrom('deadlines')
    .select(['case_id', 'name', 'owed_by', 'due'])
    .where('name', 'like', 'successor:%')
    .orderBy('case_id')
    .execute();

const letters = async (text: string) => {
  const rows = await world.db
    .selectFrom('messages')
    .select(['case_id', 'recipient', 'tone', 'state'])
    .where('text', '=', text)
    .orderBy('at')
    .orderBy('recipient')
    .execute();
  return rows.map(({ case_id, recipient, tone, state }) => [case_id, recipient, tone, state].join(' '));
};

const imported = async (changes: Partial<Record<keyof Directory, readonly Entry['fields'][]>>, by?: string) => {
  const entries = (table: keyof Directory) =>
    (changes[table] ?? []).map((fields) => ({ fields, file: 'directory.yaml', line: 1 }));
  const directory = { countries: entries('countries'), agencies: entries('agencies'), people: entries('people') };
  return importDirectory(world.db, directory, [], by);
};

const klid = { id: 'klid', country: 'KR', name: 'KLID', email: 'office@klid.example.org' };

describe('when somebody has left', () => {
  const leaving = { person: 'park', on: '2018-10-02', by: 'han' };

  it('who follows them is owed where they were something, and once for what they are in the directory', async () => {
    await open('theirs', { coordinator: 'park', owner: 'mar' });
    await open('of-klid');
    await open('untouched', { owner: 'mois' });
    const left = await peopleOf(world.player, world.db).left(leaving);
    expect(left.unattended).toEqual([]);
    const all = [
      { case_id: 'action/of-klid', name: 'successor:park', owed_by: 'person/kim', due: '2018-10-17' },
      { case_id: 'action/theirs', name: 'successor:park', owed_by: 'person/park', due: '2018-10-17' },
    ];
    expect(await owed()).toEqual(all);
    await peopleOf(world.player, world.db).left(leaving);
    expect(await owed()).toEqual(all);
    expect(await letters('case.personLeft')).toHaveLength(2);
  });

  it('is chased, also with those above who has left', async () => {
    await world.player.advanceTo('2018-10-16T06:00:00.000Z');
    await world.delivered();
    expect(await letters('case.successor')).toEqual([
      'action/of-klid person/kim before sent',
      'action/theirs person/park before sent',
    ]);
    const [mail] = world.stack.mailbox?.messages({ to: 'kim@mois.example.org', text: 'no longer in service' }) ?? [];
    expect(mail?.text).toContain('./entente directory import FILE --as YOU');
    expect(world.stack.mailbox?.messages({ to: 'han@klid.example.org', text: 'reassign --from park' })).toHaveLength(1);
  });

  it('rests once the directory and the case name others, and goes on in no letter', async () => {
    await expect(imported({ agencies: [{ ...klid, contact: 'han' }] })).resolves.toMatchObject({
      refused: 'InvalidInput',
      because: expect.stringContaining('who follows park'),
    });
    expect(await imported({ agencies: [{ ...klid, contact: 'han' }] }, 'kim')).not.toHaveProperty('refused');
    await peopleOf(world.player, world.db).tellOfSuccessors('kim');
    expect((await owed()).map(({ case_id }) => case_id)).toEqual(['action/theirs']);
    await peopleOf(world.player, world.db).tellOfSuccessors('kim');
    await world.player.command('action/theirs', 'changeCoordinator', { by: 'han', coordinator: 'kim' }, 'handed-over');
    expect(await owed()).toEqual([]);
    await world.player.advanceTo('2018-11-20T06:00:00.000Z');
    expect(await letters('case.successor')).toHaveLength(2);
  });

  it('those who stay after all need nobody, of which the coordinator hears once', async () => {
    await peopleOf(world.player, world.db).left({ person: 'kim', on: '2018-12-03', by: 'han' });
    expect((await owed()).map(({ name }) => name)).toContain('successor:kim');
    expect(await peopleOf(world.player, world.db).stays({ person: 'kim', by: 'han' })).toEqual(['kim']);
    expect(await owed()).toEqual([]);
    await expect(peopleOf(world.player, world.db).stays({ person: 'kim', by: 'han' })).rejects.toThrow('has not left');
    expect(await letters('case.personStays')).toHaveLength(1);
    await peopleOf(world.player, world.db).left({ person: 'kim', on: '2018-12-03', by: 'han' });
    expect((await owed()).map(({ name }) => name)).toContain('successor:kim');
  });
});
