import { ApplicationFailure } from '@temporalio/common';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { dayOf } from '../domain/dates.ts';
import type { Player } from './player.ts';
import { type Step, type Story, titleOf } from './story.ts';

/** A step that did not happen as written. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

/** Plays stories side by side, in the order of their dates; a step that fails stops them all. */
export async function play(
  stories: readonly Story[],
  player: Player,
  db: Kysely<Database>,
  tell: (line: string) => void,
): Promise<void> {
  const steps = stories.flatMap((story) =>
    story.steps.map((step, index) => ({ story, step, id: `${story.story}-${index + 1}` })),
  );
  const inOrder = steps.sort((a, b) => a.step.on.localeCompare(b.step.on));
  for (const { story, step, id } of inOrder) {
    await player.advanceTo(step.on);
    await take(step, player, db, id).catch((error: unknown) => {
      throw new StoryError(`${story.story}, ${dayOf(step.on)}: ${titleOf(step)}: ${reasonOf(error)}`, { cause: error });
    });
    tell(`${dayOf(step.on)}  ${titleOf(step)}`);
    await player.settled();
  }
  await player.advanceTo(
    stories
      .map(({ until }) => until)
      .sort()
      .at(-1) ?? player.at,
  );
}

async function take(step: Step, player: Player, db: Kysely<Database>, id: string): Promise<void> {
  if ('open' in step) {
    await player.open(step.open, { by: step.as, ...step.with }, id);
    return;
  }
  if ('do' in step) {
    const body = { by: step.as, ...(step.reason ? { reason: step.reason } : {}), ...step.with };
    await player.command(step.case, step.do, body, id);
    return;
  }
  const row = await db.selectFrom('cases').select(['stage', 'late']).where('id', '=', step.case).executeTakeFirst();
  const { stage, late } = step.expect;
  if (row?.stage !== stage) throw new StoryError(`it is at ${row?.stage ?? 'no stage: it was never opened'}`);
  if (late !== undefined && row.late !== late) throw new StoryError(`it is ${row.late ? '' : 'not '}late`);
}

/** A refusal stands in the cause of what Temporal throws. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof ApplicationFailure) return `${cause.type}: ${cause.message}`;
  return error instanceof Error ? error.message : String(error);
};
