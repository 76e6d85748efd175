import { type Kysely, type Migration, sql } from 'kysely';

/** Dates inside `facts` are ISO text: it sorts and compares as dates do, and can be indexed, which a cast cannot. */
const statements = [
  'create index cases_open on cases (id) where closed_at is null',
  `create index cases_open_by_next_due on cases ((coalesce(next_due, 'infinity'::timestamptz)), id)
    where closed_at is null`,
  'drop index cases_open_by_due',
  `create index messages_withdrawn on messages (at, key) where state = 'withdrawn'`,

  `create view open_requests as
    select id, title, stage, countries, coordinator, owner, late, next_due, opened_at,
      facts->>'subject' as subject, facts->>'receivedOn' as received_on, facts->>'requester' as requester,
      facts->>'requestingCountry' as requesting_country, facts->>'lead' as lead, facts->>'decideBy' as decide_by,
      facts->'outstanding' as outstanding
    from cases where kind = 'request' and closed_at is null`,
  `comment on view open_requests is 'Cooperation requests that are not settled yet'`,
  `create index cases_requests_by_day on cases ((facts->>'receivedOn'), id)
    where kind = 'request' and closed_at is null`,

  `create view mou_register as
    select id, title, stage, countries, coordinator, owner, late, next_due, opened_at, closed_at,
      facts->>'instrument' as instrument, (facts->>'binding')::boolean as binding, facts->'sides' as sides,
      facts->>'signedOn' as signed_on, facts->>'inEffectSince' as in_effect_since,
      facts->>'renewal' as renewal, (facts->>'term')::integer as term, facts->>'termEnds' as term_ends,
      facts->>'decideBy' as decide_by_weekday,
      coalesce((select due::text from deadlines where case_id = cases.id and name = 'decide:' || (facts->>'term')),
        facts->>'decideBy') as decide_by
    from cases where kind = 'mou'`,
  // The weekday is what the text gives and can be indexed; the deadline knows holidays and moved dates.
  `comment on view mou_register is
    'Memoranda of understanding with the last working day on which their current term can be decided on'`,
  `create index cases_mous_by_decision on cases ((coalesce(facts->>'decideBy', 'none')), id) where kind = 'mou'`,

  `create view committee_calendar as
    select id, title, stage, countries, coordinator, owner, late, next_due,
      facts->>'mou' as mou, coalesce(facts->>'convenedOn', facts->>'nextMeetingBy') as day,
      facts->>'convenedOn' is not null as convened, (facts->>'nextNumber')::integer as number,
      facts->>'nextHost' as host, facts->>'convenedPlace' as place, facts->>'convenedMeeting' as meeting,
      facts->>'lastMeetingOn' as last_meeting_on, (facts->>'meetingsHeld')::integer as meetings_held
    from cases where kind = 'committee' and closed_at is null`,
  `comment on view committee_calendar is
    'Joint committees with the day of the next meeting, or by which it has to be held where none is convened'`,
  `create index cases_committees_by_day on cases
    ((coalesce(coalesce(facts->>'convenedOn', facts->>'nextMeetingBy'), 'none')), id)
    where kind = 'committee' and closed_at is null`,

  `create view action_matrix as
    select id, title, stage, countries, coordinator, owner, late, next_due, opened_at, closed_at,
      facts->>'topic' as topic, facts->>'meeting' as meeting, facts->>'committee' as committee,
      facts->>'decision' as decision, facts->>'due' as due, facts->>'firstDue' as first_due,
      (facts->>'extensions')::integer as extensions, (facts->>'wasLate')::boolean as was_late,
      (facts->>'percent')::integer as percent
    from cases where kind = 'action'`,
  `comment on view action_matrix is
    'Follow-up actions of all meetings: owner, due, first due, state; late now, and whether they ever were'`,
  `create index cases_actions_by_due on cases ((facts->>'due'), id) where kind = 'action'`,
  `create index cases_open_actions_by_due on cases ((facts->>'due'), id) where kind = 'action' and closed_at is null`,
  `create index cases_actions_by_meeting on cases ((facts->>'meeting'), (facts->>'due'), id) where kind = 'action'`,
  `create index cases_actions_by_committee on cases ((facts->>'committee'), (facts->>'due'), id)
    where kind = 'action'`,

  `create view owed as
    select d.case_id, c.title, c.countries, c.coordinator, d.name, d.says, d.owed_by, d.since, d.due, d.first_due,
      d.zone, d.passed_at is not null as late, d.ever_late
    from deadlines d join cases c on c.id = d.case_id`,
  `comment on view owed is 'What is owed at this moment, by whom, since when and until when, in the zone given'`,

  `create view unsettled_messages as
    select key, case_id, recipient, at, state, summary, attempts, reply, changed_at
    from messages where state not in ('sent', 'withdrawn')`,
  `comment on view unsettled_messages is
    'Messages not sent yet, refused, expired, in doubt or without an address'`,
];

export const lists: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
