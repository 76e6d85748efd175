import { type Kysely, sql, type Transaction } from 'kysely';
import { keptLogLines } from '../../domain/case/evolve.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { refuseUnknownPerson } from '../people/person.ts';
import type { Database } from '../schema.ts';

/** A case that is over for longer than the period. */
export interface PastCase {
  readonly id: string;
  readonly title: string;
  readonly closedAt: string;
  /** Open cases still name it, so it stays. */
  readonly needed: boolean;
}

/** Closed cases that ended before a moment, the oldest first. */
export async function pastCases(db: Kysely<Database>, before: string): Promise<readonly PastCase[]> {
  const { rows } = await sql<PastCase>`
    with needed as (
      select distinct found[1] as id from cases, regexp_matches(state::text, '([a-z]+/[a-z0-9-]{1,64})', 'g') found
        where closed_at is null
      union select found[1] from cases, lateral (
          select says from events where case_id = cases.id order by number desc limit ${keptLogLines}) last,
        regexp_matches(says, '([a-z]+/[a-z0-9-]{1,64})', 'g') found
        where closed_at is null
      union select opener from cases where closed_at is null and opener is not null)
    select id, title, closed_at as "closedAt", id in (select needed.id from needed) as needed
    from cases where closed_at < ${before}::timestamptz order by closed_at, id`.execute(db);
  return rows;
}

export interface Removal {
  /** Cases that ended before this instant go. */
  readonly before: string;
  readonly by: string;
  readonly reason: string;
}

/**
 * Removes closed cases whose time is over, as a whole: events, answers and letters too. The ids stay on record, with who
 * removed them and why. What an open case names stays.
 *
 * @param db of the owner of the tables
 */
export const removePastCases = (db: Kysely<Database>, removal: Removal): Promise<readonly PastCase[] | Refusal> =>
  db.transaction().execute(async (trx) => {
    const { before, by, reason } = removal;
    const unknown = await refuseUnknownPerson(trx, by);
    if (unknown) return unknown;
    await sql`lock table cases, events, search_texts, commands, messages, answer_links, deadlines, case_documents, documents in share row exclusive mode`.execute(
      trx,
    );
    const past = (await pastCases(trx, before)).filter(({ needed }) => !needed);
    const ids = past.map(({ id }) => id);
    await remove(trx, ids);
    const unnamed = await removeUnnamedDocuments(trx);
    if (past.length === 0)
      return unnamed > 0 ? [] : refuse('AlreadyDone', 'No case is over for that long, and named in no open one.');
    await trx.insertInto('removals').values({ cases: ids, closed_before: before, by, reason }).execute();
    return past;
  });

async function remove(trx: Transaction<Database>, ids: readonly string[]): Promise<void> {
  await sql`alter table events disable trigger user`.execute(trx);
  for (const table of ['answer_links', 'messages', 'deadlines', 'commands', 'case_documents', 'search_texts', 'events'])
    await sql`delete from ${sql.id(table)} where case_id = any(${ids}::text[])`.execute(trx);
  await sql`delete from cases where id = any(${ids}::text[])`.execute(trx);
  await sql`delete from digests where gone and not exists (select from messages where digest = digests.key)`.execute(
    trx,
  );
  await sql`alter table events enable trigger user`.execute(trx);
}

/** Files that no case names: their cases are gone, or no command came after them. Who hands one in now has a day for that. */
async function removeUnnamedDocuments(trx: Transaction<Database>): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from documents where kept_at < clock_timestamp() - interval '1 day'
      and not exists (select from case_documents where case_documents.sha256 = documents.sha256)`.execute(trx);
  return Number(numAffectedRows);
}
