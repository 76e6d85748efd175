import { type Kysely, sql, type Transaction } from 'kysely';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Database } from '../schema.ts';
import { inTransaction } from '../transaction.ts';
import { type Person, surroundingsOf } from '../surroundings.ts';

export const findPerson = async (db: Kysely<Database>, id: string): Promise<Person | undefined> =>
  (await surroundingsOf(db, [`person/${id}`])).people.get(id);

export async function refuseUnknownPerson(db: Kysely<Database>, ...ids: string[]): Promise<Refusal | undefined> {
  const rows = await db.selectFrom('people').select('id').where('id', 'in', ids).execute();
  const unknown = ids.find((id) => !rows.some((row) => row.id === id));
  if (unknown === undefined) return undefined;
  return refuse('UnknownPerson', `There is no person "${unknown}"; see \`./entente directory list\`, or import them.`);
}

/** Those of these agencies, or of all, by name, with the day on which they leave or have left. */
export const peopleOfAgencies = (db: Kysely<Database>, agencies?: readonly string[]) => {
  const all = db
    .selectFrom('people')
    .select(['id', 'name', 'agency', 'left_on as leftOn'])
    .orderBy('name')
    .orderBy('id');
  return (agencies ? all.where('agency', 'in', [...agencies]) : all).execute();
};

/** One change to people at a time: two absences at once could each be right alone and wrong together. */
const peopleLock = 4_201_948;

export const inPeopleLine = <T>(db: Kysely<Database>, change: (trx: Transaction<Database>) => Promise<T>): Promise<T> =>
  inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(${peopleLock})`.execute(trx);
    return change(trx);
  });
