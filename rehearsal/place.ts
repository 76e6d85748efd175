import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { RehearsalRegister } from '../database/rehearsals.ts';
import type { TemporalConnection } from '../stack/settings.ts';

/** A server cannot do what a rehearsal needs. */
export class NoRehearsalError extends Error {
  override readonly name = 'NoRehearsalError';
}

const setting = 'frontend.WorkflowTimeSkippingEnabled=true';
const retentionMs = 86_400_000;
/** Whoever has lost its server does not wait for long to hear that it is still away. */
const removedWithinMs = 15_000;
const unimplemented = 12;
const notFound = 5;

/** Temporal's name of what Postgres calls `rehearsal_…`. */
const namespaceOf = (name: string): string => name.replaceAll('_', '-');

/**
 * Makes a namespace for as long as `act` takes; those of rehearsals that were killed go first. What cannot be removed is left
 * with its register to the next one.
 *
 * @throws {@link NoRehearsalError} if the server does not skip time
 */
export async function withNamespace<T>(
  connectionOptions: TemporalConnection,
  { name, left, forget, leave }: Pick<RehearsalRegister, 'name' | 'left' | 'forget' | 'leave'>,
  act: (namespace: string) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect(connectionOptions);
  try {
    for (const each of left) if (await isRemoved(connection, namespaceOf(each))) await forget(each);
    const namespace = namespaceOf(name);
    const workflowExecutionRetentionPeriod = msToTs(retentionMs);
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
    try {
      await refuseWithoutSkipping(connection, namespace, connectionOptions.address);
      return await act(namespace);
    } finally {
      if (!(await isRemoved(connection, namespace))) leave();
    }
  } finally {
    await connection.close();
  }
}

async function isRemoved(connection: Connection, namespace: string): Promise<boolean> {
  try {
    const removed = () => connection.operatorService.deleteNamespace({ namespace });
    await connection.withDeadline(Date.now() + removedWithinMs, removed);
    return true;
  } catch (error) {
    return (error as { readonly code?: number }).code === notFound;
  }
}

/** Asked of a workflow that there is not: a server that skips time looks for it first. */
async function refuseWithoutSkipping({ workflowService }: Connection, namespace: string, address: string) {
  try {
    await workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution: { workflowId: randomUUID() },
      workflowExecutionOptions: { timeSkippingConfig: { enabled: true } },
      updateMask: { paths: ['time_skipping_config'] },
    });
  } catch (error) {
    const { code, details = '' } = error as { readonly code?: number; readonly details?: string };
    if (code === unimplemented || /skipping/i.test(details))
      throw new NoRehearsalError(
        `Temporal at ${address} does not skip time: it lacks the setting ${setting}. \`./entente forecast\` says the same without it.`,
        { cause: error },
      );
  }
}
