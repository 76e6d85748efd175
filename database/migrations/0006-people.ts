import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  `alter table people
    add column other_addresses text[] not null default '{}',
    add column working_from text not null default '09:00',
    add column working_until text not null default '18:00',
    add column left_on date,
    add column left_by text,
    add constraint people_working_hours check (
      working_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' and working_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
      and working_from < working_until),
    add constraint people_first_address_first check (email is not null or other_addresses = '{}')`,
  `comment on column people.email is 'The first address; other_addresses are written to, in order, when it bounces'`,
  `comment on column people.working_from is 'HH:MM in the zone of the person'`,
  `comment on column people.left_on is 'The first day on which they no longer serve, in their zone'`,

  // Nothing is deleted: who comes back earlier has back_on, the first day of being there again.
  `create table absences (
    person text not null constraint absences_person_known references people,
    from_day date not null,
    until_day date not null,
    stand_in text not null constraint absences_stand_in_known references people,
    by text not null,
    recorded_at timestamptz not null default clock_timestamp(),
    back_on date,
    back_by text,
    back_recorded_at timestamptz,
    constraint absences_in_order check (from_day <= until_day),
    constraint absences_another_stands_in check (person <> stand_in)
  )`,
  'create index absences_person on absences (person, from_day)',
  'create index absences_stand_in on absences (stand_in, from_day)',
  `comment on table absences is
    'Who is away, both days included in the zone of the person, and who stands in; back_on cuts it short'`,

  `create table bounces (
    address text not null,
    by text not null,
    why text not null,
    recorded_at timestamptz not null default clock_timestamp(),
    reachable_by text,
    reachable_at timestamptz,
    constraint bounces_address_lower check (address = lower(address))
  )`,
  'create unique index bounces_standing on bounces (address) where reachable_at is null',
  `comment on table bounces is 'Addresses that mail came back from; not written to until somebody says they are reachable'`,

  `create view mail_addresses as
    select 'person' as kind, p.id, (
      select each.address from unnest(p.email || p.other_addresses) with ordinality as each(address, place)
      where not exists (select from bounces b where b.address = lower(each.address) and b.reachable_at is null)
      order by place limit 1) as address
    from people p where p.email is not null
    union all
    select 'agency', a.id, case when not exists (
      select from bounces b where b.address = lower(a.email) and b.reachable_at is null) then a.email end
    from agencies a where a.email is not null`,
  `comment on view mail_addresses is
    'Where mail to a person or an agency goes now: the first address that does not bounce; null when all do'`,

  'alter table messages add column meant text, add column turn_at timestamptz',
  `comment on column messages.meant is
    'The person it was meant for when it was sent; person, who it was written to, may stand in for them'`,

  `comment on column messages.turn_at is 'When it may go at the pace that is set, while it waits for that'`,

  // When the next message may be sent, in all and to one domain: several workers keep one pace.
  `create table mail_pace (
    scope text primary key,
    next_at timestamptz not null
  )`,
];

export const people: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
