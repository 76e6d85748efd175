import { afterAll, describe, expect, it } from 'vitest';
import type { Instant } from '../../domain/dates.ts';
import { play } from '../../examples/play.ts';
import { readStory, type Story, storyFiles } from '../../examples/story.ts';
import { foreseenAndHappened } from './foreseen.ts';
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
});
