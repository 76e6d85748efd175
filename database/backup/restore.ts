import { type Kysely, sql, type Transaction } from 'kysely';
import { migrateTo, migrateWholly, migrationsIn } from '../migrate.ts';
import type { Database } from '../schema.ts';
import { columnsOf, contentOf, tablesOf } from './tables.ts';
import type { BackupHeader } from './write.ts';

/** The register cannot be restored here, or the file is not what it says; nothing has changed. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';
}

/** The rows of a backup, table by table. */
export type BackupRows = AsyncIterable<{ readonly table: string; readonly rows: readonly string[] }>;

export interface Restored {
  readonly restoredAt: string;
  /** Messages that were to go between the backup and now: a person has to say whether they did. */
  readonly inDoubt: number;
}

/**
 * Loads a backup into an empty register, as a whole or not at all, brings it to this version, and puts every message in
 * doubt that may have gone since the backup was taken.
 *
 * @param db of the owner of the tables, in a register of this version
 * @throws {@link RestoreError} if the register holds anything, or what was loaded is not what the backup says
 */
export async function restoreBackup(
  db: Kysely<Database>,
  { header, checksum, rows }: { readonly header: BackupHeader; readonly checksum: string; readonly rows: BackupRows },
): Promise<Restored> {
  return db.transaction().execute(async (trx) => {
    const tables = await tablesOf(trx);
    // Whoever writes waits, and finds the register restored or as it was.
    await sql`lock table ${sql.join(tables.map((table) => sql.id(table)))} in access exclusive mode`.execute(trx);
    await refuseFilled(trx, tables);
    const here = await migrationsIn(trx);
    if (here.join() !== header.migrations.join()) await emptyRegisterOf(trx, header.migrations);
    for await (const { table, rows: lines } of rows) await insert(trx, table, lines);
    await refuseOther(trx, header);
    await countOn(trx);
    await migrateWholly(trx);
    return putOnRecord(trx, header.takenAt, checksum);
  });
}

async function refuseFilled(trx: Transaction<Database>, tables: readonly string[]): Promise<void> {
  const filled: string[] = [];
  for (const table of tables) {
    const { rows } = await sql`select from ${sql.id(table)} limit 1`.execute(trx);
    if (rows.length > 0) filled.push(table);
  }
  if (filled.length > 0)
    throw new RestoreError(
      `The register here is not empty (${filled.join(', ')}). Nothing was restored. Restore into a new database, or, if nothing in this one is needed any more, begin anew (\`npm start -- --fresh\`).`,
    );
}

/** An empty register of an earlier version, in place of the empty one of this version. */
async function emptyRegisterOf(trx: Transaction<Database>, migrations: readonly string[]): Promise<void> {
  const { rows } = await sql<{ command: string }>`
    select format('drop table if exists %s cascade', oid::regclass) as command from pg_class
      where relnamespace = current_schema()::regnamespace and relkind = 'r'
        and relname not in ('kysely_migration', 'kysely_migration_lock')
    union all
    select format('drop function if exists %s cascade', oid::regprocedure) from pg_proc
      where pronamespace = current_schema()::regnamespace
    union all
    select format('drop collation %s', oid::regcollation) from pg_collation
      where collnamespace = current_schema()::regnamespace`.execute(trx);
  for (const { command } of rows) await sql.raw(command).execute(trx);
  await sql`delete from kysely_migration`.execute(trx);
  await migrateTo(trx, migrations);
}

async function insert(trx: Transaction<Database>, table: string, lines: readonly string[]): Promise<void> {
  const columns = sql.join((await columnsOf(trx, table)).map((column) => sql.id(column)));
  await sql`insert into ${sql.id(table)} (${columns}) overriding system value
    select ${columns} from json_populate_recordset(null::${sql.id(table)}, ${`[${lines.join(',')}]`}::json)`.execute(
    trx,
  );
}

async function refuseOther(trx: Transaction<Database>, { tables }: BackupHeader): Promise<void> {
  for (const [table, meant] of Object.entries(tables)) {
    const there = await contentOf(trx, table);
    if (there.rows !== meant.rows || there.fingerprint !== meant.fingerprint)
      throw new RestoreError(
        `What was loaded into ${table} is not what the backup says it holds (${there.rows} of ${meant.rows} rows). Nothing was restored; take another backup file.`,
      );
  }
}

/** Numbers that the database draws go on after those that were loaded. */
async function countOn(trx: Transaction<Database>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES'`.execute(trx);
  for (const { table, column } of rows)
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), max(${sql.id(column)})) from ${sql.id(table)}`.execute(
      trx,
    );
}

async function putOnRecord(trx: Transaction<Database>, takenAt: string, checksum: string): Promise<Restored> {
  const { restored_at } = await trx
    .insertInto('restorations')
    .values({ taken_at: takenAt, checksum })
    .returning('restored_at')
    .executeTakeFirstOrThrow();
  const { numAffectedRows = 0n } = await sql`
    update messages set state = 'inDoubt', claim_token = null, claim_until = null, changed_at = clock_timestamp(), reply = ${doubt(takenAt)}
    where state in ('planned', 'claimed', 'inData') and send_at <= ${restored_at}`.execute(trx);
  return { restoredAt: restored_at, inDoubt: Number(numAffectedRows) };
}

const doubt = (takenAt: string): string =>
  `The register was restored from a backup of ${takenAt}: it may have gone out after that.`;

/**
 * Of messages that were put on record just now: those that tell of something from before the register was restored may
 * have gone already, put on record by what was lost.
 */
export const doubtWhatMayHaveGone = (trx: Transaction<Database>, keys: readonly string[]): Promise<unknown> =>
  sql`update messages set state = 'inDoubt', changed_at = clock_timestamp(), reply =
      'The register was restored from a backup of ' || to_char(last.taken_at, 'YYYY-MM-DD HH24:MI') || ' UTC: it may have gone out after that.'
    from (select taken_at, restored_at from restorations order by restored_at desc limit 1) last
    where key = any(${keys}::text[]) and state = 'planned' and at <= last.restored_at`.execute(trx);
