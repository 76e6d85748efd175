import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './schema.ts';

const { types } = pg;
const dateType = 1082;
const instantType = 1184;
const bigintType = 20;

/**
 * A pool of connections to the register.
 *
 * Dates come back as `2018-09-28` and instants as ISO 8601 in UTC: a Date object would bring the machine's zone in.
 */
export function connect(url: string, connections = 10): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    application_name: 'entente',
    options: '-c TimeZone=UTC',
    types: { getTypeParser: typeParser },
  });
  // A server that goes away while a connection is idle must not end the process; the next query says what is wrong.
  pool.on('error', () => undefined);
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

function typeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (type === dateType) return (value) => value;
  if (type === instantType) return (value) => new Date(value).toISOString();
  if (type === bigintType) return Number;
  return types.getTypeParser(type, format as 'text');
}
