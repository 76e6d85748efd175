import { ApplicationFailure } from '@temporalio/workflow';
import type { Refusal } from '../domain/refusal.ts';

/** Without a stack: a refusal is for people, and the Temporal UI would show them where in our code it was said. */
export const refused = ({ refused: type, because }: Refusal): ApplicationFailure => {
  const failure = ApplicationFailure.create({ type, message: because, nonRetryable: true });
  failure.stack = '';
  return failure;
};
