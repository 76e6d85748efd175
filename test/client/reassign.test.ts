import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf, plus } from '../../domain/dates.ts';
import { startWorld, type World } from '../world.ts';
import { mainWith } from './command-line.ts';

let world: World;
let env: Record<string, string>;

beforeAll(async () => {
  world = await startWorld('2018-10-01T01:00:00.000Z');
  env = { ...world.stack.env, ENTENTE_AS: 'kim' };
  const due = plus(dayOf(new Date().toISOString()), 'P200D');
  for (const id of ['portal', 'training', 'twin']) {
    const fields = ['--topic', id, '--owner', 'klid', '--due', due, '--countries', 'KR', '--coordinator', 'kim'];
    await entente('action', 'open', id, '--title', `About ${id}`, ...fields);
  }
});
afterAll(() => world?.stop());

const entente = (...words: string[]) => mainWith(words, env);

const coordinators = async () =>
  (await world.db.selectFrom('cases').select('coordinator').orderBy('id').execute()).map((each) => each.coordinator);

const letters = async () =>
  (
    await world.db
      .selectFrom('messages')
      .select(['text', 'recipient'])
      .where('text', 'in', ['case.coordinating', 'case.handedToYou', 'case.handedFromYou'])
      .orderBy('text')
      .execute()
  ).map(({ text, recipient }) => `${text} to ${recipient}`);

it('shows what would be handed over, and hands nothing over without a yes', async () => {
  const shown = await entente('reassign', '--from', 'kim', '--to', 'park', '--dry-run');
  expect(shown.err).toContain('Nothing was changed. 3 cases would go from kim to park.');
  expect(shown.out).toContain('action/training');
  expect(await entente('reassign', '--from', 'kim', '--to', 'park')).toMatchObject({ code: 2 });
  expect(await coordinators()).toEqual(['kim', 'kim', 'kim']);
});

it('hands nothing over where one case refuses it: somebody unknown, the same person, not theirs to hand over', async () => {
  const unknown = await entente('reassign', '--from', 'kim', '--to', 'nobody', '--yes');
  expect(unknown.code).toBe(3);
  expect(unknown.err).toContain('nobody');
  expect(await entente('reassign', '--from', 'kim', '--to', 'kim', '--yes')).toMatchObject({ code: 3 });
  const notTheirs = await entente('reassign', '--from', 'kim', '--to', 'park', '--yes', '--as', 'han');
  expect([notTheirs.code, notTheirs.err]).toEqual([3, expect.stringContaining('han may not give change-coordinator')]);
  expect(await coordinators()).toEqual(['kim', 'kim', 'kim']);
});

it('hands all over, by an administrator too, with one letter to each of the two, and finds nothing left when asked twice', async () => {
  await entente('role', 'give', 'han', 'administrator', '--as', 'han');
  const handing = ['reassign', '--from', 'kim', '--to', 'park', '--as', 'han'];
  const done = await entente(...handing, '--yes', '--reason', 'a new post');
  expect(done.err).toContain('Handed over from kim to park: 3 cases.');
  expect(await coordinators()).toEqual(['park', 'park', 'park']);
  expect(await letters()).toEqual(['case.handedFromYou to person/kim', 'case.handedToYou to person/park']);
  const again = await entente(...handing, '--yes');
  expect(again.err).toContain('kim coordinates no open case like that.');
  expect(await letters()).toHaveLength(2);
});
