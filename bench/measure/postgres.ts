import pg from 'pg';

/** What Postgres has done so far: for one database, but for WAL, which is the whole server's. */
export interface PostgresWork {
  readonly transactions: number;
  readonly rowsWritten: number;
  readonly walBytes: number;
}

const workQuery = `
  select xact_commit + xact_rollback as transactions, tup_inserted + tup_updated + tup_deleted as "rowsWritten",
    pg_current_wal_insert_lsn() - '0/0' as "walBytes"
  from pg_stat_database where datname = $1`;

/** Watches a server from a database in which nobody works. */
export function watchPostgres(anyUrl: string) {
  const pool = new pg.Pool({ connectionString: anyUrl.replace(/[^/]*$/, 'postgres'), max: 1 });
  // When a run fails, the server is stopped under it; what failed is told elsewhere.
  pool.on('error', () => undefined);
  return {
    async work(databaseUrl: string): Promise<PostgresWork> {
      const { rows } = await pool.query<Record<keyof PostgresWork, string>>(workQuery, [
        databaseUrl.replace(/^.*\//, ''),
      ]);
      const { transactions, rowsWritten, walBytes } = rows[0] ?? {};
      return { transactions: Number(transactions), rowsWritten: Number(rowsWritten), walBytes: Number(walBytes) };
    },
    close: () => pool.end(),
  };
}

export type PostgresWatch = ReturnType<typeof watchPostgres>;
