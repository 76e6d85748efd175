import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseActivities, type OpenInput, type TellInput } from '../../activities/cases.ts';
import { startWorld, type World } from '../world.ts';
import { anAction } from './openings.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-06-01T01:00:00.000Z');
});
afterAll(() => world.stop());

const by = { by: 'kim', coordinator: 'kim', countries: ['KR', 'GR'] };
const mou = { ...by, id: 'kr-gr', title: 'MOU', subject: 'e-government', sides: ['mois', 'mar'] };
const committee = {
  ...by,
  id: 'kr-gr',
  title: 'Committee',
  mou: 'mou/kr-gr',
  sides: ['mois', 'mar'],
  coChairs: ['kim', 'papadopoulou'],
  secretaries: ['kim', 'papadopoulou'],
};
const meeting = {
  ...committee,
  id: 'kr-gr-2',
  title: 'Second meeting',
  mou: undefined,
  committee: 'committee/kr-gr',
  number: 2,
  on: '2018-09-28',
  place: 'Athens',
  host: 'mar',
};

/** When each word of the meeting to its committee began and was done, as numbers of events in its history. */
async function wordsToCommittee(): Promise<{ from: number; to: number }[]> {
  const { events } = await world.client.workflow.getHandle('meeting/kr-gr-2').fetchHistory();
  const happened = events ?? [];
  const begun = happened.filter((each) => each.activityTaskScheduledEventAttributes?.activityType?.name === 'tellCase');
  return begun.map(({ eventId }) => ({
    from: Number(eventId),
    to: Number(
      happened.find((each) => String(each.activityTaskCompletedEventAttributes?.scheduledEventId) === String(eventId))
        ?.eventId,
    ),
  }));
}

it('another case hears what happened in the order in which it happened, one thing after the other', async () => {
  await world.player.open('mou', mou, 'mou');
  await world.player.open('committee', committee, 'committee');
  await world.player.open('meeting', meeting, 'meeting');
  const postpone = (to: string) =>
    world.player.command('meeting/kr-gr-2', 'postpone', { by: 'kim', to, reason: 'a strike' }, `to-${to}`);
  await Promise.all(['2018-10-05', '2018-10-12', '2018-10-19', '2018-10-26'].map(postpone));
  await world.player.settled();
  const words = await wordsToCommittee();
  expect(words.length).toBeGreaterThanOrEqual(4);
  words.slice(1).forEach(({ from }, index) => expect(from).toBeGreaterThan(words[index]?.to ?? Number.NaN));
});

it('a case is told nothing in vain that it took before it was over', async () => {
  const { player, client, db } = world;
  const id = 'action/over';
  const reason = { by: 'kim', reason: 'a mistake' };
  const opening = { ...anAction('over'), id: 'over', title: 'Over' };
  await player.open('action', opening, 'open-over');
  await player.command(id, 'cancel', reason, 'cancel-over');
  await world.delivered();
  await client.workflow.getHandle(id).result();
  const activities = caseActivities({ db });
  const another = new MockActivityEnvironment({}, { client });
  const tell = (commandId: string) =>
    another.run((told: TellInput) => activities.tellCase(told), {
      case: id,
      command: 'cancel',
      body: reason,
      commandId,
    });
  const open = (commandId: string) =>
    another.run((asked: OpenInput) => activities.openCase(asked), { kind: 'action', opening, commandId });
  expect(await tell('cancel-over')).toBeNull();
  expect(await tell('cancel-again')).toMatchObject({ refused: 'CaseClosed' });
  expect(await open('open-over')).toBeNull();
  expect(await open('open-again')).toMatchObject({ refused: 'CaseExists' });
});
