import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  `create table countries (
    code text primary key constraint countries_code_form check (code ~ '^[A-Z]{2}$'),
    name text not null,
    zone text not null,
    language text not null
  )`,
  `create table agencies (
    id text primary key constraint agencies_id_form check (id ~ '^[a-z0-9-]{1,64}$'),
    country text not null constraint agencies_country_known references countries,
    name text not null,
    email text,
    contact text
  )`,
  'create index agencies_country on agencies (country)',
  `create table people (
    id text primary key constraint people_id_form check (id ~ '^[a-z0-9-]{1,64}$'),
    name text not null,
    email text,
    agency text not null constraint people_agency_known references agencies,
    office text,
    language text not null,
    zone text not null,
    superior text constraint people_superior_known references people deferrable initially deferred
  )`,
  'create index people_agency on people (agency)',
  'create index people_superior on people (superior)',
  'create unique index people_email on people (lower(email))',
  `alter table agencies add constraint agencies_contact_known
    foreign key (contact) references people deferrable initially deferred`,
  'create index agencies_contact on agencies (contact)',

  `create table cases (
    id text primary key constraint cases_id_form check (id ~ '^[a-z]+/[a-z0-9-]{1,64}$'),
    kind text not null,
    title text not null,
    stage text not null,
    countries text[] not null,
    coordinator text not null,
    owner text,
    opener text,
    opened_at timestamptz not null,
    last_at timestamptz not null,
    closed_at timestamptz,
    number integer not null constraint cases_number_positive check (number > 0),
    late boolean not null,
    next_due timestamptz,
    facts jsonb not null,
    state jsonb not null
  )`,
  'create index cases_kind on cases (kind, id)',
  'create index cases_open_by_kind on cases (kind, id) where closed_at is null',
  'create index cases_open_by_due on cases (next_due, id) where closed_at is null',
  'create index cases_late on cases (id) where late and closed_at is null',
  'create index cases_stage on cases (stage, id)',
  'create index cases_owner on cases (owner, id)',
  'create index cases_coordinator on cases (coordinator, id)',
  'create index cases_opener on cases (opener)',
  'create index cases_countries on cases using gin (countries)',

  `create table events (
    case_id text not null constraint events_case_known references cases,
    number integer not null constraint events_number_positive check (number > 0),
    type text not null,
    at timestamptz not null,
    by text not null,
    reason text,
    command_id text,
    says text not null,
    data jsonb not null,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint events_key primary key (case_id, number)
  )`,
  'create index events_at on events (at)',

  `create table commands (
    case_id text not null constraint commands_case_known references cases,
    command_id text not null,
    digest text not null,
    answer jsonb not null,
    constraint commands_key primary key (case_id, command_id)
  )`,

  `create table deadlines (
    case_id text not null constraint deadlines_case_known references cases,
    name text not null,
    says text not null,
    owed_by text,
    since date not null,
    due date not null,
    first_due date not null,
    zone text not null,
    version integer not null,
    passes_at timestamptz not null,
    passed_at timestamptz,
    ever_late boolean not null,
    next_rung integer,
    next_rung_at timestamptz,
    constraint deadlines_key primary key (case_id, name)
  )`,
  'create index deadlines_due on deadlines (due, case_id, name)',
  'create index deadlines_owed_by on deadlines (owed_by, due, case_id, name)',
  'create index deadlines_next_rung on deadlines (next_rung_at)',

  `create table messages (
    key text primary key,
    case_id text not null constraint messages_case_known references cases,
    event_number integer not null,
    text text not null,
    tone text,
    level text,
    deadline text,
    recipient text not null,
    summary text not null,
    at timestamptz not null,
    facts jsonb not null,
    state text not null constraint messages_state_known check (state in
      ('planned', 'claimed', 'inData', 'sent', 'refused', 'expired', 'inDoubt', 'withdrawn', 'nobody')),
    attempts integer not null default 0,
    claim_token text,
    claim_until timestamptz,
    person text,
    address text,
    language text,
    subject text,
    body_text text,
    body_html text,
    message_id text,
    reply text,
    changed_at timestamptz not null default clock_timestamp()
  )`,
  'create index messages_case on messages (case_id, at, key)',
  'create index messages_at on messages (at, key)',
  `create index messages_unsettled on messages (state, at, key) where state not in ('sent', 'withdrawn')`,

  // The record is what people rely on in a dispute: not even the application's own bugs may rewrite it.
  `create function events_are_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'events are append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
    end $$`,
  `create trigger events_refuse_change before update or delete on events
    for each row execute function events_are_append_only()`,
  `create trigger events_refuse_truncate before truncate on events
    for each statement execute function events_are_append_only()`,
];

export const register: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
