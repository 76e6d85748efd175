import { type Kysely, sql } from 'kysely';
import { columnsOf } from '../../database/backup/tables.ts';
import type { Database } from '../../database/schema.ts';

/** Cases that differ from one that was opened in the ordinary way only in their number, their owner and a reminder's time. */
export interface Clones {
  /** The case that all are made of; its id ends in its number. */
  readonly pilot: { readonly id: string; readonly number: number; readonly firstReminderAt: string };
  readonly from: number;
  readonly to: number;
  /** How many owners they have between them. */
  readonly owners: number;
  /** When the first reminder of each is due; that of the pilot when absent. */
  readonly remindAt?: string;
}

const tables = ['cases', 'events', 'commands', 'deadlines', 'messages'] as const;

/** Puts them on record, row by row as the pilot has them, in one statement for each table. */
export async function putClones(db: Kysely<Database>, { pilot, from, to, owners, remindAt }: Clones): Promise<void> {
  const { id, number, firstReminderAt } = pilot;
  for (const table of tables) {
    const name = sql.id(table);
    const idColumn = sql.id(table === 'cases' ? 'id' : 'case_id');
    // As in the state and in events; as columns have it, the instant is spelt otherwise.
    const spelt = sql`replace(to_jsonb(original)::text, ${firstReminderAt}, ${remindAt ?? firstReminderAt})`;
    const columns = await columnsOf(db, table);
    await sql`
      insert into ${name} (${sql.join(columns.map((column) => sql.id(column)))})
      select ${sql.join(columns.map((column) => sql.id('clone', column)))}
      from ${name} original, generate_series(${from}::integer, ${to}::integer) n,
        lateral (select 1 + n % ${owners}::integer as owner) as theirs,
        jsonb_populate_record(null::${name}, regexp_replace(regexp_replace(
          ${spelt}, ${`\\mbench-${number}\\M`}, 'bench-' || n, 'g'),
          ${`\\m([ao])${number}\\M`}, '\\1' || theirs.owner, 'g')::jsonb) clone
      where original.${idColumn} = ${id}`.execute(db);
  }
  if (!remindAt) return;
  const theirs = sql`any(select ${id.replace(/\d+$/, '')} || n from generate_series(${from}::integer, ${to}::integer) n)`;
  await sql`update deadlines set next_rung_at = ${remindAt} where name = 'complete' and case_id = ${theirs}`.execute(
    db,
  );
  await sql`update cases set next_due = ${remindAt} where id = ${theirs}`.execute(db);
}
