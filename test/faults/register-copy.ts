import { sql } from 'kysely';
import { connect } from '../../database/connect.ts';
import { storedColumns } from '../stored-columns.ts';
import type { FaultyWorld } from './world.ts';

/** In the order in which their rows can be written. */
const tables = ['cases', 'events', 'commands', 'deadlines', 'messages'] as const;

/** What the register has of a case, as a dump would have it. */
export interface RegisterCopy {
  readonly caseId: string;
  readonly rows: Readonly<Record<string, unknown>>;
}

/** The rows of a case that was never on record: those of an empty register. */
export const nothingOf = (caseId: string): RegisterCopy => ({
  caseId,
  rows: Object.fromEntries(tables.map((table) => [table, []])),
});

const columnOf = (table: string): string => (table === 'cases' ? 'id' : 'case_id');

export async function copyOf({ db }: FaultyWorld, caseId: string): Promise<RegisterCopy> {
  const rows: Record<string, unknown> = {};
  for (const table of tables) {
    const found = await sql<{ all: unknown }>`
      select coalesce(jsonb_agg(t order by t), '[]') as all from ${sql.table(table)} t
      where ${sql.ref(columnOf(table))} = ${caseId}`.execute(db);
    rows[table] = found.rows[0]?.all;
  }
  return { caseId, rows };
}

/** Puts the register back, for one case, to what it was when the copy was taken; its events refuse that otherwise. */
export async function restore({ stack }: FaultyWorld, { caseId, rows }: RegisterCopy): Promise<void> {
  const superuser = connect(stack.superuserUrl ?? '', 1);
  await superuser.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    for (const table of tables) {
      await sql`delete from ${sql.table(table)} where ${sql.ref(columnOf(table))} = ${caseId}`.execute(trx);
      const columns = await storedColumns(trx, table);
      await sql`
        insert into ${sql.table(table)} (${columns})
        select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows[table])}::jsonb)`.execute(
        trx,
      );
    }
  });
  await superuser.destroy();
}
