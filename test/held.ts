import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';

/** Rows that a transaction of a test holds, as another process would, until they are let go. */
export interface Held {
  readonly trx: Transaction<Database>;
  /** Whether anybody waits for them. */
  isWaitedFor(): Promise<boolean>;
  letGo(): Promise<void>;
}

/** @param rows selects them `for update` */
export async function hold(db: Kysely<Database>, rows: RawBuilder<unknown>): Promise<Held> {
  const trx = await db.startTransaction().execute();
  await rows.execute(trx);
  const { rows: known } = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(trx);
  return {
    trx,
    async isWaitedFor() {
      const ofIt = sql`select from pg_locks where not granted and transactionid::text = ${known[0]?.id}`;
      return (await ofIt.execute(db)).rows.length > 0;
    },
    letGo: () => trx.commit().execute(),
  };
}

/** What a world needs whose mail is held: one that keeps no pace asks nobody before it sends. */
export const paced = { ENTENTE_MAIL_PER_SECOND: '1000' };

/** No mail of a paced world goes until it is let go. */
export async function holdMail(db: Kysely<Database>): Promise<Held> {
  await sql`insert into mail_pace (scope, next_at) values ('all', now()) on conflict do nothing`.execute(db);
  return hold(db, sql`select from mail_pace where scope = 'all' for update`);
}
