import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { sql } from 'kysely';
import { mailActivities } from '../../../activities/mail.ts';
import { connect } from '../../../database/connect.ts';

/** A worker to be killed: it sends whatever has not ended, a few at a time, until nothing is left. */

const [databaseUrl = '', smtpUrl = ''] = process.argv.slice(2);
const db = connect(databaseUrl, 8);
const mailFrom = 'Entente <entente@example.org>';
const { deliver } = mailActivities({ db, smtpUrl, mailFrom, leaseSeconds: 3 });
const logger = new DefaultLogger('ERROR');

const open = () =>
  db
    .selectFrom('messages')
    .select('key')
    .where('state', 'in', ['planned', 'claimed', 'inData'])
    .orderBy(sql`random()`)
    .limit(100)
    .execute();

for (let rows = await open(); rows.length > 0; rows = await open()) {
  const lanes = Array.from({ length: 10 }, async (_, lane) => {
    for (const { key } of rows.filter((_row, index) => index % 10 === lane))
      await new MockActivityEnvironment({}, { logger }).run(deliver, { key }).catch(() => undefined);
  });
  await Promise.all(lanes);
}
await db.destroy();
