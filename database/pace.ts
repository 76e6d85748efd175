import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** How many messages leave in a second at most; a fraction such as 0.5 is one every two seconds. */
export interface Pace {
  /** In all, from all workers together. */
  readonly perSecond: number;
  /** To the addresses of one domain. */
  readonly perDomain: number;
}

/** When a message may go. A turn that is taken is used up: wait so long, and send. Any other is kept: ask again by then. */
export interface Turn {
  readonly inSeconds: number;
  readonly taken: boolean;
}

/** Whose turn comes as soon as that waits for it. */
const soonSeconds = 2;

/**
 * Gives a message its turn, so that all workers together keep to the pace: relays count by sender, not by process.
 * Safe to repeat: a turn that was not taken yet is still the message's.
 */
export const turnOf = (
  db: Kysely<Database>,
  { key, address }: { readonly key: string; readonly address: string },
  pace: Pace,
): Promise<Turn> =>
  db.transaction().execute(async (trx) => {
    const { turn_at: kept } = await trx
      .selectFrom('messages')
      .select('turn_at')
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    const turn = kept ?? (await nextTurn(trx, `domain/${address.split('@').at(-1)?.toLowerCase()}`, pace));
    const { rows } = await sql<Turn>`
      update messages set turn_at = case when ${turn}::timestamptz > wait.until then ${turn}::timestamptz end
      from (select clock_timestamp() + make_interval(secs => ${soonSeconds}) as until) as wait
      where key = ${key}
      returning greatest(0, extract(epoch from ${turn}::timestamptz - clock_timestamp()))::float8 as "inSeconds",
        turn_at is null as taken`.execute(trx);
    return rows[0] ?? { inSeconds: 0, taken: true };
  });

async function nextTurn(trx: Transaction<Database>, domain: string, { perSecond, perDomain }: Pace): Promise<string> {
  await sql`insert into mail_pace (scope, next_at) values ('all', clock_timestamp()), (${domain}, clock_timestamp())
    on conflict do nothing`.execute(trx);
  // In one order, so that no two workers wait for each other.
  await sql`select from mail_pace where scope in ('all', ${domain}) order by scope for update`.execute(trx);
  const apart = sql`make_interval(secs => case scope when 'all' then ${1 / perSecond}::float8 else ${1 / perDomain}::float8 end)`;
  const { rows } = await sql<{ turn: string }>`
    with turns as (
      update mail_pace set next_at = greatest(next_at, clock_timestamp()) + ${apart}
      where scope in ('all', ${domain}) returning next_at - ${apart} as turn)
    select max(turn) as turn from turns`.execute(trx);
  if (!rows[0]) throw new Error('A turn was not given out.');
  return rows[0].turn;
}
