import { afterAll, describe, expect, it } from 'vitest';
import { connectEntente } from '../../client/client.ts';
import { dayIn, type Instant } from '../../domain/dates.ts';
import { play } from '../../examples/play.ts';
import { readStory, type Story, storyFiles } from '../../examples/story.ts';
import { foreseenAndHappened } from './foreseen.ts';
import { anAction } from '../workflows/openings.ts';
import { startWorld, type World } from '../world.ts';

const worlds: World[] = [];
afterAll(() => Promise.all(worlds.map((world) => world.stop())));

/** Stories with which nobody goes on from a day on. */
async function leftAt(end: Instant): Promise<World> {
  const world = await startWorld('2017-03-06T01:00:00.000Z', { directory: ['examples/directory.yaml'] });
  worlds.push(world);
  const begun = (story: Story): Story => ({
    ...story,
    until: end,
    steps: story.steps.filter(({ on, ...step }) => on < end && !('make' in step)),
  });
  const stories = storyFiles.map(readStory).map(begun);
  await play(
    stories.filter(({ steps }) => steps.length > 0),
    world.player,
    world.db,
    () => undefined,
  );
  await world.player.settled();
  return world;
}

describe('what is foreseen is what happens', () => {
  it('event by event and letter by letter, in stories with which nobody goes on', async () => {
    const world = await leftAt('2017-06-10T00:00:00.000Z');
    const { foreseen, happened } = await foreseenAndHappened(world, '2018-07-15T00:00:00.000Z');
    expect(foreseen.events.length).toBeGreaterThan(20);
    expect(foreseen).toEqual(happened);
  });

  it('and so is what a preview shows of a change, once it is made', async () => {
    const world = await startWorld('2018-10-01T01:00:00.000Z');
    worlds.push(world);
    await world.player.open('action', anAction('shown'), 'open');
    await world.player.command('action/shown', 'accept', { by: 'park' }, 'accept');
    await world.player.settled();
    const { databaseUrl, temporal } = world.stack.settings;
    const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
    const body = { by: 'kim', deadline: 'complete', to: '2019-01-18', reason: 'the budget' };
    const span = { from: '2018-10-01T02:00:00.000Z', until: '2019-03-01T00:00:00.000Z' };
    const commands = async () => [{ case: 'action/shown', name: 'moveDeadline', body }];
    const shown = (await entente.previews.of({ commands }, span)).differences;
    await entente.close();
    const before = await world.db.selectFrom('messages').select('key').execute();
    await world.player.command('action/shown', 'moveDeadline', body, 'move');
    await world.player.advanceTo(span.until);
    await world.player.settled();
    const sent = await world.db.selectFrom('messages').select(['key', 'text', 'send_at', 'send_zone']).execute();
    const days = sent
      .filter(({ key }) => !before.some((each) => each.key === key))
      .map(({ send_at, send_zone }) => dayIn(send_at, send_zone ?? 'UTC'));
    const foreseen = shown.flatMap(({ what, in: [, then] }) => (what === 'letter' ? (then?.slice(0, 10) ?? []) : []));
    expect(foreseen.length).toBeGreaterThan(3);
    expect(foreseen.toSorted()).toEqual(days.toSorted());
  });
});
