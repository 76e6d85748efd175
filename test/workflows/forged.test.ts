import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandUpdate, openingUpdate, taskQueue } from '../../workflows/messages.ts';
import { startWorld, type World } from '../world.ts';
import { anAction } from './openings.ts';

/** What somebody could send who reaches Temporal, and whom nothing of ours has checked before. */

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-06-01T01:00:00.000Z');
  const by = { by: 'kim', coordinator: 'kim', countries: ['KR', 'GR'] };
  const sides = { sides: ['mois', 'mar'], coChairs: ['han', 'papadopoulou'], secretaries: ['kim', 'park'] };
  const validity = { signedOn: '2017-10-25', duration: 'P3Y', notice: 'P6M' };
  const mou = { ...by, ...validity, id: 'kr-gr', title: 'MOU', subject: 'e-government', sides: sides.sides };
  const committee = { ...by, ...sides, id: 'kr-gr', title: 'Committee', mou: 'mou/kr-gr' };
  const convene = { by: 'kim', on: '2018-09-28', place: 'Athens' };
  await world.player.open('mou', mou, 'open-mou');
  await world.player.open('committee', committee, 'open-committee');
  await world.player.command('committee/kr-gr', 'convene', convene, 'convene-1');
  await world.player.open('action', anAction('target', { due: '2018-09-14' }), 'open-target');
  await world.player.settled();
});
afterAll(() => world.stop());

const note = { by: 'kim', note: 'The ministry has called.' };
const refusal = (type: string) => ({ cause: { type } });

/** Sends an update as anybody could: any name, any arguments, any id. */
const send = (id: string, name: string, args: unknown[], updateId: string = randomUUID()) =>
  world.client.workflow.getHandle(id).executeUpdate(commandUpdate(name), { args: args as never, updateId });

const onRecord = async (id: string) => ({
  events: await world.db.selectFrom('events').select(['number', 'type']).where('case_id', '=', id).execute(),
  commands: await world.db.selectFrom('commands').select('command_id').where('case_id', '=', id).execute(),
});

/** With which code it is refused: in one sentence, with nothing on record, and the case answers what comes next. */
async function refusalOf(id: string, act: () => Promise<unknown>): Promise<unknown> {
  const before = await onRecord(id);
  const error = await act().then(
    () => undefined,
    (thrown: { cause?: { type?: string; message?: string } }) => thrown.cause,
  );
  expect(error?.message).toMatch(/^\S[^\n]*\.$/);
  expect(await onRecord(id)).toEqual(before);
  await send(id, 'note', [note, {}]);
  return error?.type;
}

describe('what only cases say', () => {
  it('is refused from everybody else, under whatever id', async () => {
    const word = [{ by: 'kim', meeting: 'meeting/kr-gr-1' }];
    expect(await refusalOf('action/target', () => send('action/target', 'carryOver', word))).toBe('NotAParty');
    for (const id of ['meeting/kr-gr-1/1/0', 'meeting/kr-gr-1/99/0', 'meeting/never-opened/1/0', 'nonsense/x/1/0'])
      expect(await refusalOf('action/target', () => send('action/target', 'carryOver', word, id))).toBe('NotAParty');
  });

  it('cannot be kept from being heard by taking its id in advance', async () => {
    const committee = 'committee/kr-gr';
    const { events } = await onRecord('meeting/kr-gr-1');
    const to = events.length + 1;
    for (const id of [`meeting/kr-gr-1/${to}/0`, `meeting/kr-gr-1/${to}/1`, `meeting/kr-gr-1/${to}/2`])
      expect(await refusalOf(committee, () => send(committee, 'note', [note], id))).toBe('NotAParty');
    const postponed = { by: 'kim', to: '2018-10-05', reason: 'a strike' };
    expect(
      (await world.player.command('meeting/kr-gr-1', 'postpone', postponed, 'postpone-1')).event,
    ).toBeGreaterThanOrEqual(to);
    await world.player.settled();
    const heard = (await onRecord(committee)).commands.map(({ command_id }) => command_id);
    expect(heard).toContainEqual(expect.stringMatching(new RegExp(`^meeting/kr-gr-1/${to}/\\d$`)));
    expect((await onRecord('meeting/kr-gr-1')).events.map(({ type }) => type)).not.toContain('inVain');
  });

  it('cannot be said to another case, nor can another word be said in its place', async () => {
    const word = await world.db
      .selectFrom('commands')
      .select('command_id')
      .where('case_id', '=', 'committee/kr-gr')
      .where('command_id', 'like', 'meeting/%')
      .executeTakeFirstOrThrow();
    const said = word.command_id;
    expect(said).toMatch(/^meeting\/kr-gr-1\/\d+\/\d$/);
    expect(await refusalOf('action/target', () => send('action/target', 'note', [note], said))).toBe('NotAParty');
  });

  it.each(['visit/v9/8', 'a/b', 'x'.repeat(101), 'über', ' x', 'a\nb', '-x', 'meeting/kr-gr-1/01/0', '../x'])(
    'no command has the id %j',
    async (id) =>
      expect(await refusalOf('action/target', () => send('action/target', 'note', [note], id))).toBe('InvalidInput'),
  );
});

it('nobody acts under the name of the cases themselves', async () => {
  const as = { by: 'entente', note: 'x' };
  expect(await refusalOf('action/target', () => send('action/target', 'note', [as]))).toBe('UnknownPerson');
  const change = { by: 'kim', coordinator: 'entente' };
  expect(await refusalOf('action/target', () => send('action/target', 'changeCoordinator', [change]))).toBe(
    'UnknownPerson',
  );
});

describe('what is no command at all', () => {
  it.each([
    ['nothing', []],
    ['null', [null]],
    ['undefined', [undefined]],
    ['a list', [[note]]],
    ['a text', ['note']],
    ['a number', [7]],
    ['an empty record', [{}]],
    ['a moment that is none', [note, { asOf: 'nonsense' }]],
    ['a moment beyond all time', [note, { asOf: '+275760-09-13T00:00:00.000Z' }]],
    ['a number for a moment', [note, { asOf: 5 }]],
  ])('is refused: %s', async (_, args) =>
    expect(await refusalOf('action/target', () => send('action/target', 'note', args))).toBe('InvalidInput'),
  );

  it.each([[[]], [[null]], [[[]]], [[{ commandId: 5 }]], [[{ commandId: 'a/b' }]]])(
    'is refused where an opening is asked about: %j',
    async (args) =>
      expect(await refusalOf('action/target', () => send('action/target', openingUpdate.name, args))).toBe(
        'InvalidInput',
      ),
  );
});

describe('what opens no case', () => {
  const opening = (id: string) => anAction(id, { due: '2018-09-14' });
  it.each([
    ['UnknownCase', 'nothing', () => []],
    ['UnknownCase', 'null', () => [null]],
    ['UnknownCase', 'a list', () => [[]]],
    [
      'UnknownCase',
      'a state of its own making',
      () => [{ carried: { state: {}, shiftMs: 0, answers: [], effects: [] } }],
    ],
    ['InvalidInput', 'no fields', () => [{ opening: null, commandId: 'o' }]],
    ['InvalidInput', 'a list of fields', () => [{ opening: [], commandId: 'o' }]],
    ['InvalidInput', 'no id of the command', (id: string) => [{ opening: opening(id) }]],
    ['InvalidInput', 'a number for that id', (id: string) => [{ opening: opening(id), commandId: 5 }]],
    [
      'InvalidInput',
      'a moment that is none',
      (id: string) => [{ opening: opening(id), commandId: 'o', startsAt: 'x' }],
    ],
    ['NotAParty', 'the id of a word', (id: string) => [{ opening: opening(id), commandId: 'meeting/kr-gr-1/2/0' }]],
    [
      'UnknownPerson',
      'the name of the cases',
      (id: string) => [{ opening: { ...opening(id), by: 'entente' }, commandId: 'o' }],
    ],
  ] as [string, string, (id: string) => unknown[]][])('is refused as %s: %s', async (type, what, argsFor) => {
    const id = `forged-${what.replaceAll(' ', '-')}`;
    const start = { workflowId: `action/${id}`, taskQueue, args: argsFor(id) };
    await expect(world.client.workflow.execute('action', start)).rejects.toMatchObject(refusal(type));
    expect(await onRecord(`action/${id}`)).toEqual({ events: [], commands: [] });
  });
});

it('a command of 3 MB keeps its case from answering nobody, and leaves nothing behind', async () => {
  const before = await onRecord('action/target');
  const { connection } = world.client;
  let isOver = false;
  const large = { by: 'kim', note: 'x'.repeat(3 * 1024 * 1024) };
  const forged = connection
    .withDeadline(Date.now() + 8_000, () => send('action/target', 'note', [large]))
    .catch((error: Error) => error)
    .finally(() => (isOver = true));
  const answered: boolean[] = [];
  for (const id of ['small-1', 'small-2', 'small-3']) {
    await send('action/target', commandUpdate('note').name, [note], id);
    answered.push(!isOver);
  }
  expect(answered).toEqual([true, true, true]);
  expect(await forged).toBeInstanceOf(Error);
  const { commands } = await onRecord('action/target');
  expect(commands).toHaveLength(before.commands.length + 3);
});

it('a command just below what Temporal takes is refused by the case', async () => {
  const large = { by: 'kim', note: 'x'.repeat(900_000) };
  expect(await refusalOf('action/target', () => send('action/target', 'note', [large]))).toBe('TooLarge');
});
