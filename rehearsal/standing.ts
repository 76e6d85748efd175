import type { Kysely } from 'kysely';
import { type StandingRow, standingsSince } from '../database/moved-since.ts';
import type { Database } from '../database/schema.ts';
import { nextDue } from '../domain/case/due.ts';
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
  /** Whether more follows, or may, than letters that arrive. */
  readonly mayHaveMore: boolean;
}

/** Reads how all cases stand, in one statement; a case's state, which is long, only when something has happened to it. */
export class Standings {
  private readonly db: Kysely<Database>;
  private readonly seen = new Map<string, number>();
  private readonly eventsAt = new Map<string, Instant | undefined>();

  constructor(db: Kysely<Database>) {
    this.db = db;
  }

  /** @param at by when a message should be on its way */
  async at(at: Instant): Promise<readonly Standing[]> {
    const rows = await standingsSince(this.db, this.seen, at);
    return rows.map((row) => {
      const { id, number, send_at: sendAt, is_sending: isSending } = row;
      const mayHaveTold = row.may_have_told;
      const mayHaveMore = mayHaveTold || row.may_have_more;
      const eventAt = this.nextOf(row);
      const dueAt = sendAt === null || (eventAt !== undefined && eventAt < sendAt) ? eventAt : sendAt;
      return { id, number, eventAt, dueAt, isSending, mayHaveTold, mayHaveMore };
    });
  }

  private nextOf({ id, kind, number, state }: StandingRow): Instant | undefined {
    if (this.seen.get(id) !== number) {
      this.eventsAt.set(id, state && isKind(kind) ? nextDue(lifecycles[kind], state)?.at : undefined);
      this.seen.set(id, number);
    }
    return this.eventsAt.get(id);
  }
}
