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
  const fields = ['--topic', 'Portal', '--owner', 'klid', '--due', due, '--countries', 'KR', '--coordinator', 'kim'];
  await run('action', 'open', 'portal', '--title', 'A portal', ...fields);
  await run('action', 'accept', 'action/portal');
});
afterAll(() => world.stop());

async function run(...words: string[]): Promise<{ readonly out: string; readonly err: string }> {
  const { code, ...said } = await mainWith(words, env);
  expect(code, said.err).toBe(0);
  return said;
}

const planned = () =>
  world.db
    .selectFrom('deadlines')
    .innerJoin('cases', 'cases.id', 'deadlines.case_id')
    .select(['deadlines.next_rung_at as rung', 'cases.number'])
    .where('case_id', '=', 'action/portal')
    .executeTakeFirstOrThrow();

it('a day off moves the reminders of running cases once their coordinator says so, and asked twice only once', async () => {
  const before = await planned();
  const dayOff = dayOf(before.rung ?? '');
  await run('calendar', 'override', 'add', 'klid', dayOff, '--closed', '--note', 'Moving house');
  expect(await planned()).toEqual(before);

  const moves = ['calendar', 'replan', '--yes', '--reason', 'the office moves'];
  const notTheirs = await mainWith([...moves, '--as', 'han'], env);
  expect([notTheirs.code, notTheirs.err]).toEqual([3, expect.stringContaining('han may not give replan')]);
  expect(notTheirs.err).toContain('anew: 0 cases.\nLeft as they are, being others’ to plan anew: action/portal.');
  expect(await planned()).toEqual(before);
  expect((await run(...moves)).err).toContain('anew: 1 case.');
  const after = await planned();
  expect(after.rung ?? '').not.toBe('');
  expect(dayOf(after.rung ?? '') < dayOff).toBe(true);
  expect((await run('history', 'action/portal')).out.replaceAll(/\s+/g, ' ')).toContain('the office moves');

  expect((await run('calendar', 'replan', '--yes', '--reason', 'again')).err).toContain('Nothing would move');
  expect(await planned()).toEqual(after);
});
