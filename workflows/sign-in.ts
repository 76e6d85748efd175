import { proxyActivities } from '@temporalio/workflow';
import type { MailActivities } from '../activities/mail.ts';
import { mailQueue } from './messages.ts';

// Whoever asked waits for it; after a quarter of an hour the link is good for nothing.
const { mailSignIn } = proxyActivities<MailActivities>({
  taskQueue: mailQueue,
  startToCloseTimeout: '60s',
  scheduleToCloseTimeout: '15m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** Mails the link by which somebody signs in at the pages. It is no case: it ends with the mail. */
export const signIn = (id: string): Promise<void> => mailSignIn(id);
