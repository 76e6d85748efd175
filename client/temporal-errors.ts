import type * as sdk from '@temporalio/client';

/** What Temporal's errors mean, whatever the SDK has wrapped them in. */

export const grpc = {
  cancelled: 1,
  deadlineExceeded: 4,
  notFound: 5,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unavailable: 14,
} as const;

/** The gRPC error at the bottom of an error. */
export function grpcErrorIn(error: unknown): { code: number | undefined; details: string } {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const { code, details } = each as { code?: unknown; details?: unknown };
    if (typeof code === 'number') return { code, details: typeof details === 'string' ? details : each.message };
  }
  return { code: undefined, details: '' };
}

/** More is asked of a case at once than Temporal lets through. */
export const isBusy = (error: unknown): boolean => grpcErrorIn(error).code === grpc.resourceExhausted;

/** Nothing came back: Temporal is away, or it let go of what it had taken because the case was too busy. */
export function isAway(error: unknown): boolean {
  const { code } = grpcErrorIn(error);
  return code === grpc.unavailable || code === grpc.cancelled;
}

/** A worker that was given a task anew has not looked at the update: Temporal turns it down and forgets it. */
const isUnseen = (error: unknown): boolean =>
  error instanceof Error && (error.cause as { type?: unknown } | undefined)?.type === 'UnprocessedUpdate';

/** The case's task has failed or was given out anew, or the case is busy: asked again under the same id, it answers. */
export function isOfTheMoment(error: unknown): boolean {
  if (isUnseen(error)) return true;
  const { code, details } = grpcErrorIn(error);
  if (code === grpc.failedPrecondition) return !/no poller/i.test(details);
  return isBusy(error);
}

/** A query finds out by itself that nobody works on the queue. */
export function isUnanswered(
  error: unknown,
  { WorkflowUpdateRPCTimeoutOrCancelledError: TimedOut }: typeof sdk,
): boolean {
  const { code } = grpcErrorIn(error);
  return error instanceof TimedOut || code === grpc.deadlineExceeded || code === grpc.failedPrecondition;
}
