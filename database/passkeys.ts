import { type Kysely, sql } from 'kysely';
import type { PasskeyRow } from './answer-tables.ts';
import type { Database } from './schema.ts';
import { startKnown } from './sign-ins.ts';
import { inTransaction } from './transaction.ts';

type Db = Kysely<Database>;

/** One that was removed stays, so that it is not taken again, and signs nobody in. */
const standing = (db: Db) => db.selectFrom('passkeys').selectAll().where('removed_at', 'is', null);

/** Keeps a new one; whether it is new. */
export async function keepPasskey(
  db: Db,
  passkey: Pick<PasskeyRow, 'id' | 'person' | 'name' | 'public_key'> & { readonly counter: number },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('passkeys')
    .values(passkey)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export const passkeysOf = (db: Db, person: string): Promise<PasskeyRow[]> =>
  standing(db).where('person', '=', person).orderBy('made_at').execute();

export const findPasskey = (db: Db, id: string): Promise<PasskeyRow | undefined> =>
  standing(db).where('id', '=', id).executeTakeFirst();

/** Begins a session by one, unless it has signed for another or was removed meanwhile. Whether it has begun. */
export const startByPasskey = (
  db: Db,
  signIn: string,
  { id, person, counter }: Pick<PasskeyRow, 'id' | 'person' | 'counter'>,
  began: { readonly counter: number; readonly address: string; readonly session: string },
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('passkeys')
      .set({ counter: began.counter, used_at: sql<string>`clock_timestamp()` })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .where(sql<boolean>`counter = ${counter}::bigint`)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    const { address, session } = began;
    await startKnown(trx, signIn, { person, address, session, passkey: id });
    return true;
  });

/** Calls somebody's own something else. Safe to repeat. */
export const renamePasskey = async (
  db: Db,
  { id, person, name }: Pick<PasskeyRow, 'id' | 'person' | 'name'>,
): Promise<void> => {
  await db
    .updateTable('passkeys')
    .set({ name })
    .where('id', '=', id)
    .where('person', '=', person)
    .where('removed_at', 'is', null)
    .execute();
};

/** Removes somebody's own, and ends what was begun with it but for one session. Safe to repeat. */
export const removePasskey = (
  db: Db,
  { id, person }: Pick<PasskeyRow, 'id' | 'person'>,
  except: string,
): Promise<void> =>
  inTransaction(db, async (trx) => {
    const now = sql<string>`clock_timestamp()`;
    await trx
      .updateTable('passkeys')
      .set({ removed_at: now })
      .where('id', '=', id)
      .where('person', '=', person)
      .where('removed_at', 'is', null)
      .execute();
    await trx
      .updateTable('sign_ins')
      .set({ ended_at: now })
      .where('passkey', '=', id)
      .where('person', '=', person)
      .where('id', '!=', except)
      .where('ended_at', 'is', null)
      .execute();
  });
