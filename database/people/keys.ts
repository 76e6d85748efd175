import { type Kysely, sql, type Transaction } from 'kysely';
import { notProved } from '../../domain/case/proof.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { forgetUnconfirmedKeys, keyIdOf } from '../proof-keys.ts';
import type { Database } from '../schema.ts';
import { inTransaction } from '../transaction.ts';
import { refuseUnknownPerson } from './person.ts';
import { refuseBesideCases } from './roles.ts';

type Db = Kysely<Database>;

/** For how long a key that was made can be confirmed. */
export const confirmMinutes = 15;
/** For how many days a key of a person is good. */
export const keyDays = 365;
const aYearFromNow = sql<string>`clock_timestamp() + ${sql.lit(keyDays)} * interval '1 day'`;

const canBeConfirmed = sql<boolean>`from_at is null and asked_at > clock_timestamp() - ${sql.lit(confirmMinutes)} * interval '1 minute'`;

/** A key that was made at a computer, and that nobody has said to be theirs yet. */
export interface AskedKey {
  readonly publicKey: string;
  /** What the computer calls itself. */
  readonly place: string;
  /** By which its asker finds it on the pages. */
  readonly code: string;
}

export const askForKey = async (db: Db, { publicKey, place, code }: AskedKey): Promise<void> => {
  const id = keyIdOf(publicKey);
  await forgetUnconfirmedKeys(db);
  await db.insertInto('proof_keys').values({ id, public_key: publicKey, owner: 'person', place, code }).execute();
};

/** Nothing for a code that there is not, that was used, or that is over. */
export const findAskedKey = (
  db: Db,
  code: string,
): Promise<{ readonly place: string; readonly askedAt: string } | undefined> =>
  db
    .selectFrom('proof_keys')
    .select(['place', 'asked_at as askedAt'])
    .where('code', '=', code)
    .where(canBeConfirmed)
    .executeTakeFirst();

/**
 * Makes a key somebody's, once. Another one of theirs at the same computer ends with it.
 *
 * @returns whether it was there to be confirmed
 */
export const confirmKey = (
  db: Db,
  { code, person, signIn }: { readonly code: string; readonly person: string; readonly signIn: string },
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const confirmed = await trx
      .updateTable('proof_keys')
      .set({ person, sign_in: signIn, from_at: sql<string>`clock_timestamp()` })
      .set({ until_at: aYearFromNow })
      .where('code', '=', code)
      .where(canBeConfirmed)
      .returning(['id', 'place'])
      .executeTakeFirst();
    if (!confirmed) return false;
    await trx
      .updateTable('proof_keys')
      .set({ until_at: sql<string>`clock_timestamp()` })
      .where('person', '=', person)
      .where('place', '=', confirmed.place)
      .where('id', '<>', confirmed.id)
      .where('until_at', '>', sql<string>`clock_timestamp()`)
      .execute();
    return true;
  });

/** As history says it: with the key of … */
const ofStack = 'the stack at ';

/** Keeps a key with which a stack of their own signs for somebody. Safe to repeat: it is known already. */
export const keepStackKey = (
  db: Db,
  { person, publicKey, host }: { readonly person: string; readonly publicKey: string; readonly host: string },
): Promise<unknown> =>
  db
    .insertInto('proof_keys')
    .values({
      id: keyIdOf(publicKey),
      public_key: publicKey,
      owner: 'person',
      person,
      place: `${ofStack}${host.slice(0, 100)}`,
      from_at: sql<string>`clock_timestamp()`,
      until_at: aYearFromNow,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();

/** A key that is to take the place of the one with which that is signed. */
export interface NextKey {
  readonly publicKey: string;
  readonly by: string;
  /** Of the statement that says so: with its key it is signed. */
  readonly saidId: string;
}

/**
 * Ends the key that signs this and makes another its owner's, at the same computer and up to the same day: for longer they
 * say again on the pages that it is them. One that a stack keeps is good for a year from now, as any that it makes: nobody
 * has said that it is them. What the one before has proved stays proved.
 *
 * @returns until when it is good
 */
export async function rotateKey(
  trx: Transaction<Database>,
  { publicKey, by, saidId }: NextKey,
): Promise<{ readonly until: string | null } | Refusal> {
  const refusal = await refuseBesideCases(trx, 'keys rotate', by, { person: by });
  if (refusal) return refusal;
  const old = await trx
    .selectFrom('proof_keys')
    .select(['id', 'person', 'place', 'sign_in', 'until_at'])
    .where('id', '=', (of) => of.selectFrom('done_beside_cases').where('id', '=', saidId).select('key'))
    .where('person', '=', by)
    .where(isGoodKey)
    .forUpdate()
    .executeTakeFirst();
  // Another one has taken its place since the signature was looked at.
  if (!old) return notProved(by, 'its key is not theirs any more; log in again (`./entente login`)');
  const now = sql<string>`clock_timestamp()`;
  const { person, place, sign_in } = old;
  const isOfStack = sign_in === null && place.startsWith(ofStack);
  await trx.updateTable('proof_keys').set({ until_at: now }).where('id', '=', old.id).execute();
  const kept = { person, place, sign_in, public_key: publicKey, owner: 'person' } as const;
  const { until_at } = await trx
    .insertInto('proof_keys')
    .values({ ...kept, id: keyIdOf(publicKey), from_at: now, until_at: isOfStack ? aYearFromNow : old.until_at })
    .returning('until_at')
    .executeTakeFirstOrThrow();
  return { until: until_at };
}

const isGoodKey = sql<boolean>`revoked_at is null and coalesce(until_at > clock_timestamp(), true)`;

export const noSuchKey = (id: string): Refusal =>
  refuse('UnknownItem', `There is no key "${id}"; see \`./entente keys list\`.`);

/** A key that is or was somebody's, or the pages'. */
export interface ListedKey {
  readonly id: string;
  readonly person: string | null;
  readonly place: string;
  readonly from: string;
  readonly until: string | null;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
  readonly isGood: boolean;
  /** How many commands it has proved. */
  readonly used: number;
}

/** Of somebody, or all; those that are good come first. */
export const listKeys = (db: Db, person?: string): Promise<ListedKey[]> =>
  db
    .selectFrom('proof_keys')
    .select(['id', 'person', 'place', 'from_at as from', 'until_at as until'])
    .select(['revoked_at as revokedAt', 'revoked_by as revokedBy'])
    .select(isGoodKey.as('isGood'))
    .select(
      sql<number>`(select count(*)::integer from commands where key = proof_keys.id)
      + (select count(*)::integer from done_beside_cases where key = proof_keys.id)`.as('used'),
    )
    .where('from_at', 'is not', null)
    .$if(person !== undefined, (query) => query.where('person', '=', person ?? ''))
    .$narrowType<{ from: string }>()
    .orderBy('isGood', 'desc')
    .orderBy('from_at', 'desc')
    .execute();

/**
 * Says that a key proves nothing any more. Safe to repeat: the first word stays.
 *
 * One's own key is one's own to revoke; that of somebody else, or of the pages, an administrator's.
 *
 * @returns whether it is new
 */
export const revokeKey = (
  db: Db,
  id: string,
  { by, why }: { readonly by: string; readonly why: string },
): Promise<boolean | Refusal> =>
  inTransaction(db, async (trx) => {
    const found = await trx
      .selectFrom('proof_keys')
      .select(['person', 'revoked_at'])
      .where('id', '=', id)
      .where('from_at', 'is not', null)
      .forUpdate()
      .executeTakeFirst();
    if (!found) return noSuchKey(id);
    const refusal =
      (await refuseUnknownPerson(trx, by)) ??
      (await refuseBesideCases(trx, 'keys revoke', by, { person: found.person ?? undefined }));
    if (refusal) return refusal;
    if (found.revoked_at !== null) return false;
    await trx
      .updateTable('proof_keys')
      .set({ revoked_at: sql<string>`clock_timestamp()`, revoked_by: by, revoked_because: why })
      .where('id', '=', id)
      .execute();
    return true;
  });
