import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/schema.ts';
import { readEvents } from '../database/register.ts';
import { fold } from '../domain/case/evolve.ts';
import { kindOf } from '../domain/case/opening.ts';
import { type CaseEvent, stageOf } from '../domain/case/state.ts';
import { type Kind, lifecycles } from '../domain/kinds.ts';
import { storedColumns } from './stored-columns.ts';

/** A register as an older dump would have it. */
export interface Taken {
  /** How many events are left. */
  readonly kept: number;
  /** As it was. */
  readonly putBack: () => Promise<void>;
}

/** Each after what it refers to, with what tells to which event a row belongs. */
const tables = [
  ['cases', 'id', undefined],
  ['events', 'case_id', 'number'],
  ['commands', 'case_id', `(answer->>'event')::integer`],
  ['deadlines', 'case_id', undefined],
  ['messages', 'case_id', 'event_number'],
] as const;

/**
 * Takes the last events of a case out of the register, with what came of them, or all that there is of it.
 *
 * @param db the owner's: nobody else comes around the refusal to delete events
 * @param end as of `Array.slice`: -1 leaves all events but the last, 2 the first two, 0 none
 */
export async function takenFromRegister(db: Kysely<Database>, id: string, end: number): Promise<Taken> {
  const left = (await readEvents(db, id)).slice(0, end);
  const kept = left.length;
  await unguarded(db, async (trx) => {
    for (const [table, column] of tables)
      await sql`create table ${taken(table)} as select * from ${sql.table(table)} where ${sql.ref(column)} = ${sql.lit(id)}`.execute(
        trx,
      );
    for (const [table, column, event] of tables.toReversed())
      if (kept === 0 || event)
        await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${id} and ${sql.raw(kept === 0 ? 'true' : `${event} > ${kept}`)}`.execute(
          trx,
        );
    if (kept > 0) await trx.updateTable('cases').set(standing(id, left)).where('id', '=', id).execute();
  });
  const putBack = () =>
    unguarded(db, async (trx) => {
      for (const [table, column] of tables.toReversed())
        await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${id}`.execute(trx);
      for (const [table] of tables) {
        const columns = await storedColumns(trx, table);
        await sql`insert into ${sql.table(table)} (${columns}) select ${columns} from ${taken(table)}`.execute(trx);
        await sql`drop table ${taken(table)}`.execute(trx);
      }
    });
  return { kept, putBack };
}

const taken = (table: string) => sql.table(`taken_${table}`);

function standing(id: string, events: readonly CaseEvent[]) {
  const state = fold(lifecycles[kindOf(id) as Kind], events);
  return {
    number: state.number,
    stage: stageOf(state),
    closed_at: state.closedAt ?? null,
    state: JSON.stringify(state),
  };
}

const unguarded = (db: Kysely<Database>, act: (trx: Kysely<Database>) => Promise<void>): Promise<void> =>
  db.transaction().execute(async (trx) => {
    await sql`alter table events disable trigger user`.execute(trx);
    await act(trx);
    await sql`alter table events enable trigger user`.execute(trx);
  });
