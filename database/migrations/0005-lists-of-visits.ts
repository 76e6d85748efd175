import { type Kysely, type Migration, sql } from 'kysely';

const standing = 'id, title, stage, countries, coordinator, owner, late, next_due, opened_at, closed_at';

/** The day on which something takes place, as long as it lies ahead or is under way; spelt alike in view and index. */
const comingDay = `(case kind
  when 'visit' then case when facts->>'returnedOn' is null then facts->>'from' end
  when 'workshop' then case when facts->>'heldOn' is null then facts->>'from' end
  when 'edition' then case when facts->>'heldOn' is null then facts->>'from' end
  when 'appointment' then case when facts->>'heldOn' is null then facts->>'on' end
  when 'meeting' then case when facts->>'heldOn' is null then facts->>'on' end
  when 'mou' then case when facts->>'signedOn' is null then facts->>'signingOn' end
end)`;

const statements = [
  `create view visit_register as
    select ${standing}, facts->>'from' as day, facts->>'to' as until, facts->>'sendingCountry' as sending_country,
      facts->'legCountries' as leg_countries, facts->'senders' as senders, facts->>'head' as head,
      facts->'agencies' as agencies,
      jsonb_path_query_array(facts->'legs', '$[*] ? (@ like_regex "[(](asked|declined)[)]$")') as unconfirmed_legs,
      facts->'acts' as acts, facts->'toPrepare' as to_prepare, facts->>'returnedOn' as returned_on,
      facts->>'reportedOn' as reported_on
    from cases where kind = 'visit'`,
  `comment on view visit_register is 'Delegation visits: days, head, agencies, legs that no host has confirmed'`,
  `create index cases_visits_by_day on cases ((facts->>'from'), id) where kind = 'visit'`,
  `create index cases_open_visits_by_day on cases ((facts->>'from'), id) where kind = 'visit' and closed_at is null`,

  `create view workshop_register as
    select ${standing}, facts->>'from' as day, coalesce(facts->>'to', facts->>'from') as until,
      facts->>'subject' as subject, facts->>'country' as country, facts->>'place' as place, facts->'hosts' as hosts,
      facts->>'visit' as visit, facts->>'mou' as mou, facts->>'nominationsBy' as nominations_by,
      facts->'notAnswered' as not_answered, jsonb_array_length(coalesce(facts->'participants', '[]')) as participants,
      (facts->>'places')::integer as places, facts->>'heldOn' as held_on
    from cases where kind = 'workshop'`,
  `comment on view workshop_register is 'Workshops: days, hosts, who has not answered the call for nominations'`,
  `create index cases_workshops_by_day on cases ((facts->>'from'), id) where kind = 'workshop'`,
  `create index cases_open_workshops_by_day on cases ((facts->>'from'), id)
    where kind = 'workshop' and closed_at is null`,

  `create view programme_register as
    select ${standing}, facts->>'sinceYear' as since_year, facts->>'period' as period,
      facts->'organisers' as organisers, (facts->>'editionsHeld')::integer as editions_held,
      facts->'editions' as editions, facts->'openEditions' as open_editions,
      (facts->>'nextNumber')::integer as next_number, facts->>'nextStart' as next_start, facts->>'opensOn' as opens_on
    from cases where kind = 'programme'`,
  `comment on view programme_register is 'Programmes: their editions, and on which day the next one is opened'`,
  `create index cases_programmes_by_opening on cases ((coalesce(facts->>'opensOn', 'none')), id)
    where kind = 'programme'`,

  `create view edition_register as
    select ${standing}, facts->>'from' as day, facts->>'to' as until, facts->>'programme' as programme,
      facts->>'programmeName' as programme_name, (facts->>'number')::integer as number, facts->'hosts' as hosts,
      facts->'cities' as cities, facts->>'fixedOn' is not null as fixed, facts->>'nominationsBy' as nominations_by,
      facts->'notAnswered' as not_answered, facts->'declinedBy' as declined_by,
      jsonb_array_length(coalesce(facts->'participants', '[]')) as participants,
      (facts->>'places')::integer as places, facts->>'heldOn' as held_on
    from cases where kind = 'edition'`,
  `comment on view edition_register is 'Editions of programmes: days and hosts, and which states have not answered'`,
  `create index cases_editions_by_day on cases ((facts->>'from'), id) where kind = 'edition'`,
  `create index cases_open_editions_by_day on cases ((facts->>'from'), id) where kind = 'edition' and closed_at is null`,
  `create index cases_editions_of_programme on cases ((facts->>'programme'), (facts->>'from'), id)
    where kind = 'edition'`,

  `create view coming_dates as
    select id, kind, title, stage, countries, coordinator, owner, late, next_due, ${comingDay} as day,
      coalesce(facts->>'to', ${comingDay}) as until, coalesce(facts->>'place', facts->'cities'->>0) as place,
      facts->>'visit' as visit
    from cases where closed_at is null and ${comingDay} is not null`,
  `comment on view coming_dates is 'What takes place: visits, workshops, editions, meetings, appointments, signings'`,
  `create index cases_coming on cases (${comingDay}, id) where closed_at is null and ${comingDay} is not null`,

  `create view outstanding_nominations as
    select d.case_id as id, c.title, c.countries, c.coordinator, split_part(d.name, ':', 2) as state, d.owed_by,
      d.since, d.due, d.zone, d.passed_at is not null as late
    from deadlines d join cases c on c.id = d.case_id where d.name like 'nominate:%'`,
  `comment on view outstanding_nominations is 'States that were asked to nominate and have not answered'`,
  `create index deadlines_nominations on deadlines (due, case_id, name) where name like 'nominate:%'`,
  `create index deadlines_nominations_by_state on deadlines ((split_part(name, ':', 2)), due, case_id)
    where name like 'nominate:%'`,
];

export const listsOfVisits: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
