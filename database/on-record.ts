import { type Kysely, sql } from 'kysely';
import { type KeyedEffect, targetOf } from '../domain/case/effects.ts';
import type { CaseEvent, CaseState } from '../domain/case/state.ts';
import { transition } from '../domain/case/transition.ts';
import type { Instant } from '../domain/dates.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { eventOf, readAnswers } from './register.ts';
import type { Database } from './schema.ts';

/** What the register has of a case beyond what the case itself knows. */
export interface OnRecord {
  readonly events: readonly CaseEvent[];
  /** What the commands among the events were answered, and the one that is asked about. */
  readonly answers: readonly (readonly [commandId: string, answer: unknown])[];
  /** Keys of the effects of these events that are not done yet; all others have happened, or are no longer wanted. */
  readonly undone: readonly string[];
  /** When messages among them go. */
  readonly sendAt: Readonly<Record<string, Instant>>;
  /** The events begin with the first one: somebody who stood in those that the case knows has been erased since. */
  readonly afresh?: Afresh | undefined;
  /** There are more events than one answer should hold. */
  readonly more: boolean;
}

/** A case that reads its events again, and up to which of them it knows of every erasure. */
export interface Afresh {
  readonly until: number;
}

type Db = Kysely<Database>;

const eventsAtOnce = 500;
// A history event holds two megabytes at most.
const charactersAtOnce = 500_000;

/**
 * What is on record of a case after the events it knows.
 *
 * @param known the case as it knows itself; undefined when it knows nothing
 * @param reading where it is reading its events again
 */
export async function readOnRecord(
  db: Db,
  lifecycle: Lifecycle,
  caseId: string,
  known: CaseState | undefined,
  reading?: Afresh,
): Promise<OnRecord> {
  const begun = known && (await erasedSince(db, caseId, reading?.until ?? known.number));
  const afresh = begun ?? reading;
  const before = begun ? undefined : known;
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('number', '>', before?.number ?? 0)
    .orderBy('number')
    .limit(eventsAtOnce + 1)
    .execute();
  const page = fitting(rows.slice(0, eventsAtOnce).map(eventOf));
  const effects = page.length > 0 ? transition(lifecycle, before, page).effects : [];
  const waiting = await messagesToGo(db, caseId);
  const told = await toldOthers(db, caseId, effects);
  const undone = effects.filter((effect) =>
    effect.type === 'mail' ? waiting.has(effect.message.key) : !told.has(effect.key),
  );
  return {
    events: page,
    answers: await readAnswers(db, caseId, [...new Set(page.flatMap(({ commandId }) => commandId ?? []))]),
    undone: undone.map(({ key }) => key),
    sendAt: Object.fromEntries(waiting),
    ...(afresh ? { afresh } : {}),
    more: page.length < rows.length,
  };
}

/** Whether somebody has been erased from events that are known: they are other ones now. */
async function erasedSince(db: Db, caseId: string, number: number): Promise<Afresh | undefined> {
  const last = await db
    .selectFrom('events')
    .select('number')
    .where('case_id', '=', caseId)
    .where('type', '=', 'personErased')
    .where('number', '>', number)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  return last && { until: last.number };
}

/** The first event always: one alone is never larger than a command may be. */
function fitting(events: readonly CaseEvent[]): readonly CaseEvent[] {
  let characters = 0;
  return events.filter((event, index) => {
    characters += JSON.stringify(event).length;
    return index === 0 || characters < charactersAtOnce;
  });
}

/** Messages that wait, are under way, or have failed without the case having been told; and when they go. */
async function messagesToGo(db: Db, caseId: string): Promise<ReadonlyMap<string, Instant>> {
  const { rows } = await sql<{ key: string; send_at: Instant }>`
    select key, send_at from messages m where case_id = ${caseId}
      and (state in ('planned', 'claimed', 'inData')
        or state in ('refused', 'expired', 'inDoubt', 'nobody') and not exists (
          select from events e where e.case_id = m.case_id and e.type = 'undelivered' and e.data->>'message' = m.key
            and e.number > coalesce((select max(number) from events again where again.case_id = m.case_id
              and again.type = 'sentAgain' and again.data->>'message' = m.key), 0)))`.execute(db);
  return new Map(rows.map(({ key, send_at }) => [key, send_at]));
}

/** Keys of openings and words that the other case has on record, or that it has refused. */
async function toldOthers(db: Db, caseId: string, effects: readonly KeyedEffect[]): Promise<ReadonlySet<string>> {
  const told = effects.flatMap((effect) => targetOf(effect) ?? []);
  const keys = effects.map(({ key }) => key);
  if (told.length === 0) return new Set();
  const { rows: heard } = await sql<{ key: string }>`
    select command_id as key from commands where case_id = any(${told}::text[]) and command_id = any(${keys}::text[])`.execute(
    db,
  );
  const { rows: refused } = await sql<{ effect: string | null; target: string }>`
    select data->>'effect' as effect, data->>'case' as target from events
    where case_id = ${caseId} and type = 'inVain'`.execute(db);
  // Events of earlier versions do not say what was refused, only by which case.
  const isRefused = (effect: KeyedEffect) =>
    refused.some((event) => (event.effect === null ? event.target === targetOf(effect) : event.effect === effect.key));
  return new Set([...heard.map(({ key }) => key), ...effects.filter(isRefused).map(({ key }) => key)]);
}
