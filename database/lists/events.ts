import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { forms, keyParts, type Listed, limitOf, type Page, paged } from './page.ts';

/** One thing that happened to a case: who, when and why, and the event's own fields. */
export interface ListedEvent {
  readonly number: number;
  readonly at: string;
  readonly type: string;
  readonly by: string;
  readonly reason: string | null;
  readonly commandId: string | null;
  readonly says: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The letter by whose link it was done, and where that was sent. */
  readonly byLink: { readonly message: string; readonly address: string } | null;
  /** When it was written, by the database's clock; `at` is case time. */
  readonly recordedAt: string;
}

export function eventsQuery(db: Kysely<Database>, caseId: string, page: Page) {
  const query = db
    .selectFrom('events')
    .leftJoin('answer_links', (join) =>
      join.on(sql<boolean>`hash = substring(command_id from '^link-([0-9a-f]{64})-')`),
    )
    .select(['number', 'at', 'type', 'by', 'reason', 'command_id as commandId', 'says', 'recorded_at as recordedAt'])
    .select(sql<Record<string, unknown>>`data`.as('data'))
    .select(
      sql<ListedEvent['byLink']>`case when hash is not null
        then jsonb_build_object('message', message, 'address', address) end`.as('byLink'),
    )
    .where('events.case_id', '=', caseId)
    .orderBy('number')
    .limit(limitOf(page) + 1);
  return page.after === undefined ? query : query.where('number', '>', Number(keyParts(page.after, [forms.number])[0]));
}

/** What happened to a case, from its opening on. */
export const listEvents = async (db: Kysely<Database>, caseId: string, page: Page = {}): Promise<Listed<ListedEvent>> =>
  paged(await eventsQuery(db, caseId, page).execute(), page, ({ number }) => String(number));
