import { sql, type Transaction } from 'kysely';
import { pick } from '../domain/parts.ts';
import { calendarTexts } from '../domain/case/calendar-mails.ts';
import { system, nextRung } from '../domain/case/due.ts';
import type { Message } from '../domain/case/effects.ts';
import {
  type CaseEvent,
  type CaseState,
  type OpenDeadline,
  plannedDeadlines,
  sentencesOf,
  stageOf,
} from '../domain/case/state.ts';
import { viewOf } from '../domain/case/view.ts';
import { documentsIn } from '../domain/document.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { quietAfterDays } from '../domain/quiet.ts';
import type { RulesVersion } from '../domain/rules-version.ts';
import { isPastBy, reopen } from './ledger.ts';
import type { ProofOnRecord } from './proof-keys.ts';
import { searchTextsOf } from './search-texts.ts';
import type {
  CaseDocumentRow,
  CaseRow,
  CommandRow,
  Database,
  DeadlineRow,
  DigestRow,
  EventRow,
  MessageRow,
} from './schema.ts';
import { digestKey, type SendTime } from './send-times.ts';

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
  /** By which its events were decided; absent where nobody says so. */
  readonly rules?: RulesVersion | undefined;
  readonly command?: {
    readonly id: string;
    readonly digest: string;
    readonly answer: unknown;
  } & Partial<ProofOnRecord>;
}

/** Those that are written; Postgres works out the others. */
const caseColumns =
  sql.raw(`id, kind, title, stage, countries, coordinator, owner, opener, opened_at, last_at, closed_at,
  number, late, next_due, facts, state, has_calendar_entries, acted_at, quiet_after_days`);
const eventColumns = sql.raw('case_id, number, type, at, by, reason, command_id, says, data, rules');
const commandColumns = sql.raw('case_id, command_id, digest, answer, proved, proof, key');
const messageColumns =
  sql.raw(`key, case_id, event_number, text, tone, level, deadline, recipient, summary, at, send_at,
  send_zone, digest, facts, calendar, attached, state`);

/** What failed before the end of a case is past, until the case is opened again; within one statement, its row is still that of before. */
const judgedPast = ({ id, closedAt }: Pick<CaseState, 'id' | 'closedAt'>) => sql`
  update messages set past = not past
  where case_id = ${id} and standing = 'failed' and past <> ${isPastBy(sql`${closedAt ?? null}::timestamptz`)}`;

/**
 * Writes a transition. The case's own event numbers are the key, so nothing here can conflict for a reason of its own.
 *
 * One statement, since each one costs a way to Postgres and back: what is met, moved or dropped takes its waiting messages
 * along, before what is said now is put beside them.
 */
export async function writeEntry(trx: Transaction<Database>, entry: Entry): Promise<void> {
  const { lifecycle, after, messages } = entry;
  const deadlines = plannedDeadlines(lifecycle, after);
  const standing = deadlines.map(({ name, standing: { plan } }) => `${after.id}/${name}/${plan.version}/`);
  await sql`
    with given as (select ${JSON.stringify(rowsOf(entry, deadlines))}::jsonb as rows),
    standing as (
      insert into cases as c (${caseColumns})
      select ${caseColumns} from given, jsonb_populate_recordset(null::cases, rows->'cases')
      on conflict (id) do update set title = excluded.title, stage = excluded.stage, countries = excluded.countries,
        coordinator = excluded.coordinator, owner = excluded.owner, last_at = excluded.last_at, closed_at = excluded.closed_at,
        number = excluded.number, late = excluded.late, next_due = excluded.next_due, facts = excluded.facts, state = excluded.state, has_calendar_entries = excluded.has_calendar_entries,
        acted_at = coalesce(excluded.acted_at, c.acted_at), quiet_after_days = excluded.quiet_after_days
    ), happened as (
      insert into events (${eventColumns})
      select ${eventColumns} from given, jsonb_populate_recordset(null::events, rows->'events')
    ), searched as (
      insert into search_texts select r.* from given, jsonb_populate_recordset(null::search_texts, rows->'searched') r
    ), circulated as (
      insert into case_documents select r.* from given, jsonb_populate_recordset(null::case_documents, rows->'documents') r
    ), answered as (
      insert into commands (${commandColumns})
      select ${commandColumns} from given, jsonb_populate_recordset(null::commands, rows->'commands')
    ), met as (
      delete from deadlines where case_id = ${after.id} and name <> all(${deadlines.map(({ name }) => name)}::text[])
    ), owed as (
      insert into deadlines select r.* from given, jsonb_populate_recordset(null::deadlines, rows->'deadlines') r
      where not exists (select from deadlines d where d.case_id = r.case_id and d.name = r.name and d.* is not distinct from r.*)
      on conflict (case_id, name) do update set says = excluded.says, owed_by = excluded.owed_by, since = excluded.since,
        due = excluded.due, first_due = excluded.first_due, zone = excluded.zone, version = excluded.version,
        passes_at = excluded.passes_at, passed_at = excluded.passed_at, ever_late = excluded.ever_late,
        next_rung = excluded.next_rung, next_rung_at = excluded.next_rung_at, countries = excluded.countries
    ), withdrawn as (
      update messages set state = 'withdrawn', reply = 'what it asks for was done, moved or dropped', changed_at = clock_timestamp()
      where case_id = ${after.id} and state in ('planned', 'claimed') and deadline is not null
        and not exists (select from unnest(${standing}::text[]) as open(prefix) where starts_with(messages.key, open.prefix))
    ), judged as (${judgedPast(after)}), gathered as (
      insert into digests (key, reader, day, zone) select key, reader, day, zone from given, jsonb_populate_recordset(null::digests, rows->'digests') on conflict (key) do nothing
    )
    insert into messages (${messageColumns})
    select ${messageColumns} from given, jsonb_populate_recordset(null::messages, rows->'messages')
    on conflict (key) do nothing`.execute(trx);
  await withdrawOvertaken(trx, entry);
  for (const { message, time } of messages) if (message.again) await reopen(trx, message.key, time);
}

function rowsOf(entry: Entry, deadlines: readonly OpenDeadline[]) {
  const row = caseRow(entry);
  const events = eventRows(entry);
  return {
    cases: [row],
    events,
    searched: searchTextsOf(events),
    documents: documentRows(entry),
    commands: commandRows(entry),
    deadlines: deadlines.map((deadline) => deadlineRow(row, deadline)),
    digests: digestRows(entry.messages),
    messages: entry.messages.filter(({ message }) => !message.again).map((timed) => messageRow(row.id, timed)),
  };
}

/** What a case does by itself is nothing that somebody did, but its opening is. */
const isAct = ({ type, by }: CaseEvent): boolean => type === 'opened' || by !== system;

function caseRow({ lifecycle, after, events }: Entry): Omit<CaseRow, 'quiet_from'> {
  const view = viewOf(lifecycle, after);
  const { id, kind, title, coordinator, opener = null, openedAt, lastAt, closedAt = null, number } = after;
  return {
    id,
    kind,
    title,
    stage: stageOf(after),
    countries: [...view.countries],
    coordinator,
    owner: view.owner ?? null,
    opener,
    opened_at: openedAt,
    last_at: lastAt,
    closed_at: closedAt,
    number,
    late: view.late,
    next_due: view.waitsFor[0]?.passesAt ?? null,
    facts: view.facts,
    // What happened stands in the events.
    state: { ...after, log: [] },
    has_calendar_entries: after.calendarEntries !== undefined,
    acted_at: events.findLast(isAct)?.at ?? null,
    quiet_after_days: closedAt || after.suspended ? null : quietAfterDays(kind, stageOf(after)),
  };
}

/** A command can be taken without anything having happened: what it tells was known. */
function eventRows({ after, events, rules }: Entry): Omit<EventRow, 'recorded_at'>[] {
  const sentences = sentencesOf(after, events);
  return events.map((event, index) => {
    const { number, at, by, reason = null, commandId = null, type, ...data } = event;
    const says = sentences[index] ?? type;
    return { case_id: after.id, number, type, at, by, reason, command_id: commandId, says, data, rules: rules ?? null };
  });
}

const documentRows = ({ after, events }: Entry): CaseDocumentRow[] =>
  events.flatMap((event) =>
    documentsIn(event).map(({ name, sha256 }, position) => ({
      case_id: after.id,
      event_number: event.number,
      position,
      name,
      sha256,
    })),
  );

function commandRows({ command, after }: Entry): Omit<CommandRow, 'recorded_at'>[] {
  if (!command) return [];
  const { id, digest, answer, proved = null, proof = null, key = null } = command;
  return [{ case_id: after.id, command_id: id, digest, answer, proved, proof, key }];
}

function deadlineRow({ id, countries }: Pick<CaseRow, 'id' | 'countries'>, deadline: OpenDeadline): DeadlineRow {
  const { plan, firstDue, passedAt, everLate } = deadline.standing;
  const rung = nextRung(deadline);
  return {
    case_id: id,
    ...pick(deadline, 'name', 'what', 'says', 'since'),
    item: deadline.item ?? null,
    owed_by: deadline.owedBy ?? null,
    due: plan.due,
    first_due: firstDue,
    zone: plan.zone,
    version: plan.version,
    passes_at: plan.passesAt,
    passed_at: passedAt ?? null,
    ever_late: everLate,
    next_rung: rung?.number ?? null,
    next_rung_at: rung?.at ?? null,
    countries,
  };
}

/** The gathered mails that messages wait for: each once, in one order for all. */
function digestRows(messages: readonly TimedMessage[]): Pick<DigestRow, 'key' | 'reader' | 'day' | 'zone'>[] {
  const byKey = new Map(
    messages.flatMap(({ message, time: { digest, zone } }) =>
      digest && zone && !message.again ? [[digestKey(digest), { ...digest, zone }] as const] : [],
    ),
  );
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, digest]) => ({ key, ...digest }));
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
  if (!isCancelled && changes.length === 0) return;
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

function messageRow(caseId: string, { message, time }: TimedMessage) {
  const {
    key,
    event,
    to,
    text,
    tone = null,
    level = null,
    at,
    facts,
    summary,
    deadline = null,
    calendar,
    attached,
  } = message;
  const { sendAt, zone = null, digest } = time;
  return {
    key,
    case_id: caseId,
    event_number: event,
    text,
    tone,
    level,
    deadline,
    recipient: to,
    summary,
    at,
    send_at: sendAt,
    send_zone: zone,
    digest: digest && zone ? digestKey(digest) : null,
    facts,
    calendar: calendar ?? null,
    attached: attached ?? null,
    state: 'planned',
  } satisfies Partial<MessageRow>;
}
