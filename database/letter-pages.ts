import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** Where letters and links to sign in lead, as the worker has said that started last; null: it can make neither; undefined: none has said so yet. */
export async function letterPages(db: Kysely<Database>): Promise<string | null | undefined> {
  const found = await db.selectFrom('letter_pages').select('url').executeTakeFirst();
  return found?.url;
}

/** Says so for the pages, which mail nothing themselves. Safe to repeat: it comes out the same. */
export const sayLetterPages = async (db: Kysely<Database>, url: string | null): Promise<void> => {
  await sql`insert into letter_pages (url) values (${url})
    on conflict (only_one) do update set url = excluded.url, since = clock_timestamp()
    where letter_pages.url is distinct from excluded.url`.execute(db);
};
