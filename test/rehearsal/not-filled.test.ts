import { expect, it } from 'vitest';
import { connect } from '../../database/connect.ts';
import { prepareRegister } from '../../database/migrate.ts';
import { withRehearsalRegister } from '../../database/rehearsals.ts';
import { withNamespace } from '../../rehearsal/place.ts';
import { withWorkers } from '../../rehearsal/workers.ts';
import { leftOverIn } from '../journeys/left-over.ts';
import { stackOnSharedServers } from '../world.ts';

it('of a rehearsal whose register cannot be filled nothing is left: workers that wait for it end with it, and nobody begins', async () => {
  const stack = await stackOnSharedServers({ env: {} });
  const { settings } = stack;
  const { databaseOwnerUrl, temporal } = settings;
  await prepareRegister(settings);
  const failing = withRehearsalRegister(databaseOwnerUrl, [], (register) =>
    withNamespace(temporal.connectionOptions, register, (namespace) => {
      const copied = register.copied.then(() => Promise.reject(new Error('no room')));
      // As that of a register has somebody who listens.
      copied.catch(() => undefined);
      const own = { ...settings, temporal: { ...temporal, namespace } };
      return withWorkers({ ...register, copied }, own, () => Promise.reject(new Error('begun')));
    }),
  );
  await expect(failing).rejects.toThrow('no room');
  const db = connect(databaseOwnerUrl);
  expect(await leftOverIn({ stack, db })).toEqual([]);
  await db.destroy();
  await stack.stop();
});
