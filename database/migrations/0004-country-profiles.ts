import { type Kysely, type Migration, sql } from 'kysely';

const standing = 'number, country, recorded_by, recorded_at';

const statements = [
  `create table country_records (
    number bigint generated always as identity primary key,
    country text not null constraint country_records_country_known references countries,
    kind text not null constraint country_records_kind_known check (kind in ('indicators', 'plans', 'notes')),
    key text not null,
    data jsonb not null,
    recorded_by text not null constraint country_records_by_known references people,
    recorded_at timestamptz not null default clock_timestamp(),
    superseded_at timestamptz,
    superseded_by text constraint country_records_superseded_by_known references people,
    superseded_because text,
    constraint country_records_superseded_whole check ((superseded_at is null) = (superseded_by is null))
  )`,
  `comment on table country_records is
    'What is known of countries, with who recorded it and when; what was replaced or withdrawn stays, with who did that'`,
  'create unique index country_records_standing on country_records (country, kind, key) where superseded_at is null',
  'create index country_records_country on country_records (country, number)',

  // Who relied on a figure must be able to find it again, whatever stands in its place now.
  `create function country_records_stay() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and old.superseded_at is null and new.superseded_at is not null
        and (new.number, new.country, new.kind, new.key, new.data, new.recorded_by, new.recorded_at)
          = (old.number, old.country, old.kind, old.key, old.data, old.recorded_by, old.recorded_at)
      then return new;
      end if;
      raise exception 'country records stay as they are: % is refused', tg_op using errcode = 'insufficient_privilege';
    end $$`,
  `create trigger country_records_refuse_change before update or delete on country_records
    for each row execute function country_records_stay()`,

  `create view country_indicators as
    select ${standing}, data->>'indicator' as indicator, (data->>'year')::integer as year, data->>'value' as value,
      data->>'unit' as unit, (data->>'rank')::integer as rank, data->>'among' as among, data->>'source' as source,
      data->>'note' as note
    from country_records where kind = 'indicators' and superseded_at is null`,
  `comment on view country_indicators is 'Indicators of countries by year and source, as they stand'`,
  `create view country_plans as
    select ${standing}, data->>'plan' as plan, data->>'from' as begins, data->>'to' as ends, data->>'budget' as budget,
      (data->>'amount')::numeric as amount, data->>'currency' as currency, data->>'purpose' as purpose,
      data->>'source' as source, data->>'note' as note
    from country_records where kind = 'plans' and superseded_at is null`,
  `comment on view country_plans is 'National plans with their period and budget, as they stand'`,
  `create view country_notes as
    select ${standing}, data->>'note' as note, data->>'on' as as_of, data->>'source' as source
    from country_records where kind = 'notes' and superseded_at is null`,
  `comment on view country_notes is 'What else should be known of countries, as it stands'`,
  `create index country_records_indicators on country_records (country, (data->>'year') desc, (data->>'indicator'), number)
    where kind = 'indicators' and superseded_at is null`,
];

export const countryProfiles: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
