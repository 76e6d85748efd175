import type { Kysely } from 'kysely';
import { type StandingRow, standingsSince } from '../database/moved-since.ts';
import type { Database } from '../database/schema.ts';
import { nextDue } from '../domain/case/due.ts';
import { type Instant, millisecondsOf } from '../domain/dates.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';

/** How a case stands on record. */
export interface CaseStanding {
  readonly id: string;
  readonly number: number;
  /** When it next acts by itself; undefined of a case that is over, too. */
  readonly eventAt: Instant | undefined;
  /** Whether it then reminds somebody, from which nothing follows but letters to people. */
  readonly isReminder: boolean;
  /** When something of it happens next by itself: the same, or a message that goes to a reader who is not at work yet. */
  readonly dueAt: Instant | undefined;
  /** Whether a message is on its way, or should be. */
  readonly isSending: boolean;
  /** Whether something has happened since the last look that other cases may have been told of. */
  readonly mayHaveTold: boolean;
  /** Whether more follows, or may, than letters that arrive. */
  readonly mayHaveMore: boolean;
}

/** When something happens next in any of them. */
export const firstOf = (all: readonly CaseStanding[]): Instant | undefined =>
  all.flatMap(({ dueAt }) => dueAt ?? []).sort()[0];

/** A gathered mail takes along what another day of its reader's has left, so letters of days that are so near go one after the other. */
const farAhead = 2 * 86_400_000;

/**
 * Whether the next thing may happen while letters of earlier ones go: one reminder of a case that sends nothing, days later.
 * What it says, and to whom, no other letter changes; its own letters are held back until those have gone.
 *
 * @param until how far it may go; undefined: it may not
 */
export function mayGoBesideLetters(all: readonly CaseStanding[], at: Instant, until: Instant | undefined): boolean {
  const first = firstOf(all);
  if (first === undefined || until === undefined || first > until) return false;
  if (millisecondsOf(first) < millisecondsOf(at) + farAhead) return false;
  const [due, ...others] = all.filter(({ dueAt }) => dueAt === first);
  return others.length === 0 && due?.eventAt === first && due.isReminder && !due.isSending;
}

/** When a case does something by itself. */
export interface Due {
  readonly id: string;
  readonly at: Instant;
}

/** What cases do next, at one instant, where they alone do something then; nothing if that is after `until`, or a letter goes. */
export function dueNext(all: readonly CaseStanding[], until: Instant): readonly Due[] {
  const first = firstOf(all);
  const due = all.filter(({ dueAt }) => dueAt === first);
  if (first === undefined || first > until || due.some(({ eventAt }) => eventAt !== first)) return [];
  return due.map(({ id }) => ({ id, at: first }));
}

/** Reads how all cases stand, in one statement; a case's state, which is long, only when something has happened to it. */
export class Standings {
  private readonly db: Kysely<Database>;
  private readonly seen = new Map<string, number>();
  private readonly next = new Map<string, ReturnType<typeof nextDue>>();

  constructor(db: Kysely<Database>) {
    this.db = db;
  }

  /** @param at by when a message should be on its way */
  async at(at: Instant): Promise<readonly CaseStanding[]> {
    const rows = await standingsSince(this.db, this.seen, at);
    return rows.map((row) => {
      const { id, number, send_at: sendAt, is_sending: isSending } = row;
      const mayHaveTold = row.may_have_told;
      const mayHaveMore = mayHaveTold || row.may_have_more;
      const { at: eventAt, rung } = this.nextOf(row) ?? {};
      const dueAt = sendAt === null || (eventAt !== undefined && eventAt < sendAt) ? eventAt : sendAt;
      return { id, number, eventAt, isReminder: rung !== undefined, dueAt, isSending, mayHaveTold, mayHaveMore };
    });
  }

  private nextOf({ id, kind, number, state }: StandingRow): ReturnType<typeof nextDue> {
    if (this.seen.get(id) !== number) {
      this.next.set(id, state && isKind(kind) ? nextDue(lifecycles[kind], state) : undefined);
      this.seen.set(id, number);
    }
    return this.next.get(id);
  }
}
