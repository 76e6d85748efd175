import { NativeConnection } from '@temporalio/worker';
import type { Kysely } from 'kysely';
import { connect } from '../database/connect.ts';
import { prepareRegister, type RegisterUrls } from '../database/migrate.ts';
import type { Database } from '../database/schema.ts';
import { firstFailure, isUnreachable } from '../database/unreachable.ts';
import { DatabaseVersionError } from '../database/version-error.ts';
import type { TemporalSettings } from '../stack/settings.ts';
import { onceItAnswers } from './patience.ts';
import { registerSearchAttributes } from './search-attributes.ts';
import { whyTooOld } from './temporal-version.ts';

/**
 * The register, migrated to this version and granted to its roles; waits while Postgres is down or still starting.
 *
 * @throws with a sentence for what waiting cannot mend: a wrong password, no such database, a newer register
 */
export async function readyRegister(urls: RegisterUrls, signal: AbortSignal): Promise<Kysely<Database>> {
  const { host } = new URL(urls.databaseUrl);
  const ask = () => prepareRegister(urls);
  const passing = (error: unknown) => (isUnreachable(error) ? firstFailure(error).message : undefined);
  await onceItAnswers({ service: `Postgres at ${host}`, ask, passing, signal }).catch((error: unknown) => {
    if (signal.aborted || error instanceof DatabaseVersionError) throw error;
    throw new Error(`Postgres does not answer as it should: ${firstFailure(error).message}`, { cause: error });
  });
  return connect(urls.databaseUrl);
}

/**
 * Temporal, with what cases need to be shown; waits while the server is down, or up and not healthy yet.
 *
 * @throws with a sentence for what waiting cannot mend: keys, certificates, no such namespace, an old server
 */
export async function readyTemporal(settings: TemporalSettings, signal: AbortSignal): Promise<NativeConnection> {
  const { address } = settings.connectionOptions;
  const until = performance.now() + namespaceWithinMs;
  const passing = (error: unknown) =>
    grpcCodeOf(error) === notFound && performance.now() > until ? undefined : passingFault(error);
  const ask = () => connected(settings);
  return onceItAnswers({ service: `Temporal at ${address}`, ask, passing, signal }).catch((error: unknown) => {
    if (signal.aborted || error instanceof ServerTooOldError) throw error;
    throw new Error(`Temporal at ${address} does not answer as it should: ${faultOf(error)}`, { cause: error });
  });
}

/** A server that is set up anew has its namespace a moment after it answers. */
const namespaceWithinMs = 20_000;

class ServerTooOldError extends Error {}

async function connected({ connectionOptions, namespace }: TemporalSettings): Promise<NativeConnection> {
  const connection = await NativeConnection.connect(connectionOptions);
  try {
    const { serverVersion } = await connection.workflowService.getSystemInfo({});
    const tooOld = whyTooOld(serverVersion);
    if (tooOld) throw new ServerTooOldError(tooOld);
    await connection.workflowService.describeNamespace({ namespace });
    await registerSearchAttributes(connection, namespace).catch((error: unknown) => {
      if (passingFault(error) !== undefined) throw error;
      // Where an administrator keeps them, as in Temporal Cloud, they may be there already; cases say so if they are not.
      process.stderr.write(`Search attributes could not be added: ${faultOf(error)}\n`);
    });
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

const notFound = 5;
const passingCodes = [1, 4, notFound, 8, 14];

/** The SDK tells what its own transport met only in words. */
const passingWords = /refused|reset|dns error|timed out|timeout|unavailable|unreachable|not healthy|broken pipe/i;

function passingFault(error: unknown): string | undefined {
  const code = grpcCodeOf(error);
  const { message } = firstFailure(error);
  const passes = code === undefined ? passingWords.test(message) : passingCodes.includes(code);
  return passes ? faultOf(error) : undefined;
}

function grpcCodeOf(error: unknown): number | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

/** What is wrong in an error of the SDK, without the names of its inner parts. */
function faultOf(error: unknown): string {
  const { details } = error as { details?: unknown };
  if (typeof details === 'string' && details !== '') return details;
  const { message } = firstFailure(error);
  return /(?:message|error): "([^"]+)"/.exec(message)?.[1] ?? message;
}
