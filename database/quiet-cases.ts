import { type Kysely, sql } from 'kysely';
import type { Instant } from '../domain/dates.ts';
import { quietCases, quietDaysAt } from './lists/quiet.ts';
import type { Database, DigestRow } from './schema.ts';

/** An open case in which nobody has done anything for longer than its kind and stage may rest. */
export interface QuietCaseNamed {
  /** Of the case and of the rest: if somebody does something and it falls quiet again, that is another one. */
  readonly key: string;
  readonly id: string;
  readonly title: string;
  /** When somebody last did something. */
  readonly actedAt: Instant;
  readonly days: number;
}

/** So many in one mail; the others in the next ones. */
const most = 20;

/**
 * What a gathered mail names to the coordinator who reads it: cases that are quiet and were in no mail that has gone.
 * The same for every attempt to write the mail, as long as nobody does anything.
 *
 * @param at case time of the mail
 */
export async function quietCasesFor(
  db: Kysely<Database>,
  { key, reader }: Pick<DigestRow, 'key' | 'reader'>,
  at: Instant,
): Promise<readonly QuietCaseNamed[]> {
  const [, coordinator] = /^person\/(.+)$/.exec(reader) ?? [];
  if (coordinator === undefined) return [];
  const named = sql<string>`id || '@' || extract(epoch from quiet_from)::bigint`;
  return quietCases(db, { coordinator }, { since: 'quiet_from', limit: at })
    .clearSelect()
    .select(['id', 'title', 'acted_at as actedAt'])
    .select([named.as('key'), quietDaysAt(at).as('days')])
    .where(sql<boolean>`not exists (select from digests d
      where d.reader = ${reader} and d.gone and d.key <> ${key} and ${named} = any(d.quiet))`)
    .limit(most)
    .$narrowType<{ actedAt: Instant }>()
    .execute();
}
