import { type Kysely, type Migration, sql } from 'kysely';

/**
 * Postgres changes a row in place, leaves all indexes as they are and logs only what lies between the first and the last
 * byte that differ, when no index is about what has changed and the page has room. How a message that is under way stands,
 * and what a case knows, change often; whether a message is settled, once. So what changes stands at the end of the row,
 * after what is written once.
 */
const statements = [
  'drop view unsettled_messages',
  'alter table messages rename to messages_before',
  'alter index messages_pkey rename to messages_before_pkey',
  `create table messages (
    key text primary key,
    case_id text not null constraint messages_case_known references cases deferrable,
    event_number integer not null,
    text text not null,
    tone text,
    level text,
    deadline text,
    recipient text not null,
    summary text not null,
    at timestamptz not null,
    facts jsonb not null,
    calendar jsonb,
    meant text,
    person text,
    address text,
    language text,
    subject text,
    body_text text,
    body_html text,
    body_calendar text,
    message_id text,
    send_at timestamptz not null,
    send_zone text,
    digest text constraint messages_digest_known references digests deferrable,
    turn_at timestamptz,
    attached jsonb,
    attempts integer not null default 0,
    claim_token text,
    claim_until timestamptz,
    state text not null constraint messages_state_known check (state in
      ('planned', 'claimed', 'inData', 'sent', 'refused', 'expired', 'inDoubt', 'withdrawn', 'nobody')),
    settled text generated always as (case when state in ('sent', 'withdrawn') then state end) stored,
    reply text,
    changed_at timestamptz not null default clock_timestamp()
  ) with (fillfactor = 75)`,
  `insert into messages (key, case_id, event_number, text, tone, level, deadline, recipient, summary, at, facts, calendar,
      meant, person, address, language, subject, body_text, body_html, body_calendar, message_id, send_at, send_zone,
      digest, turn_at, attached, attempts, claim_token, claim_until, state, reply, changed_at)
    select key, case_id, event_number, text, tone, level, deadline, recipient, summary, at, facts, calendar,
      meant, person, address, language, subject, body_text, body_html, body_calendar, message_id, send_at, send_zone,
      digest, turn_at, attached, attempts, claim_token, claim_until, state, reply, changed_at from messages_before`,
  'drop table messages_before',
  'create index messages_case on messages (case_id, at)',
  'create index messages_at on messages (at, key)',
  'create index messages_unsettled on messages (at, key) where settled is null',
  `create index messages_withdrawn on messages (at, key) where settled = 'withdrawn'`,
  'create index messages_digest on messages (digest) where digest is not null',
  'create index messages_by_address on messages (lower(address)) where address is not null',
  `comment on column messages.calendar is 'What the message does to its reader''s calendar'`,
  `comment on column messages.meant is
    'The person it was meant for when it was sent; person, who it was written to, may stand in for them'`,
  `comment on column messages.turn_at is 'When it may go at the pace that is set, while it waits for that'`,
  `comment on column messages.settled is 'sent or withdrawn; null while it is under way, or a person has to look at it'`,
  `create view unsettled_messages as
    select key, case_id, recipient, at, state, summary, attempts, reply, changed_at
    from messages where settled is null`,
  `comment on view unsettled_messages is
    'Messages not sent yet, refused, expired, in doubt or without an address'`,

  'drop index cases_with_calendar_entries',
  'alter table cases set (fillfactor = 70)',
  'alter table cases add column has_calendar_entries boolean not null default false',
  `update cases set has_calendar_entries = true where state ? 'calendarEntries'`,
  'create index cases_with_calendar_entries on cases (id) where has_calendar_entries',
];

export const rowsChangedInPlace: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
