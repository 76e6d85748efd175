import { type InsertObject, type Kysely, sql, type Transaction } from 'kysely';
import { nextRung } from '../domain/case/due.ts';
import type { Message } from '../domain/case/effects.ts';
import { calendarTexts } from '../domain/case/calendar-mails.ts';
import { type OpenDeadline, plannedDeadlines, stageOf, type CaseEvent, type CaseState } from '../domain/case/state.ts';
import { viewOf } from '../domain/case/view.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { reopen } from './ledger.ts';
import type { Database, DeadlineRow, EventRow } from './schema.ts';
import { openDigest, type SendTime } from './send-times.ts';

/** A message, and when it goes. */
export interface TimedMessage {
  readonly message: Message;
  readonly time: SendTime;
}

/** One transition of one case, to be put on record as a whole or not at all. */
export interface Entry {
  readonly lifecycle: Lifecycle;
  readonly after: CaseState;
  readonly events: readonly CaseEvent[];
  readonly messages: readonly TimedMessage[];
  readonly command?: { readonly id: string; readonly digest: string; readonly answer: unknown };
}

/** The case as the register has it, held until the transaction ends. */
export const lockCase = (trx: Transaction<Database>, id: string): Promise<{ number: number } | undefined> =>
  trx.selectFrom('cases').select('number').where('id', '=', id).forUpdate().executeTakeFirst();

/** All events of a case up to that number, as the case itself has them: their fold is its state. */
export async function readEvents(db: Kysely<Database>, caseId: string, until = 2 ** 31 - 1): Promise<CaseEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('number', '<=', until)
    .orderBy('number')
    .execute();
  return rows.map(eventOf);
}

export const eventOf = ({ type, number, at, by, reason, command_id, data }: EventRow): CaseEvent => ({
  ...(data as Record<string, unknown>),
  type,
  number,
  at,
  by,
  ...(reason ? { reason } : {}),
  ...(command_id ? { commandId: command_id } : {}),
});

export const readCommand = (db: Kysely<Database>, caseId: string, commandId: string) =>
  db
    .selectFrom('commands')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('command_id', '=', commandId)
    .executeTakeFirst();

/** What commands of a case were answered, by their ids. */
export async function readAnswers(
  db: Kysely<Database>,
  caseId: string,
  commandIds: readonly string[],
): Promise<[commandId: string, answer: unknown][]> {
  if (commandIds.length === 0) return [];
  const rows = await db
    .selectFrom('commands')
    .select(['command_id', 'answer'])
    .where('case_id', '=', caseId)
    .where('command_id', 'in', commandIds)
    .execute();
  return rows.map(({ command_id, answer }) => [command_id, answer]);
}

/** Writes a transition. The case's own event numbers are the key, so nothing here can conflict for a reason of its own. */
export async function writeEntry(trx: Transaction<Database>, entry: Entry): Promise<void> {
  await writeCase(trx, entry);
  await writeEvents(trx, entry);
  await writeDeadlines(trx, entry);
  await writeMessages(trx, entry);
  const { command, after } = entry;
  if (command)
    await trx
      .insertInto('commands')
      .values({
        case_id: after.id,
        command_id: command.id,
        digest: command.digest,
        answer: JSON.stringify(command.answer),
      })
      .execute();
}

async function writeCase(trx: Transaction<Database>, { lifecycle, after }: Entry): Promise<void> {
  const view = viewOf(lifecycle, after);
  const { id, kind, title, coordinator, opener, openedAt, lastAt, closedAt, number } = after;
  const standing = {
    title,
    stage: stageOf(after),
    countries: [...view.countries],
    coordinator,
    owner: view.owner ?? null,
    last_at: lastAt,
    closed_at: closedAt ?? null,
    number,
    late: view.late,
    next_due: view.waitsFor[0]?.passesAt ?? null,
    facts: JSON.stringify(view.facts),
    state: JSON.stringify(after),
  };
  await trx
    .insertInto('cases')
    .values({ id, kind, opener: opener ?? null, opened_at: openedAt, ...standing })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(standing))
    .execute();
}

async function writeEvents(trx: Transaction<Database>, { after, events }: Entry): Promise<void> {
  const sentences = events.length > 0 ? after.log.slice(-events.length) : [];
  const rows = events.map((event, index) => {
    const { number, at, by, reason, commandId, type, ...data } = event;
    return {
      case_id: after.id,
      number,
      type,
      at,
      by,
      reason: reason ?? null,
      command_id: commandId ?? null,
      says: sentences[index]?.says ?? type,
      data: JSON.stringify(data),
    };
  });
  // A command can be taken without anything having happened: what it tells was known.
  if (rows.length > 0) await trx.insertInto('events').values(rows).execute();
}

async function writeDeadlines(trx: Transaction<Database>, { lifecycle, after }: Entry): Promise<void> {
  await trx.deleteFrom('deadlines').where('case_id', '=', after.id).execute();
  const rows = plannedDeadlines(lifecycle, after).map((deadline) => rowOf(after.id, deadline));
  if (rows.length > 0) await trx.insertInto('deadlines').values(rows).execute();
}

function rowOf(caseId: string, deadline: OpenDeadline): DeadlineRow {
  const { plan, firstDue, passedAt, everLate } = deadline.standing;
  const rung = nextRung(deadline);
  return {
    case_id: caseId,
    name: deadline.name,
    says: deadline.says,
    owed_by: deadline.owedBy ?? null,
    since: deadline.since,
    due: plan.due,
    first_due: firstDue,
    zone: plan.zone,
    version: plan.version,
    passes_at: plan.passesAt,
    passed_at: passedAt ?? null,
    ever_late: everLate,
    next_rung: rung?.number ?? null,
    next_rung_at: rung?.at ?? null,
  };
}

/** What is met, moved or dropped takes its waiting messages along, in the same transaction. */
async function writeMessages(trx: Transaction<Database>, entry: Entry): Promise<void> {
  const { lifecycle, after, messages } = entry;
  const standing = plannedDeadlines(lifecycle, after).map(
    ({ name, standing: { plan } }) => `${after.id}/${name}/${plan.version}/`,
  );
  await sql`
    update messages set state = 'withdrawn', reply = 'what it asks for was done, moved or dropped', changed_at = clock_timestamp()
    where case_id = ${after.id} and state in ('planned', 'claimed') and deadline is not null
      and not exists (select from unnest(${standing}::text[]) as open(prefix) where starts_with(messages.key, open.prefix))`.execute(
    trx,
  );
  await withdrawOvertaken(trx, entry);
  for (const { message, time } of messages) if (message.again) await reopen(trx, message.key, time);
  const rows: InsertObject<Database, 'messages'>[] = [];
  for (const timed of messages) {
    const { digest, zone } = timed.time;
    const waitsFor = digest && zone ? await openDigest(trx, digest, zone) : null;
    if (!timed.message.again) rows.push(messageRow(after.id, timed, waitsFor));
  }
  if (rows.length === 0) return;
  await trx
    .insertInto('messages')
    .values(rows)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}

/**
 * What waits for its reader and is overtaken by what they are told now goes nowhere: the same said of an earlier version of
 * a calendar entry, and all that was to be said before the case was cancelled. A letter about something else stays, and
 * goes without the earlier version.
 */
async function withdrawOvertaken(trx: Transaction<Database>, { after, events, messages }: Entry): Promise<void> {
  const now = messages.filter(({ message }) => !message.again).map(({ message }) => message);
  if (now.length === 0) return;
  const isCancelled = events.some(({ type }) => type === 'cancelled');
  const changes = now.flatMap(({ calendar, to, text }) => (calendar ? [{ ...calendar, to, text }] : []));
  const before = sql`case_id = ${after.id} and event_number < ${Math.min(...now.map(({ event }) => event))}`;
  const laterVersion = sql`select from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      as change(uid text, "to" text, sequence integer, text text)
    where change."to" = recipient and change.uid = m.calendar->>'uid' and change.sequence > (m.calendar->>'sequence')::integer`;
  await sql`
    update messages m set state = 'withdrawn', reply = 'what it says has changed before it could go', changed_at = clock_timestamp()
    where ${before} and state in ('planned', 'claimed')
      and (${isCancelled} and recipient = any(${now.map(({ to }) => to)}::text[])
        or exists (${laterVersion} and (change.text = m.text or m.text = any(${calendarTexts}::text[]))))`.execute(trx);
  await sql`update messages m set calendar = null where ${before} and state = 'planned' and exists (${laterVersion})`.execute(
    trx,
  );
}

function messageRow(caseId: string, { message, time }: TimedMessage, digest: string | null) {
  const { key, event, to, text, tone, level, at, facts, summary, deadline, calendar } = message;
  return {
    key,
    case_id: caseId,
    event_number: event,
    text,
    tone: tone ?? null,
    level: level ?? null,
    deadline: deadline ?? null,
    recipient: to,
    summary,
    at,
    send_at: time.sendAt,
    send_zone: time.zone ?? null,
    digest,
    facts: JSON.stringify(facts),
    calendar: calendar ? JSON.stringify(calendar) : null,
    state: 'planned' as const,
  };
}
