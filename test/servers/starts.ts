import { sayTakenUnproved } from '../../database/beside-cases.ts';
import { connect } from '../../database/connect.ts';
import { prepareRegister } from '../../database/migrate.ts';
import { type Stack, startStack } from '../../stack/stack.ts';
import type { SharedServers } from './run.ts';

/** A port on which nothing listens: for services that are not wanted. */
export const nowhere = '127.0.0.1:1';

export const starts: Record<keyof SharedServers, () => Promise<Stack>> = {
  /** Its database is what those of the files are copied from, so nobody may stay connected to it. */
  async postgres() {
    const stack = await startStack({ env: { TEMPORAL_ADDRESS: nowhere, SMTP_URL: `smtp://${nowhere}` } });
    await prepareRegister(stack.settings);
    await whoeverIsPlayed(stack.settings.databaseUrl);
    return stack;
  },
  temporal: () =>
    startStack({
      env: { DATABASE_URL: `postgres://x@${nowhere}/x`, SMTP_URL: `smtp://${nowhere}` },
      // Two failures in a row are enough here to count as trouble; by themselves servers wait for five.
      dynamicConfig: ['system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2'],
    }),
};

/** Who is played at a terminal has no key; a worker that starts has its own word. */
async function whoeverIsPlayed(databaseUrl: string): Promise<void> {
  const db = connect(databaseUrl, 1);
  await sayTakenUnproved(db, 'anybody');
  await db.destroy();
}
