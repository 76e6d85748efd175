import { Logger, run, type TaskList } from 'graphile-worker';
import type { Job } from '../job.ts';
import { databaseUrl, makePool, sendMail, serve } from './app.ts';
import { CasesInRows, type Letter } from './rows.ts';

/** The job on graphile-worker: mails and reminders are jobs, made in the transaction of the command. */

const addJob = `select graphile_worker.add_job($1, $2::json, run_at => now() + $3 * interval '1 millisecond')`;

const cases = new CasesInRows(await makePool(), (client, queue, payload, afterMs = 0) =>
  client.query(addJob, [queue, JSON.stringify(payload), afterMs]),
);

const taskList: TaskList = {
  mail: async (payload) => {
    const { to, subject, topic } = payload as Letter;
    await sendMail(to, subject, topic);
  },
  reminder: (payload) => cases.remind(payload as Job),
};

const logger = new Logger(() => (level, message) => {
  if (level === 'error') process.stderr.write(`${message}\n`);
});
// Further jobs are told to it; those for later it looks for every two seconds, its default.
await run({ connectionString: databaseUrl, concurrency: 10, noHandleSignals: true, logger, taskList });

serve(cases);
