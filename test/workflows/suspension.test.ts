import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseState } from '../../domain/case/state.ts';
import { readEvents } from '../../database/register.ts';
import { startWorld, type World } from '../world.ts';
import { anAction } from './openings.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-12-03T01:00:00.000Z');
});
afterAll(() => world.stop());

const id = 'action/resting';

it('a suspended action has its working days left by the calendar of its owner, on record and in the running case', async () => {
  const { player, db } = world;
  await player.open('action', anAction('resting'), 'open-1');
  await player.command(id, 'accept', { by: 'park' }, 'accept-1');
  const pause = { by: 'kim', until: '2019-01-11', whoWaits: 'agency/klid', forWhom: 'person/kim', reason: 'Budget' };
  const first = await player.command(id, 'suspend', pause, 'suspend-1');
  expect(await player.command(id, 'suspend', pause, 'suspend-1')).toEqual(first);
  await player.advanceTo('2019-02-01T01:00:00.000Z');
  await player.command(id, 'resume', { by: 'kim' }, 'resume-1');
  await player.settled();
  const events = await readEvents(db, id);
  expect(events.find(({ type }) => type === 'caseSuspended')).toMatchObject({ left: { complete: 9 } });
  // Seollal: 4 to 6 February 2019 are off in Korea.
  expect(events.find(({ type }) => type === 'caseResumed')).toMatchObject({ due: { complete: '2019-02-19' } });
  const { state } = await db.selectFrom('cases').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  expect((state as CaseState).deadlines['complete']?.plan.due).toBe('2019-02-19');
  await player.command(id, 'extend', { by: 'kim', to: '2019-02-20', reason: 'The running case knows it' }, 'extend-1');
  const texts = await db.selectFrom('messages').select('text').where('case_id', '=', id).orderBy('at').execute();
  const ofSuspension = texts.map(({ text }) => text).filter((text) => text.startsWith('case.'));
  expect(ofSuspension).toEqual(['case.suspended', 'case.suspensionOver', 'case.resumed']);
});
