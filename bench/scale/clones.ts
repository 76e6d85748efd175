import { type Kysely, sql } from 'kysely';
import { columnsOf } from '../../database/backup/tables.ts';
import type { Database } from '../../database/schema.ts';
import type { Instant } from '../../domain/dates.ts';

/** Cases that differ from one that was opened in the ordinary way only in their number, their owner and when they wake. */
export interface Clones {
  readonly pilot: Pilot;
  /** The first and the last number. */
  readonly from: number;
  readonly to: number;
  /** How many owners they have between them, numbered from this on. */
  readonly owners: number;
  readonly firstOwner: number;
  /** When the next reminder of each is due; that of the pilot when absent. */
  readonly wakeAt?: Instant;
}

/** The case that all are made of, asleep; its id and its owner's end in its number, which has as many digits as all others. */
export interface Pilot {
  readonly id: string;
  readonly number: number;
  /** When its next reminder is due. */
  readonly wakesAt: Instant;
}

const tables = ['cases', 'events', 'commands', 'deadlines', 'messages'] as const;

/** Puts them on record, row by row as the pilot has them, in one statement for each table. */
export async function putClones(db: Kysely<Database>, clones: Clones): Promise<void> {
  const { pilot, from, to, owners, firstOwner, wakeAt = pilot.wakesAt } = clones;
  const { id, number, wakesAt } = pilot;
  for (const table of tables) {
    const name = sql.id(table);
    const idColumn = sql.id(table === 'cases' ? 'id' : 'case_id');
    // As in the state and in events; as columns have it, the instant is spelt otherwise.
    const spelt = sql`replace(to_jsonb(original)::text, ${wakesAt}, ${wakeAt})`;
    const columns = await columnsOf(db, table);
    await sql`
      insert into ${name} (${sql.join(columns.map((column) => sql.id(column)))})
      select ${sql.join(columns.map((column) => sql.id('clone', column)))}
      from ${name} original, generate_series(${from}::integer, ${to}::integer) n,
        lateral (select ${firstOwner}::integer + n % ${owners}::integer as owner) as theirs,
        jsonb_populate_record(null::${name}, regexp_replace(regexp_replace(
          ${spelt}, ${`\\mbench-${number}\\M`}, 'bench-' || n, 'g'),
          ${`\\m([ao])${number}\\M`}, '\\1' || theirs.owner, 'g')::jsonb) clone
      where original.${idColumn} = ${id}`.execute(db);
  }
  if (wakeAt === wakesAt) return;
  const theirs = sql`any(select ${id.replace(/\d+$/, '')} || n from generate_series(${from}::integer, ${to}::integer) n)`;
  await sql`update deadlines set next_rung_at = ${wakeAt} where next_rung_at = ${wakesAt} and case_id = ${theirs}`.execute(
    db,
  );
}
