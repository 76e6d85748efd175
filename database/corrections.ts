import { type Kysely, sql, type Transaction } from 'kysely';
import type { CorrectionEvent } from '../domain/case/correction.ts';
import type { CaseEvent, CaseState } from '../domain/case/state.ts';
import type { Stamp } from '../domain/lifecycle.ts';
import type { Database } from './schema.ts';

const isCorrection = (event: CaseEvent): event is CorrectionEvent & Stamp => event.type === 'factsCorrected';

const wrongIn = ({ corrections }: CorrectionEvent) =>
  corrections.filter(({ was }) => was !== undefined).map(({ fact, was, is }) => ({ fact, was, is }));

/** The letters of a case whose facts have what is wrong. */
const withWhatIsWrong = (caseId: string, event: CorrectionEvent) => sql<boolean>`m.case_id = ${caseId} and exists (
  select from jsonb_to_recordset(${JSON.stringify(wrongIn(event))}::jsonb) as wrong(fact text, was jsonb)
  where m.facts->wrong.fact = wrong.was)`;

/** What a command decides, with those who had been written to while something stood wrongly. Changes nothing. */
export async function withReaders(
  db: Kysely<Database>,
  before: CaseState | undefined,
  events: readonly CaseEvent[],
): Promise<readonly CaseEvent[]> {
  const all: CaseEvent[] = [];
  for (const event of events) {
    if (!before || !isCorrection(event)) {
      all.push(event);
      continue;
    }
    const { rows } = await sql<{ recipient: CorrectionEvent['readers'][number] }>`
      select distinct recipient from messages m
      where ${withWhatIsWrong(before.id, event)} and (state in ('claimed', 'inData', 'sent', 'inDoubt')
        or (state = 'planned' and body_text is not null))
      order by recipient`.execute(db);
    all.push({ ...event, readers: rows.map(({ recipient }) => recipient) });
  }
  return all;
}

/** Locks what waits and says what is wrong: whoever was writing it has come to an end, and nobody begins before this transaction ends. */
export async function lockWaitingLetters(
  trx: Transaction<Database>,
  caseId: string,
  events: readonly CaseEvent[],
): Promise<void> {
  for (const event of events.filter(isCorrection))
    await sql`select from messages m where ${withWhatIsWrong(caseId, event)} and state = 'planned' order by key for update`.execute(
      trx,
    );
}

/** What waits and is not written yet says what is right, and so does what reached nobody, once it is sent again; whoever it is for was told nothing wrong. */
export async function correctWaitingLetters(
  trx: Transaction<Database>,
  caseId: string,
  events: readonly CaseEvent[],
): Promise<void> {
  for (const event of events.filter(isCorrection))
    await sql`
      update messages m set facts = m.facts || (
        select jsonb_object_agg(wrong.fact, wrong."is")
        from jsonb_to_recordset(${JSON.stringify(wrongIn(event))}::jsonb) as wrong(fact text, was jsonb, "is" jsonb)
        where m.facts->wrong.fact = wrong.was)
      where ${withWhatIsWrong(caseId, event)} and event_number < ${event.number}
        and (state = 'planned' and body_text is null or state in ('refused', 'expired', 'nobody'))`.execute(trx);
}
