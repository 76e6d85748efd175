import { type Kysely, sql } from 'kysely';
import type { Party } from '../../domain/fields.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Database } from '../schema.ts';
import { inTransaction } from '../transaction.ts';
import { refuseUnknownPerson } from './person.ts';
import { refuseBesideCases, refuseNotTheirsBeside } from './roles.ts';

/** An address that mail comes back from. */
export interface Bounce {
  readonly address: string;
  /** Whose it is: `person/kim-minji`, or `agency/klid` for its mailbox; null when nobody has it any more. */
  readonly holder: string | null;
  readonly by: string;
  readonly why: string;
  /** By the database's clock. */
  readonly since: string;
}

/**
 * Whether a permanent refusal is about the address. The enhanced codes of RFC 3463 may blame something else: a full
 * mailbox, the network, the content, or, as "relay access denied" does, us; an address must not be given up because a
 * relay was set up wrong one night. By 5.4.1, though, Exchange Online means that it does not know the address.
 */
export const blamesAddress = (reply: string): boolean => !/\b5\.(2\.2|4\.(?!1\b)\d{1,3}|[3567]\.\d{1,3})\b/.test(reply);

const holders = sql<string>`coalesce(
  (select 'person/' || id from people where lower(email) = address or address in (select lower(each) from unnest(other_addresses) as each) limit 1),
  (select 'agency/' || id from agencies where lower(email) = address order by id limit 1))`;

/** An address is no longer written to. Safe to repeat: the first to say so stands; false when it was marked already. */
export async function markBounced(
  db: Kysely<Database>,
  { address, by, why }: { readonly address: string; readonly by: string; readonly why: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('bounces')
    .values({ address: address.toLowerCase(), by, why })
    .onConflict((conflict) => conflict.column('address').where('reachable_at', 'is', null).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Whose address mail came back from, and whether that is known already; the address must be somebody's. */
export async function findHolder(
  db: Kysely<Database>,
  address: string,
  by: string,
): Promise<{ readonly holder: Party; readonly known: boolean } | Refusal> {
  const refusal = (await refuseUnknownPerson(db, by)) ?? (await refuseNotTheirsBeside(db, 'person bounced', by));
  if (refusal) return refusal;
  const { rows } = await sql<{ holder: Party | null; known: boolean }>`
    select ${holders} as holder,
      exists (select from bounces where bounces.address = asked.address and reachable_at is null) as known
    from (select ${address.toLowerCase()}::text as address) as asked`.execute(db);
  const [{ holder, known } = { holder: null, known: false }] = rows;
  if (holder) return { holder, known };
  return refuse(
    'UnknownItem',
    `Nobody in the directory has the address ${address}; see \`./entente directory list --output csv\`.`,
  );
}

/** The same by somebody's word, who may say it. Safe to repeat. */
export const recordBounced = (
  db: Kysely<Database>,
  bounced: { readonly address: string; readonly by: string; readonly why: string },
): Promise<boolean | Refusal> =>
  inTransaction(
    db,
    async (trx) => (await refuseBesideCases(trx, 'person bounced', bounced.by)) ?? markBounced(trx, bounced),
  );

/** An address is written to again. Safe to repeat. */
export const recordReachable = (
  db: Kysely<Database>,
  { address, by }: { readonly address: string; readonly by: string },
): Promise<Refusal | undefined> =>
  inTransaction(db, async (trx) => {
    const refusal = (await refuseUnknownPerson(trx, by)) ?? (await refuseBesideCases(trx, 'person reachable', by));
    if (refusal) return refusal;
    const asked = address.toLowerCase();
    const { numUpdatedRows } = await trx
      .updateTable('bounces')
      .set({ reachable_by: by, reachable_at: sql<string>`clock_timestamp()` })
      .where('address', '=', asked)
      .where('reachable_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) return undefined;
    const before = await trx.selectFrom('bounces').select('address').where('address', '=', asked).executeTakeFirst();
    return before
      ? undefined
      : refuse('UnknownItem', `${address} was never marked as bouncing; \`./entente person list\` shows what is.`);
  });

/** Every address that mail comes back from, the newest first. */
export const listBounces = (db: Kysely<Database>): Promise<readonly Bounce[]> =>
  db
    .selectFrom('bounces')
    .select(['address', 'by', 'why', 'recorded_at as since'])
    .select(sql<string | null>`${holders}`.as('holder'))
    .where('reachable_at', 'is', null)
    .orderBy('recorded_at', 'desc')
    .orderBy('address')
    .execute();
