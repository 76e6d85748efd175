import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/schema.ts';
import { nextDue } from '../domain/case/due.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { Instant } from '../domain/dates.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';

/** How a case stands on record. */
export interface Standing {
  readonly id: string;
  readonly number: number;
  /** When it next acts by itself; undefined of a case that is over, too. */
  readonly eventAt: Instant | undefined;
  /** When something of it happens next by itself: the same, or a message that goes to a reader who is not at work yet. */
  readonly dueAt: Instant | undefined;
  /** Whether a message is on its way, or should be. */
  readonly isSending: boolean;
  /** Whether something has happened since the last look that other cases may have been told of. */
  readonly mayHaveTold: boolean;
}

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly number: number;
  /** Of an open case that has moved since the last look. */
  readonly state: CaseState | null;
  readonly may_have_told: boolean;
  readonly send_at: Instant | null;
  readonly is_sending: boolean;
}

/** Reads how all cases stand, in one statement; a case's state, which is long, only when something has happened to it. */
export class Standings {
  private readonly db: Kysely<Database>;
  private readonly read = new Map<string, { readonly number: number; readonly eventAt: Instant | undefined }>();

  constructor(db: Kysely<Database>) {
    this.db = db;
  }

  /** @param at by when a message should be on its way */
  async at(at: Instant): Promise<readonly Standing[]> {
    const rows = await this.rows(at);
    return rows.map((row) => {
      const { id, number, send_at: sendAt, is_sending: isSending, may_have_told: mayHaveTold } = row;
      const eventAt = this.nextOf(row);
      const dueAt = sendAt === null || (eventAt !== undefined && eventAt < sendAt) ? eventAt : sendAt;
      return { id, number, eventAt, dueAt, isSending, mayHaveTold };
    });
  }

  private nextOf({ id, kind, number, state }: Row): Instant | undefined {
    const before = this.read.get(id);
    if (before?.number === number) return before.eventAt;
    const eventAt = state && isKind(kind) ? nextDue(lifecycles[kind], state)?.at : undefined;
    this.read.set(id, { number, eventAt });
    return eventAt;
  }

  private async rows(at: Instant): Promise<readonly Row[]> {
    const read = JSON.stringify([...this.read].map(([id, { number }]) => ({ id, number })));
    // A reminder is told to people alone, and what was planned to nobody.
    const { rows } = await sql<Row>`
      select cases.id, kind, cases.number, send_at, coalesce(is_sending, false) as is_sending,
        case when closed_at is null and cases.number is distinct from read.number then state end as state,
        cases.number is distinct from read.number and exists (
          select from events
          where case_id = cases.id and events.number > coalesce(read.number, 0) and type not in ('reminded', 'planned')
        ) as may_have_told
      from cases
      left join json_to_recordset(${read}::json) as read(id text, number integer) on read.id = cases.id
      left join (
        select case_id, min(send_at) filter (where state = 'planned') as send_at, bool_or(send_at <= ${at}) as is_sending
        from messages where state in ('planned', 'claimed', 'inData') group by case_id
      ) as waiting on case_id = cases.id`.execute(this.db);
    return rows;
  }
}
