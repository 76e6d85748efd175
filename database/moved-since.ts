import { type Kysely, sql } from 'kysely';
import type { CaseState } from '../domain/case/state.ts';
import type { Instant } from '../domain/dates.ts';
import type { Database, EventRow } from './schema.ts';

/** How many events each case had when somebody last looked, by its id. */
export type LastSeen = ReadonlyMap<string, number>;

/** How a case stands, and its letters. */
export interface StandingRow {
  readonly id: string;
  readonly kind: string;
  readonly number: number;
  /** Of an open case that has moved since the last look; others are not read, since it is long. */
  readonly state: CaseState | null;
  /** Whether something has happened since that other cases may have been told of. */
  readonly may_have_told: boolean;
  /** Whether more may follow than letters to people: from what has happened since, or from a letter that did not arrive. */
  readonly may_have_more: boolean;
  /** When the next letter goes that waits for its reader, and is not on its way. */
  readonly send_at: Instant | null;
  /** Whether one is on its way, or should be. */
  readonly is_sending: boolean;
}

/** @param at by when a letter should be on its way */
export async function standingsSince(
  db: Kysely<Database>,
  seen: LastSeen,
  at: Instant,
): Promise<readonly StandingRow[]> {
  // A reminder is told to people alone, and what was planned to nobody. Entries of calendars may be taken out of others'.
  const { rows } = await sql<StandingRow>`
    select cases.id, kind, cases.number, send_at, coalesce(is_sending, false) as is_sending,
      case when closed_at is null and cases.number is distinct from seen.number then state end as state,
      cases.number is distinct from seen.number and exists (
        select from events
        where case_id = cases.id and events.number > coalesce(seen.number, 0) and type not in ('reminded', 'planned')
      ) as may_have_told,
      failed is not null or (cases.number is distinct from seen.number and exists (
        select from messages
        where case_id = cases.id and event_number > coalesce(seen.number, 0) and calendar is not null
      )) as may_have_more
    from cases left join ${rowsOf(seen)} on seen.id = cases.id
    left join (
      select case_id, min(send_at) filter (where state = 'planned' and send_at > ${at}) as send_at, bool_or(send_at <= ${at}) as is_sending
      from messages where state in ('planned', 'claimed', 'inData') group by case_id
    ) as waiting on waiting.case_id = cases.id
    left join (
      select distinct case_id as failed from messages where standing in ('failed', 'inDoubt')
    ) as failing on failed = cases.id`.execute(db);
  return rows;
}

/** What has gone on record since, case by case, in the order of each. */
export async function eventsSince(db: Kysely<Database>, seen: LastSeen): Promise<readonly EventRow[]> {
  const { rows } = await sql<EventRow>`
    select events.* from cases left join ${rowsOf(seen)} on seen.id = cases.id
      join events on events.case_id = cases.id and events.number > coalesce(seen.number, 0)
    where cases.number is distinct from seen.number order by events.case_id, events.number`.execute(db);
  return rows;
}

const rowsOf = (seen: LastSeen) =>
  sql`json_to_recordset(${JSON.stringify([...seen].map(([id, number]) => ({ id, number })))}::json)
    as seen(id text, number integer)`;
