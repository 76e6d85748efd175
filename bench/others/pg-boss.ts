import PgBoss from 'pg-boss';
import type { Job } from '../job.ts';
import { databaseUrl, makePool, sendMail, serve } from './app.ts';
import { CasesInRows, type Letter } from './rows.ts';

/** The job on pg-boss: mails and reminders are jobs, made in the transaction of the command. */

const boss = new PgBoss(databaseUrl);
boss.on('error', (error) => process.stderr.write(`${error.message}\n`));
await boss.start();
await boss.createQueue('mail');
await boss.createQueue('reminder');

const cases = new CasesInRows(await makePool(), (client, queue, payload, afterMs = 0) =>
  boss.send(queue, payload, {
    startAfter: new Date(Date.now() + afterMs),
    db: { executeSql: (text, values) => client.query(text, values as unknown[]) },
  }),
);

// One job every two seconds is the default; these are the shortest interval that it takes, and a batch.
const eager = { pollingIntervalSeconds: 0.5, batchSize: 50 };
await boss.work<Letter>('mail', eager, async (jobs) => {
  await Promise.all(jobs.map(({ data: { to, subject, topic } }) => sendMail(to, subject, topic)));
});
await boss.work<Job>('reminder', eager, async (jobs) => {
  for (const { data } of jobs) await cases.remind(data);
});

serve(cases);
