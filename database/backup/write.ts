import { type Kysely, sql, type Transaction } from 'kysely';
import { migrationsIn } from '../migrate.ts';
import type { Database } from '../schema.ts';
import { contentOf, type TableContent, tablesOf } from './tables.ts';

/** What a backup says of itself, in its first line. */
export interface BackupHeader {
  readonly entente: 'backup';
  readonly format: 1;
  /** The moment of which it is, by the database's clock. */
  readonly takenAt: string;
  readonly postgres: string;
  readonly migrations: readonly string[];
  /** In the order in which they can be loaded. */
  readonly tables: Readonly<Record<string, TableContent>>;
}

/** Rows are fetched and written so many at a time; files may be large, and so is their JSON. */
const rowsAtOnceOf = (table: string): number => (table === 'documents' ? 1 : 500);

/**
 * Everything on record as it is at one moment, line by line; others can go on writing meanwhile.
 *
 * The first line is a {@link BackupHeader}; then comes, table by table, a line `{"table": name}` and one line of JSON per row.
 */
export function writeBackup(db: Kysely<Database>, write: (line: string) => Promise<void>): Promise<BackupHeader> {
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return snapshot.execute(async (trx) => {
    const header = await headerOf(trx);
    await write(JSON.stringify(header));
    for (const table of Object.keys(header.tables)) await writeTable(trx, table, write);
    return header;
  });
}

async function headerOf(trx: Transaction<Database>): Promise<BackupHeader> {
  const { rows } = await sql<{ takenAt: string; postgres: string }>`
    select clock_timestamp() as "takenAt", current_setting('server_version') as postgres`.execute(trx);
  const { takenAt = '', postgres = '' } = rows[0] ?? {};
  const tables: Record<string, TableContent> = {};
  for (const table of await tablesOf(trx)) tables[table] = await contentOf(trx, table);
  return { entente: 'backup', format: 1, takenAt, postgres, migrations: await migrationsIn(trx), tables };
}

async function writeTable(
  trx: Transaction<Database>,
  table: string,
  write: (line: string) => Promise<void>,
): Promise<void> {
  await write(JSON.stringify({ table }));
  await sql`declare backup no scroll cursor for select row_to_json(t)::text as line from ${sql.id(table)} t`.execute(
    trx,
  );
  const rowsAtOnce = rowsAtOnceOf(table);
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(rowsAtOnce)} from backup`.execute(trx);
    for (const { line } of rows) await write(line);
    if (rows.length < rowsAtOnce) break;
  }
  await sql`close backup`.execute(trx);
}
