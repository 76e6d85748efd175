import { setTimeout as delay } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { sql } from 'kysely';
import { mailActivities } from '../../../activities/mail.ts';
import { Relay } from '../../../activities/mail/relay.ts';
import { connect } from '../../../database/connect.ts';

/** A worker to be killed: it sends whatever has not ended, a few at a time, until nothing is left. */

const [databaseUrl = '', smtpUrl = ''] = process.argv.slice(2);
const db = connect(databaseUrl, 8);
const mailFrom = 'Entente <entente@example.org>';
const { deliver } = mailActivities({ db, relay: new Relay(smtpUrl), mailFrom, leaseSeconds: 3 });
const logger = new DefaultLogger('ERROR');

/** What has not ended; a workflow, too, asks again only when somebody's lease is over. */
const unfinished = () =>
  db
    .selectFrom('messages')
    .select(['key', sql<boolean>`coalesce(claim_until < clock_timestamp(), true)`.as('free')])
    .where('state', 'in', ['planned', 'claimed', 'inData'])
    .orderBy(sql`random()`)
    .limit(200)
    .execute();

for (let rows = await unfinished(); rows.length > 0; rows = await unfinished()) {
  const free = rows.filter((row) => row.free);
  if (free.length === 0) await delay(100);
  const lanes = Array.from({ length: 10 }, async (_, lane) => {
    for (const { key } of free.filter((_row, index) => index % 10 === lane))
      await new MockActivityEnvironment({}, { logger }).run(deliver, { key }).catch(() => undefined);
  });
  await Promise.all(lanes);
}
await db.destroy();
