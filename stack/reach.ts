import { Connection } from '@temporalio/client';
import nodemailer from 'nodemailer';
import pg from 'pg';
import type { TemporalSettings } from './settings.ts';

/** Whether a service answered, and what it said or what to do. */
export type Reached = { ok: boolean; says: string };

export const PATIENCE_MS = 5_000;
const OLDEST_POSTGRES = 15;

const failed = (error: unknown, advice: string): Reached => {
  const message = (error as Error).message || String((error as { code?: string }).code ?? error);
  return { ok: false, says: `${message.split('\n')[0]}; ${advice}` };
};

/** Asks Temporal for the namespace. */
export async function reachTemporal({ connectionOptions, namespace }: TemporalSettings): Promise<Reached> {
  let connection: Connection | undefined;
  try {
    const opened = await Connection.connect({ ...connectionOptions, connectTimeout: PATIENCE_MS });
    connection = opened;
    const { serverVersion } = await opened.workflowService.getSystemInfo({});
    await opened.withDeadline(Date.now() + PATIENCE_MS, () => opened.workflowService.describeNamespace({ namespace }));
    return { ok: true, says: `server ${serverVersion}, namespace ${namespace}` };
  } catch (error) {
    return failed(error, 'is the address right, and does the server run?');
  } finally {
    await connection?.close();
  }
}

/** Logs in to Postgres and looks at its version. */
export async function reachDatabase(connectionString: string): Promise<Reached> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    const version = rows[0]?.server_version ?? '0';
    if (Number.parseInt(version, 10) >= OLDEST_POSTGRES) return { ok: true, says: `Postgres ${version}` };
    return { ok: false, says: `Postgres ${version} is too old; ${OLDEST_POSTGRES} or newer is needed.` };
  } catch (error) {
    return failed(error, 'are host, name and password right, and does it run?');
  } finally {
    await client.end().catch(() => {});
  }
}

/** Greets the mail relay and logs in where the URL says so; sends nothing. */
export async function reachSmtp(url: string): Promise<Reached> {
  const patience = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
  const transport = nodemailer.createTransport({ url, ...patience });
  try {
    await transport.verify();
    return { ok: true, says: 'answers' };
  } catch (error) {
    return failed(error, 'are host, name and password right, and does it run?');
  } finally {
    transport.close();
  }
}
