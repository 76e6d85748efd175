import type { Kysely } from 'kysely';
import { nextRung } from '../domain/case/due.ts';
import { type CaseState, type OpenDeadline, plannedDeadlines } from '../domain/case/state.ts';
import type { Instant } from '../domain/dates.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';
import type { Plan } from '../domain/ladder.ts';
import { planDeadline } from '../domain/planning.ts';
import type { Refusal } from '../domain/refusal.ts';
import { calendarAt, placeFor, refuseUnknownPlace } from './calendars.ts';
import type { Database } from './schema.ts';
import { lookAround } from './surroundings.ts';

/** One thing that would move if a due date were planned anew by the calendars of today. */
export interface Move {
  readonly caseId: string;
  readonly deadline: string;
  /** `due date`, or `reminder 3`. */
  readonly what: string;
  /** The end of the due day, or the instant of a reminder; null when there was none, or is none any more. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** Where the days are counted. */
  readonly zone: string;
}

/** A country by its code, an agency by its id: only what counts there. */
export interface ReplanFilter {
  readonly country?: string | undefined;
  readonly agency?: string | undefined;
}

/** What would move in open cases under the calendars of today. Changes nothing. */
export async function listMoves(db: Kysely<Database>, filter: ReplanFilter = {}): Promise<readonly Move[] | Refusal> {
  const { country, agency } = filter;
  const unknown =
    (country === undefined ? undefined : await refuseUnknownPlace(db, country, 'country')) ??
    (agency === undefined ? undefined : await refuseUnknownPlace(db, agency, 'agency'));
  if (unknown) return unknown;
  // Most cases are of parties that others are of as well: each is looked up once.
  return db.transaction().execute(async (trx) => {
    await lookAround(trx, []);
    const open = trx.selectFrom('cases').select(['kind', 'state']).where('closed_at', 'is', null).orderBy('id');
    const moves: Move[] = [];
    for (const { kind, state } of await open.execute())
      if (isKind(kind)) moves.push(...(await movesOf(trx, state as CaseState, filter)));
    return moves;
  });
}

async function movesOf(db: Kysely<Database>, state: CaseState, { country, agency }: ReplanFilter): Promise<Move[]> {
  const lifecycle = isKind(state.kind) ? lifecycles[state.kind] : undefined;
  const moves: Move[] = [];
  for (const deadline of lifecycle ? plannedDeadlines(lifecycle, state) : []) {
    const place = await placeFor(db, deadline, state);
    if ((country && place?.country !== country) || (agency && place?.agency !== agency)) continue;
    const anew = planDeadline(await calendarAt(db, place), deadline, deadline.standing);
    for (const move of between(deadline, anew)) moves.push({ caseId: state.id, deadline: deadline.name, ...move });
  }
  return moves;
}

/** What is dealt with does not move: a rung that was sent, a due date that has passed. What falls onto another rung is gone. */
function between(deadline: OpenDeadline, anew: Plan): Omit<Move, 'caseId' | 'deadline'>[] {
  const { plan, passedAt } = deadline.standing;
  const { zone } = anew;
  const due = { what: 'due date', from: plan.passesAt, to: anew.passesAt, zone };
  const first = nextRung(deadline)?.number ?? Number.POSITIVE_INFINITY;
  const dealtWith = plan.rungs.findLast(({ number }) => number < first)?.at ?? '';
  const isSameLadder = plan.rungs.length === anew.rungs.length;
  const old = plan.rungs.filter(({ number }) => number >= first);
  const next = anew.rungs.filter(({ number, at }) => (isSameLadder ? number >= first : at > dealtWith));
  const gone = old.filter(({ at }) => !next.some((rung) => rung.at === at));
  const come = next.filter(({ at }) => !old.some((rung) => rung.at === at));
  const rungs = Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => {
    const number = gone[index]?.number ?? come[index]?.number ?? 0;
    return { what: `reminder ${number}`, from: gone[index]?.at ?? null, to: come[index]?.at ?? null, zone };
  });
  return [...(passedAt ? [] : [due]), ...rungs].filter(({ from, to }) => from !== to);
}
