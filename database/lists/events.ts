import { type Kysely, sql } from 'kysely';
import type { CivilDate } from '../../domain/dates.ts';
import { zoneAt } from '../calendars.ts';
import type { Database } from '../schema.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, type Page, paged } from './page.ts';

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
    .select(['number', 'at', 'type', 'by', 'reason', 'command_id as commandId', 'says', 'recorded_at as recordedAt'])
    .select(sql<Record<string, unknown>>`data`.as('data'))
    .where('case_id', '=', caseId)
    .orderBy('number')
    .limit(limitOf(page) + 1);
  return page.after === undefined ? query : query.where('number', '>', Number(keyParts(page.after, [forms.number])[0]));
}

/** What happened to a case, from its opening on. */
export async function listEvents(db: Kysely<Database>, caseId: string, page: Page = {}): Promise<Listed<ListedEvent>> {
  const events = await eventsQuery(db, caseId, page).execute();
  const links = await linksOf(
    db,
    caseId,
    events.flatMap(({ commandId }) => linkIn(commandId) ?? []),
  );
  const rows = events.map((event) => ({ ...event, byLink: links.get(linkIn(event.commandId) ?? '') ?? null }));
  return paged(rows, page, ({ number }) => String(number));
}

export interface DoneFilter {
  readonly by: string;
  /** The first day, in that person's zone. */
  readonly since?: CivilDate | undefined;
  /** The last day. */
  readonly until?: CivilDate | undefined;
}

/** Something that somebody did, and in which case. */
export interface Done {
  readonly caseId: string;
  readonly title: string;
  readonly number: number;
  readonly at: string;
  readonly type: string;
  readonly reason: string | null;
  readonly says: string;
}

export function doneQuery(db: Kysely<Database>, { by, since, until }: DoneFilter, zone: string, page: Page) {
  const startOf = (day: CivilDate, daysLater = 0) =>
    sql<string>`(${day}::date + ${daysLater}::integer)::timestamp at time zone ${zone}`;
  let query = db
    .selectFrom('events')
    .innerJoin('cases', 'cases.id', 'events.case_id')
    .select(['case_id as caseId', 'cases.title', 'events.number', 'events.at', 'events.type', 'events.reason', 'says'])
    .where('events.by', '=', by)
    .orderBy('events.at')
    .orderBy('case_id')
    .orderBy('events.number')
    .limit(limitOf(page) + 1);
  if (since) query = query.where('events.at', '>=', startOf(since));
  if (until) query = query.where('events.at', '<', startOf(until, 1));
  if (page.after === undefined) return query;
  const [at, caseId, number] = keyParts(page.after, [forms.instant, forms.caseId, forms.number]);
  const place = sql<boolean>`(events.at, case_id, events.number) > (${at}::timestamptz, ${caseId}, ${Number(number)})`;
  return query.where(place);
}

/** What somebody did, in all cases, the earliest first. */
export async function listDone(db: Kysely<Database>, filter: DoneFilter, page: Page = {}): Promise<Listed<Done>> {
  const zone = (await zoneAt(db, `person/${filter.by}`)) ?? 'UTC';
  const rows = await doneQuery(db, filter, zone, page).execute();
  return paged(rows, page, ({ at, caseId, number }) => keyOf(at, caseId, number));
}

/** The hash of the link by which a command was given, which its id says. */
const linkIn = (commandId: string | null): string | undefined => /^link-([0-9a-f]{64})-/.exec(commandId ?? '')?.[1];

async function linksOf(db: Kysely<Database>, caseId: string, hashes: readonly string[]) {
  if (hashes.length === 0) return new Map<string, NonNullable<ListedEvent['byLink']>>();
  const rows = await db
    .selectFrom('answer_links')
    .select(['hash', 'message', 'address'])
    .where('case_id', '=', caseId)
    .where('hash', 'in', [...hashes])
    .execute();
  return new Map(rows.map(({ hash, ...link }) => [hash, link]));
}
