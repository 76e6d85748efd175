import {
  ApplicationFailure,
  condition,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { FloorActivities } from './activities.ts';
import { accept, type FollowUp, opened, ping, report, reportDone, stageQuery, verify } from './messages.ts';

const { record } = proxyLocalActivities<FloorActivities>({ startToCloseTimeout: '10s' });
const { mail } = proxyActivities<FloorActivities>({ startToCloseTimeout: '1m' });

const untilReminder = '300ms';

/** The job written by hand, as somebody would who needs nothing but this one lifecycle. */
export async function floorAction({ id, topic, owner, coordinator }: FollowUp): Promise<string> {
  let stage = 'new';
  let number = 0;
  const underWay: Promise<void>[] = [];
  const put = (type: string, data = '') => record({ id, number: ++number, type, data });
  const send = (to: string, subject: string) => underWay.push(mail({ to, subject, text: `${subject}: ${topic}` }));
  const remindLater = async () => {
    await sleep(untilReminder);
    await put('reminded');
    send(owner, 'Reminder');
  };
  const advance = async (type: string, to: string, data?: string) => {
    await put(type, data);
    stage = to;
    if (to === 'inProgress') underWay.push(remindLater());
    if (to === 'reportedDone') send(coordinator, 'To verify');
    return stage;
  };
  const onlyAt = (possible: string) => ({
    validator: (_said: string) => {
      if (stage !== possible) throw ApplicationFailure.nonRetryable(`This is not possible at ${stage}.`, 'WrongStage');
    },
  });

  setHandler(stageQuery, () => stage);
  setHandler(opened, () => condition(() => stage !== 'new').then(() => stage));
  setHandler(accept, (note) => advance('accepted', 'inProgress', note), onlyAt('recorded'));
  setHandler(report, (text) => advance('reported', 'inProgress', text), onlyAt('inProgress'));
  setHandler(reportDone, (evidence) => advance('reportedDone', 'reportedDone', evidence), onlyAt('inProgress'));
  setHandler(verify, (evidence) => advance('verified', 'closed', evidence), onlyAt('reportedDone'));

  await advance('opened', 'recorded', topic);
  send(owner, 'A follow-up action for you');
  await condition(() => stage === 'closed');
  // Grows while it is gone through: a reminder adds its mail.
  for (const each of underWay) await each;
  return stage;
}

/** Does nothing but answer: what an update costs by itself. */
export async function bare(): Promise<void> {
  setHandler(ping, () => 'here');
  await condition(() => false);
}
