import { type Kysely, sql } from 'kysely';
import type { AnswerLinkRow, Database } from './schema.ts';

type Db = Kysely<Database>;

/** A code of a link, by its number. */
export interface CodeAsked {
  readonly hash: string;
  readonly number: number;
}

/** For how long a code is good. */
export const minutesGood = 10;
/** How often somebody may mistype one. */
export const mostTries = 5;
/** How many may be asked for by one link in an hour. */
export const mostInAnHour = 5;

const isGood = sql<boolean>`asked_at > clock_timestamp() - ${sql.lit(minutesGood)} * interval '1 minute'`;

/** Notes that a code is asked for; its number, or nothing where too many were. Each ends the one before. */
export const askForCode = (
  db: Db,
  asked: { readonly hash: string; readonly command: string; readonly says: string },
): Promise<number | undefined> =>
  db.transaction().execute(async (trx) => {
    // Two that are asked for at once come one after the other.
    await trx.selectFrom('answer_links').select('hash').where('hash', '=', asked.hash).forUpdate().execute();
    const { last, recent } = await trx
      .selectFrom('answer_codes')
      .select(sql<number>`coalesce(max(number), 0)`.as('last'))
      .select(
        sql<number>`count(*) filter (where asked_at > clock_timestamp() - interval '1 hour')::integer`.as('recent'),
      )
      .where('hash', '=', asked.hash)
      .executeTakeFirstOrThrow();
    if (recent >= mostInAnHour) return undefined;
    const number = last + 1;
    await trx
      .insertInto('answer_codes')
      .values({ ...asked, number })
      .execute();
    return number;
  });

/** What there is to say of a code that was asked for: its link, and the answer that it is for. */
export const findCode = (
  db: Db,
  { hash, number }: CodeAsked,
): Promise<
  (AnswerLinkRow & { readonly says: string; readonly command: string; readonly asked_at: string }) | undefined
> =>
  db
    .selectFrom('answer_codes')
    .innerJoin('answer_links', 'answer_links.hash', 'answer_codes.hash')
    .selectAll('answer_links')
    .select(['says', 'command', 'asked_at'])
    .where('answer_codes.hash', '=', hash)
    .where('number', '=', number)
    .executeTakeFirst();

/** Keeps by what a code is known again. Safe to repeat: a code comes out the same. */
export const keepCode = async (
  db: Db,
  { hash, number }: CodeAsked,
  kept: { readonly mac: string; readonly address: string; readonly code_key: string | null },
): Promise<void> => {
  await db.updateTable('answer_codes').set(kept).where('hash', '=', hash).where('number', '=', number).execute();
};

/** Whether whoever asks may mail it: once only, and while it is good. */
export async function takeMailing(db: Db, { hash, number }: CodeAsked): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('answer_codes')
    .set({ mailed_at: sql<string>`clock_timestamp()` })
    .where('hash', '=', hash)
    .where('number', '=', number)
    .where('mailed_at', 'is', null)
    .where(isGood)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The worker's public half of the last code; null where it has none, as for the address in a letter. */
export async function codeKeyOf(db: Db, hash: string): Promise<string | null> {
  const last = await db
    .selectFrom('answer_codes')
    .select('code_key')
    .where('hash', '=', hash)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.code_key ?? null;
}

/** A code as somebody has typed it. */
export interface CodeTyped {
  readonly hash: string;
  readonly command: string;
  readonly mac: string;
  /** What it is to confirm: one form, as often as that is sent. */
  readonly form: string;
}

export type CodeTried =
  | { readonly is: 'right' }
  | { readonly is: 'wrong'; readonly triesLeft: number }
  /** There is none, it is too old, it was tried too often, or it has confirmed another form. */
  | { readonly is: 'over' };

/** Counts a try, unless it is right. */
export async function tryCode(db: Db, { hash, command, mac, form }: CodeTyped): Promise<CodeTried> {
  const row = await db
    .updateTable('answer_codes')
    .set({
      tries: sql<number>`tries + case when mac = ${mac} then 0 else 1 end`,
      form: sql<string | null>`case when mac = ${mac} then ${form} else form end`,
    })
    .where('hash', '=', hash)
    .where('command', '=', command)
    .where('number', '=', (from) =>
      from
        .selectFrom('answer_codes as last')
        .select(({ fn }) => fn.max('number').as('number'))
        .where('hash', '=', hash),
    )
    .where('mac', 'is not', null)
    .where('tries', '<', mostTries)
    .where((eb) => eb.or([eb('form', 'is', null), eb('form', '=', form)]))
    .where(isGood)
    .returning(['tries', sql<boolean>`mac = ${mac}`.as('isRight')])
    .executeTakeFirst();
  if (!row) return { is: 'over' };
  return row.isRight ? { is: 'right' } : { is: 'wrong', triesLeft: mostTries - row.tries };
}
