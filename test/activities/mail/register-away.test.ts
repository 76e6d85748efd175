import { ApplicationFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { mailActivities } from '../../../activities/mail.ts';
import { Relay } from '../../../activities/mail/relay.ts';
import { connect } from '../../../database/connect.ts';

it('a message whose register is away is tried again ten seconds later, however often that was', async () => {
  const db = connect('postgres://entente@127.0.0.1:1/entente', 1);
  const { deliver } = mailActivities({ db, relay: new Relay('smtp://127.0.0.1:1'), mailFrom: 'entente@example.org' });
  const longAfter = new MockActivityEnvironment({ attempt: 40 });
  const failed = await longAfter.run(deliver, { key: 'action/a/1/0' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failed).toBeInstanceOf(ApplicationFailure);
  expect(failed).toMatchObject({ type: 'RegisterAway', nextRetryDelay: '10s' });
  await db.destroy();
});
