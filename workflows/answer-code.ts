import { proxyActivities } from '@temporalio/workflow';
import type { MailActivities } from '../activities/mail.ts';
import { mailQueue } from './messages.ts';

// Whoever asked waits at the page; after ten minutes the code is good for nothing.
const { mailCode } = proxyActivities<MailActivities>({
  taskQueue: mailQueue,
  startToCloseTimeout: '60s',
  scheduleToCloseTimeout: '10m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

type CodeAsked = Parameters<MailActivities['mailCode']>[0];

/** Mails a code that was asked for on an answer page. It is no case: it ends with the mail. */
export const answerCode = (asked: CodeAsked): Promise<void> => mailCode(asked);
