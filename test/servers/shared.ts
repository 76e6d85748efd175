import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { inject } from 'vitest';
import type { RegisterUrls } from '../../database/migrate.ts';
import { asClient, inDatabase } from '../../stack/postgres-roles.ts';
import type { SharedServer, SharedServers } from './run.ts';

async function shared(name: keyof SharedServers): Promise<SharedServer> {
  const answer = await fetch(`${inject('servers')}/${name}`);
  if (!answer.ok) throw new Error(`The ${name} of this run could not be started: ${await answer.text()}`);
  return (await answer.json()) as SharedServer;
}

let made = 0;
/** Files run in processes of their own, one after the other or side by side. */
const newName = (): string => `of_${process.pid}_${Date.now().toString(36)}_${(made += 1)}`;

/** A migrated register of one's own, on the Postgres of this run. */
export interface OwnDatabase {
  readonly urls: RegisterUrls;
  readonly superuserUrl: string;
  /** Each role by its own URL. */
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
  readonly drop: () => Promise<void>;
}

export async function newDatabase(): Promise<OwnDatabase> {
  const { env, superuserUrl = '', pid } = await shared('postgres');
  const name = newName();
  const template = new URL(superuserUrl).pathname.slice(1);
  const asSuperuser = (...statements: readonly string[]) =>
    asClient(inDatabase(superuserUrl, 'postgres'), async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  // Copied as files, it takes a little more than half of what it takes by way of the log. What may be done with it is not copied.
  await asSuperuser(
    `create database ${name} template ${template} owner entente_owner strategy file_copy`,
    `revoke all on database ${name} from public`,
    `grant connect on database ${name} to entente_worker, entente_reader`,
  );
  const [databaseUrl, databaseOwnerUrl, databaseReaderUrl] = [
    'DATABASE_URL',
    'DATABASE_OWNER_URL',
    'DATABASE_READER_URL',
  ].map((variable) => inDatabase(env[variable] ?? '', name));
  if (!databaseUrl || !databaseOwnerUrl || !databaseReaderUrl) throw new Error('A role has no URL.');
  return {
    urls: { databaseUrl, databaseOwnerUrl, databaseReaderUrl },
    superuserUrl: inDatabase(superuserUrl, name),
    env: {
      DATABASE_URL: databaseUrl,
      DATABASE_OWNER_URL: databaseOwnerUrl,
      DATABASE_READER_URL: databaseReaderUrl,
    },
    pid,
    drop: () => asSuperuser(`drop database ${name} with (force)`),
  };
}

/** In a database of one's own, on the Postgres of this run, in which there is nothing yet. */
export async function inEmptyDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  const { superuserUrl = '' } = await shared('postgres');
  const name = newName();
  const asSuperuser = (statement: string) =>
    asClient(inDatabase(superuserUrl, 'postgres'), (client) => client.query(statement));
  await asSuperuser(`create database ${name} strategy file_copy`);
  try {
    return await use(inDatabase(superuserUrl, name));
  } finally {
    await asSuperuser(`drop database ${name} with (force)`);
  }
}

/** A namespace of one's own, on the Temporal of this run. */
export interface OwnNamespace {
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
}

export async function newNamespace(): Promise<OwnNamespace> {
  const { env, pid } = await shared('temporal');
  const namespace = newName();
  const connection = await Connection.connect({ address: env['TEMPORAL_ADDRESS'] ?? '' });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs(3650 * 86_400_000),
    });
  } finally {
    await connection.close();
  }
  return { env: { ...env, TEMPORAL_NAMESPACE: namespace }, pid };
}
