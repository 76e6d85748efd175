import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { type Instant, instantOf, millisecondsOf } from '../domain/dates.ts';
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
 * @param which all, or those that live by the clock on the wall
 */
export async function quietCasesFor(
  db: Kysely<Database>,
  { key, reader }: Pick<DigestRow, 'key' | 'reader'>,
  at: Instant,
  which: 'all' | 'live' = 'all',
): Promise<readonly QuietCaseNamed[]> {
  const [, coordinator] = /^person\/(.+)$/.exec(reader) ?? [];
  if (coordinator === undefined) return [];
  return notNamed(quietCases(db, { coordinator }, { since: 'quiet_from', limit: at }), { key, reader })
    .clearSelect()
    .select(['id', 'title', 'acted_at as actedAt'])
    .select([keyOfRest.as('key'), quietDaysAt(at).as('days')])
    .$if(which === 'live', (cases) => cases.where(isLive))
    .limit(most)
    .$narrowType<{ actedAt: Instant }>()
    .execute();
}

const keyOfRest = sql<string>`id || '@' || extract(epoch from quiet_from)::bigint`;

const notNamed = (
  cases: ReturnType<typeof quietCases>,
  { key, reader }: { readonly key: string; readonly reader: string | RawBuilder<string> },
) =>
  cases.where(sql<boolean>`not exists (select from digests d
    where d.reader = ${reader} and d.gone and d.key <> ${key} and ${keyOfRest} = any(d.quiet))`);

/** For so long a gathered mail may come that names them anyway, and so often is the most that they come alone. */
const patience = 7;

/**
 * Readers who coordinate cases that have been quiet for a week without a mail that named them. Played cases have another
 * time than the clock on the wall: only what was done in its own time counts.
 *
 * @param at now, by the clock
 */
export async function coordinatorsOfUnnamed(db: Kysely<Database>, at: Instant): Promise<readonly string[]> {
  const limit = instantOf(millisecondsOf(at) - patience * 86_400_000);
  const reader = sql<string>`'person/' || coordinator`;
  const rows = await notNamed(quietCases(db, {}, { since: 'quiet_from', limit }), { key: '', reader })
    .where(isLive)
    .where(sql<boolean>`not exists (select from digests d
      where d.reader = ${reader} and d.gone and d.quiet <> '{}' and d.day > ${limit}::timestamptz::date)`)
    .clearSelect()
    .clearOrderBy()
    .select(reader.as('reader'))
    .distinct()
    .orderBy('reader')
    .execute();
  return rows.map((row) => row.reader);
}

const isLive = sql<boolean>`exists (select from events e where e.case_id = cases.id and e.at = cases.acted_at
  and abs(extract(epoch from e.recorded_at - e.at)) < 86400)`;

/** Whether the mail of quiet cases alone may go: nothing else has gone, or waits to go, as the gathered mail of that day. */
export async function takeQuietDay(db: Kysely<Database>, key: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('digests')
    .set({ gone: true })
    .where('key', '=', key)
    .where('gone', '=', false)
    .where(
      sql<boolean>`not exists (select from messages where digest = ${key} and state in ('planned', 'claimed', 'inData'))`,
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** It certainly did not leave. */
export async function giveQuietDayBack(db: Kysely<Database>, key: string): Promise<void> {
  await db.updateTable('digests').set({ gone: false, quiet: [] }).where('key', '=', key).execute();
}

/** What such a mail says, before it goes. */
export async function keepQuietMail(
  trx: Transaction<Database>,
  key: string,
  { text, html, ...mail }: QuietMail,
): Promise<void> {
  await trx
    .updateTable('digests')
    .set({ ...mail, quiet: [...mail.quiet], body_text: text, body_html: html })
    .where('key', '=', key)
    .execute();
}

interface QuietMail extends Pick<DigestRow, 'person' | 'address' | 'language' | 'subject' | 'message_id'> {
  readonly text: string;
  readonly html: string;
  readonly quiet: readonly string[];
}
