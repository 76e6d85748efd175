import { type Kysely, sql } from 'kysely';
import { linkIn } from '../../domain/case/command-id.ts';
import type { CivilDate } from '../../domain/dates.ts';
import { signInOf } from '../answer-links.ts';
import type { WayIn } from '../answer-tables.ts';
import { zoneAt } from '../calendars.ts';
import type { Database } from '../schema.ts';
import { inWords } from './in-words.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, type Page, paged } from './page.ts';
import { byColumn, pageOf, type Sorting } from './sorting.ts';

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
  /** The letter by whose link it was done, where that was sent, and where the code that confirmed it. */
  readonly byLink: { readonly message: string; readonly address: string; readonly codeTo: string | null } | null;
  /** Done by somebody who was signed in: how and as whom they came in, and the code that confirmed it. */
  readonly bySession: { readonly way: WayIn; readonly address: string; readonly codeTo: string | null } | null;
  /** Whether whoever did it proved to be who they say; null of what a case did, and of what was done before there were proofs. */
  readonly proved: boolean | null;
  /** The computer whose key proved it; of what the pages prove, `pages`. */
  readonly provedAt: string | null;
  /** When it was written, by the database's clock; `at` is case time. */
  readonly recordedAt: string;
  /** The number of the rules by which it was decided; null of events of earlier versions. */
  readonly rules: number | null;
}

export function eventsQuery(db: Kysely<Database>, caseId: string, page: Page) {
  const query = db
    .selectFrom('events')
    .select([
      'number',
      'at',
      'type',
      'by',
      'reason',
      'command_id as commandId',
      'says',
      'recorded_at as recordedAt',
      'rules',
    ])
    .select(sql<Record<string, unknown>>`data`.as('data'))
    .select((of) => [
      of
        .selectFrom('commands')
        .whereRef('commands.case_id', '=', 'events.case_id')
        .whereRef('commands.command_id', '=', 'events.command_id')
        .select('proved')
        .as('proved'),
      of
        .selectFrom('commands')
        .innerJoin('proof_keys', 'proof_keys.id', 'commands.key')
        .whereRef('commands.case_id', '=', 'events.case_id')
        .whereRef('commands.command_id', '=', 'events.command_id')
        .select('place')
        .as('provedAt'),
    ])
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
    events.map(({ commandId }) => commandId),
  );
  const says = await inWords(db, events, (event) => ({ ...event, caseId }));
  const rows = events.map((event, index) => ({
    ...event,
    says: says[index] ?? event.says,
    ...howGiven(links.get(event.commandId)),
  }));
  return paged(rows, page, ({ number }) => String(number));
}

function howGiven(link: ByLink | undefined): Pick<ListedEvent, 'byLink' | 'bySession'> {
  if (!link) return { byLink: null, bySession: null };
  const { message, address, codeTo, way } = link;
  if (signInOf(message) === undefined) return { byLink: { message, address, codeTo }, bySession: null };
  return { byLink: null, bySession: { way: way ?? 'link', address, codeTo } };
}

export interface DoneFilter {
  readonly by: string;
  /** The first day, in that person's zone. */
  readonly since?: CivilDate | undefined;
  /** The last day. */
  readonly until?: CivilDate | undefined;
  /** Only in the cases that one of these coordinates. */
  readonly coordinators?: readonly string[] | undefined;
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

export function doneQuery(
  db: Kysely<Database>,
  { by, since, until, coordinators }: DoneFilter,
  zone: string,
  page: Page,
) {
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
  if (coordinators) query = query.where(sql<boolean>`coordinator = any(${[...coordinators]}::text[])`);
  if (page.after === undefined) return query;
  const [at, caseId, number] = keyParts(page.after, [forms.instant, forms.caseId, forms.number]);
  const place = sql<boolean>`(events.at, case_id, events.number) > (${at}::timestamptz, ${caseId}, ${Number(number)})`;
  return query.where(place);
}

export const doneSorting: Sorting<Done> = {
  ties: [
    ['caseId', forms.caseId],
    ['number', forms.number],
  ],
  by: { doneAt: byColumn('at', 'instant') },
};

/** What somebody did, in all cases, the earliest first. */
export async function listDone(db: Kysely<Database>, filter: DoneFilter, page: Page = {}): Promise<Listed<Done>> {
  const zone = (await zoneAt(db, `person/${filter.by}`)) ?? 'UTC';
  const { rows, ...next } = await pageOf<Done>(db, page, (at) => doneQuery(db, filter, zone, at), {
    keyOf: ({ at, caseId, number }) => keyOf(at, caseId, number),
    sorting: doneSorting,
  });
  const says = await inWords(db, rows, (row) => row);
  return { ...next, rows: rows.map((row, index) => ({ ...row, says: says[index] ?? row.says })) };
}

type ByLink = NonNullable<ListedEvent['byLink']> & { readonly way: WayIn | null };

/** By the ids of commands. */
async function linksOf(
  db: Kysely<Database>,
  caseId: string,
  commandIds: readonly (string | null)[],
): Promise<ReadonlyMap<string | null, ByLink>> {
  const given = commandIds.flatMap((id) => ({ id, ...linkIn(id) }));
  const hashes = given.flatMap(({ hash }) => hash ?? []);
  if (hashes.length === 0) return new Map();
  const rows = await db
    .selectFrom('answer_links')
    .leftJoin('answer_codes', (join) =>
      join.onRef('answer_codes.hash', '=', 'answer_links.hash').on('form', 'is not', null),
    )
    .select(['answer_links.hash', 'message', 'answer_links.address', 'form', 'answer_codes.address as codeTo', 'way'])
    .where('case_id', '=', caseId)
    .where('answer_links.hash', 'in', hashes)
    .execute();
  return new Map(
    given.flatMap(({ id, hash, form }): [string | null, ByLink][] => {
      const ofLink = rows.filter((row) => row.hash === hash);
      const [link] = ofLink;
      const codeTo = ofLink.find((row) => row.form === form)?.codeTo ?? null;
      return link ? [[id, { message: link.message, address: link.address, way: link.way, codeTo }]] : [];
    }),
  );
}
