import type { Socket } from 'node:net';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { PreparingByKeyClient, PreparingClient } from './prepared.ts';
import type { Database } from './schema.ts';

const { types } = pg;
const dateType = 1082;
const instantType = 1184;
const bigintType = 20;

/**
 * For how long a connection may hold what others wait for, in milliseconds; 0 is for as long as it takes.
 *
 * Postgres itself keeps the first three, so they also hold for a process that is frozen or cut off.
 */
export interface Bounds {
  /** Waiting for a lock. */
  readonly lock: number;
  readonly statement: number;
  /** Between two statements of a transaction. */
  readonly idleInTransaction: number;
  /** Without a word from Postgres; longer than a statement may take. */
  readonly silence: number;
}

/** A case tries again soon, and whoever takes it over from a worker that stands still must not wait for that one. */
export const forCases: Bounds = { lock: 4_000, statement: 20_000, idleInTransaction: 10_000, silence: 30_000 };

/** Lists and imports take the time that they take; somebody sits there who can break them off. */
export const forPeople: Bounds = { lock: 30_000, statement: 0, idleInTransaction: 60_000, silence: 0 };

/** Several workers that start at once wait for the one that migrates. */
export const forMigrations: Bounds = { lock: 0, statement: 0, idleInTransaction: 600_000, silence: 0 };

/**
 * A pool of connections to the register. One that is lost fails what is asked over it, and the next question gets a
 * new one; `bounds` are those of the worker unless others are named.
 *
 * Dates come back as `2018-09-28` and instants as ISO 8601 in UTC: a Date object would bring the machine's zone in.
 * What was answered survives a power cut, whatever the role or the server are set to.
 */
export const connect = (url: string, connections = 10, bounds: Bounds = forCases): Kysely<Database> =>
  pooled(withSettings(url, '-c synchronous_commit=on'), connections, bounds);

/** The same for a register that is gone afterwards: nobody waits for its disk. */
export const connectForAWhile = (url: string, connections = 10): Kysely<Database> =>
  pooled(withSettings(url, '-c synchronous_commit=off'), connections, forCases);

/** The same for whoever only asks: a change is refused, whatever the role may do. */
export const connectReading = (url: string, connections = 10, bounds: Bounds = forPeople): Kysely<Database> =>
  pooled(withSettings(url, '-c default_transaction_read_only=on'), connections, bounds);

function pooled(url: string, connections: number, bounds: Bounds): Kysely<Database> {
  const pool = new pg.Pool({
    Client: bounds === forCases ? PreparingClient : PreparingByKeyClient,
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'entente',
    lock_timeout: bounds.lock,
    statement_timeout: bounds.statement,
    idle_in_transaction_session_timeout: bounds.idleInTransaction,
    types: { getTypeParser: typeParser },
  });
  // Without a listener an error ends the process: the pool hears those of idle connections, a connection in use its own.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    breakAfterSilence(client, bounds.silence);
  });
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

/** In the URL itself: the driver lets `options` of a URL go before its own. */
function withSettings(url: string, settings: string): string {
  const parsed = new URL(url);
  const options = [parsed.searchParams.get('options'), '-c TimeZone=UTC', settings];
  parsed.searchParams.set('options', options.filter(Boolean).join(' '));
  return parsed.href;
}

/** Where packets vanish, neither Postgres nor TCP tells us within minutes that nobody is there any more. */
function breakAfterSilence(client: pg.Client, silence: number): void {
  const { stream } = client.connection as unknown as { stream: Socket };
  const seconds = silence / 1_000;
  stream.setTimeout(silence, () => stream.destroy(new Error(`Postgres has said nothing for ${seconds} s`)));
}

function typeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (type === dateType) return (value) => value;
  if (type === instantType) return (value) => new Date(value).toISOString();
  if (type === bigintType) return Number;
  return types.getTypeParser(type, format as 'text');
}
