import { DBOS } from '@dbos-inc/dbos-sdk';
import { type Job, type Step, untilReminderMs } from '../job.ts';
import { databaseUrl, makePool, sendMail, serve, transitions } from './app.ts';

/** The job in DBOS: a workflow that is sent messages, a step for each record and each mail, an event for each answer. */

type Command = Exclude<Step, 'open'>;

const pool = await makePool();

const record = (id: string, type: string) =>
  DBOS.runStep(
    async () => {
      await pool.query(`insert into events (case_id, type, data) values ($1, $2, '{}')`, [id, type]);
    },
    { name: type },
  );

const mail = (to: string, subject: string, topic: string) =>
  DBOS.runStep(() => sendMail(to, subject, topic), { name: 'mail' });

const remind = DBOS.registerWorkflow(
  async ({ id, owner, topic }: Job): Promise<void> => {
    await DBOS.sleep(untilReminderMs);
    await record(id, 'reminded');
    await mail(owner, 'Reminder', topic);
  },
  { name: 'remind' },
);

const followUp = DBOS.registerWorkflow(
  async (job: Job): Promise<string> => {
    const { id, topic, owner, coordinator } = job;
    let stage: string = 'recorded';
    await record(id, 'opened');
    await DBOS.setEvent('open', stage);
    await mail(owner, 'A follow-up action for you', topic);
    const reminders: Promise<void>[] = [];
    while (stage !== 'closed') {
      const step = await DBOS.recv<Command>('commands', 3_600);
      if (!step) continue;
      const { from, type, to } = transitions[step];
      if (stage === from) {
        await record(id, type);
        stage = to;
      }
      await DBOS.setEvent(step, stage);
      if (stage === 'inProgress') {
        const reminder = await DBOS.startWorkflow(remind)(job);
        reminders.push(reminder.getResult());
      }
      if (stage === 'reportedDone') await mail(coordinator, 'To verify', topic);
    }
    for (const reminder of reminders) await reminder;
    return stage;
  },
  { name: 'followUp' },
);

DBOS.setConfig({ name: 'bench', systemDatabaseUrl: databaseUrl, logLevel: 'warn' });
await DBOS.launch();

serve({
  async give(job, step) {
    if (step === 'open') await DBOS.startWorkflow(followUp, { workflowID: job.id })(job);
    else await DBOS.send(job.id, step, 'commands');
    if ((await DBOS.getEvent(job.id, step, 60)) === null) throw new Error(`${step} was not answered.`);
  },
  ended: async ({ id }) => void (await DBOS.retrieveWorkflow(id).getResult()),
});
