import { defineQuery, defineUpdate } from '@temporalio/workflow';

export const floorQueue = 'floor';

export interface FollowUp {
  readonly id: string;
  readonly topic: string;
  readonly owner: string;
  readonly coordinator: string;
}

export const opened = defineUpdate<string, []>('opened');
export const accept = defineUpdate<string, [note: string]>('accept');
export const report = defineUpdate<string, [report: string]>('report');
export const reportDone = defineUpdate<string, [evidence: string]>('reportDone');
export const verify = defineUpdate<string, [evidence: string]>('verify');
export const stageQuery = defineQuery<string>('stage');

/** The workflow that does nothing but answer. */
export const bare = 'bare';
export const ping = defineUpdate<string, []>('ping');
