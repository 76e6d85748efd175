import type { Kysely } from 'kysely';
import { connect } from '../../database/connect.ts';
import type { RegisterUrls } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { asClient, inDatabase } from '../../stack/postgres-roles.ts';
import type { Register } from './register.ts';

let databases = 0;

/** A new database without a register, on the same server and for the same roles. */
export async function databaseBeside({ superuser, urls }: Register): Promise<RegisterUrls> {
  const name = `${new URL(superuser).pathname.slice(1)}_${++databases}`;
  await asClient(superuser, (client) => client.query(`create database ${name} owner entente_owner`));
  return {
    databaseUrl: inDatabase(urls.databaseUrl, name),
    databaseOwnerUrl: inDatabase(urls.databaseOwnerUrl, name),
    databaseReaderUrl: inDatabase(urls.databaseReaderUrl, name),
  };
}

export async function using<T>(url: string, act: (db: Kysely<Database>) => Promise<T>): Promise<T> {
  const opened = connect(url, 1);
  try {
    return await act(opened);
  } finally {
    await opened.destroy();
  }
}

export const asEnv = (urls: RegisterUrls) => ({
  DATABASE_URL: urls.databaseUrl,
  DATABASE_OWNER_URL: urls.databaseOwnerUrl,
  DATABASE_READER_URL: urls.databaseReaderUrl,
});
