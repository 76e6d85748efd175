import type { Kysely } from 'kysely';
import type { Database } from '../../database/schema.ts';
import { system } from '../../domain/case/due.ts';
import { type QuietAfter, quietAfter } from '../../domain/quiet.ts';
import { inBulk } from './in-bulk.ts';

/** How large a register is: a tenth of its actions are open, and for each fifty there is a case of another kind. */
export interface Size {
  readonly actions: number;
  readonly eventsPerAction: number;
}

export const kinds = [
  'action',
  'request',
  'mou',
  'committee',
  'meeting',
  'visit',
  'workshop',
  'programme',
  'edition',
] as const;
/** Each in a sixth of all cases. */
export const countries = ['KR', 'GR', 'RO', 'BG', 'GE', 'MD', 'UA', 'AM', 'AZ', 'AL', 'TR', 'RS'] as const;
/** Each in few: one case in forty, and one in two thousand. */
export const smallCountries = ['IS', 'FJ'] as const;
export const agencies = 1_000;
export const people = 3_000;
/** Cases are opened one after the other from here on, over twenty years. */
const begin = '2006-01-01';
export const asOf = '2026-01-01T00:00:00.000Z';

const array = (words: readonly string[]): string => `array['${words.join("','")}']`;

const directory = [
  `insert into countries select code, code, 'UTC', 'en' from unnest(${array([...countries, ...smallCountries])}) code`,
  `insert into agencies select 'a' || n, (${array(countries)})[1 + n % ${countries.length}], 'Agency ' || n
    from generate_series(0, ${agencies - 1}) n`,
  `insert into people (id, name, email, agency, language, zone)
    select 'p' || n, 'Person ' || n, 'p' || n || '@bench.example.org', 'a' || n % ${agencies}, 'en', 'UTC'
    from generate_series(0, ${people - 1}) n`,
];

const byKind = (of: (each: QuietAfter) => string): string =>
  `case kind ${kinds
    .map((kind) => [kind, quietAfter.filter((each) => each.kind === kind).map(of)] as const)
    .map(([kind, each]) => `when '${kind}' then (array[${each.join()}])[1 + n % ${each.length}]`)
    .join(' ')} end`;
const stage = byKind((each) => `'${each.stage}'`);
const quietAfterDays = byKind(({ days }) => String(days));

const entryDays = `jsonb_build_object('entry', jsonb_build_object('name', 'day', 'from', day::date, 'to', day::date,
  'zoneOf', 'agency/a' || n % ${agencies}, 'attendees', jsonb_build_array('agency/a' || n % ${agencies}, 'person/p' || n % ${people})),
  'sequence', 0, 'withdrawn', false)`;

/** What a case is about and how it stands, from its number; as long as real ones are. */
const cases = (from: number, to: number, { actions, eventsPerAction }: Size): string => `
  insert into cases (id, kind, title, stage, countries, coordinator, owner, opened_at, last_at, closed_at, number, late,
    next_due, facts, state, acted_at, quiet_after_days)
  select kind || '/s' || lpad(n::text, 8, '0'), kind, 'Case ' || n, case when open then ${stage} else 'closed' end,
    array[(${array(countries)})[1 + n / 7 % ${countries.length}], (${array(countries)})[1 + n / 3 % ${countries.length}]]
      || case when n % 2000 = 0 then array['FJ'] when n % 40 = 0 then array['IS'] else '{}' end,
    'p' || n % ${people}, 'agency/a' || n % ${agencies}, day, day, case when not open then day + interval '90 days' end,
    10, open and n % 50 = 1, case when open and n % 5 > 0 then day + interval '30 days' end,
    jsonb_build_object('receivedOn', day::date, 'term', 1, 'decideBy', (day + interval '1 year')::date,
      'nextMeetingBy', (day + interval '1 year')::date, 'topic', 'Topic ' || n, 'due', (day + interval '30 days')::date,
      'firstDue', (day + interval '20 days')::date, 'meeting', 'meeting/s' || n / 100,
      'committee', 'committee/s' || n / 1000, 'extensions', 1, 'wasLate', n % 50 = 1, 'programme', 'programme/s' || n / 5000, 'number', n % 20,
      'opensOn', (day + interval '200 days')::date, 'hosts', jsonb_build_array('KR'), 'places', 30)
      || case when kind in ('visit', 'workshop', 'edition')
        then jsonb_build_object('from', day::date, 'to', (day + interval '3 days')::date) else '{}' end,
    jsonb_build_object('subject', jsonb_build_object('topic', 'Topic ' || n, 'owner', 'a' || n % ${agencies}),
      'openedAt', day, 'log', jsonb_build_array(${Array(30).fill("md5(n || 'x' || random())").join(', ')}))
      || case when kind in ('meeting', 'visit', 'workshop', 'edition')
        then jsonb_build_object('calendarEntries', jsonb_build_object('day', ${entryDays})) else '{}' end,
    day + ${eventsPerAction} * interval '3 days', case when open then ${quietAfterDays} end
  from (
    select n, timestamptz '${begin}' + n * interval '20 years' / ${actions} as day, n > ${actions * 0.9} as open,
      unnest(case when n % 50 = 0 then array['action', (${array(kinds)})[2 + n / 50 % ${kinds.length - 1}]]
        else array['action'] end) as kind
    from generate_series(${from}, ${to}) n) made`;

const idsBetween = (from: number, to: number): string =>
  `kind = 'action' and id between 'action/s' || lpad('${from}', 8, '0') and 'action/s' || lpad('${to}', 8, '0')`;

const events = (from: number, to: number, { eventsPerAction }: Size): string => `
  insert into events (case_id, number, type, at, by, command_id, says, data)
  select id, n, (array['opened', 'planned', 'accepted', 'progressReported', 'reminded'])[1 + n % 5],
    opened_at + n * interval '3 days', case when n % 5 = 4 then '${system}' else coordinator end, md5(id || n), 'Progress reported: ' || n || ' of ' || title,
    jsonb_build_object('report', report, 'percent', n)
  from cases cross join generate_series(1, ${eventsPerAction}) n join reports on ${reportOf} where ${idsBetween(from, to)}`;

const deadlines = (from: number, to: number): string => `
  insert into deadlines (case_id, name, what, says, owed_by, since, due, first_due, zone, version, passes_at, passed_at,
    ever_late, next_rung, next_rung_at, countries)
  select id, 'complete', 'complete', 'completion of "' || title || '"', owner, opened_at::date, opened_at::date + 30,
    opened_at::date + 20, 'Asia/Seoul', 1, opened_at + interval '31 days',
    case when late then opened_at + interval '31 days' end, late, 2, timestamptz '2027-01-01', countries
  from cases where closed_at is null and ${idsBetween(from, to)}`;

/**
 * Two of each action: one in twenty of those that are open waits to be sent, some of them for too long. As they are from the
 * beginning: an index over rows with an earlier version is left out of plans while any transaction of before goes on, also elsewhere.
 */
const messages = (from: number, to: number): string => `
  insert into messages (key, case_id, event_number, text, recipient, summary, at, send_at, facts, state, past, person,
    address, subject)
  select id || '/complete/1/' || n, id, n, 'reminder', owner, 'Reminder ' || n, tells,
    case when waits then timestamptz '${asOf}' + (right(id, 4)::integer % 100 - 2) * interval '1 hour' else tells end, '{}',
    sent.state, sent.state = 'refused' and coalesce(tells < closed_at, false),
    case when not waits then 'p' || right(id, 8)::integer % ${people} end, 'p' || right(id, 3) || '@bench.example.org', 'Reminder of ' || title
  from cases, generate_series(1, 2) n,
    lateral (select opened_at + n * interval '7 days' as tells,
      closed_at is null and n = 2 and right(id, 8)::integer % 20 = 0 as waits) due,
    lateral (select case when waits then 'planned' when random() < 0.0005 then 'refused' when random() < 0.001 then 'withdrawn'
      else 'sent' end as state) sent
  where ${idsBetween(from, to)}`;

/** A number of letters as `domain/search.ts` makes it, of ASCII. */
const numberAt = (text: string, length: number): string =>
  Array.from({ length }, (_, nth) => `ascii(substr(${text}, n + ${nth}, 1))`).reduce(
    (before, letter) => `((((${before}) * 40503 # ${letter}) & 65535 # 32768) - 32768)`,
  );

const numbersIn = (text: string, length: number, isPiece: (letters: string) => string): string => `
  select ${numberAt(text, length)} as piece from generate_series(1, length(${text}) - ${length - 1}) n
  where ${isPiece(`substr(${text}, n, ${length})`)}`;

const isOfOneWord = (letters: string): string => `strpos(${letters}, ' ') = 0`;
const isOfDigits = (letters: string): string => `${letters} ~ '^[0-9]+$'`;

/** What the words of a text in ASCII are found by. */
export const piecesIn = (text: string): string => `(
  select array_agg(distinct piece::smallint) from (${numbersIn(text, 2, isOfOneWord)}
    union all ${numbersIn(text, 3, isOfOneWord)} union all ${numbersIn(text, 4, isOfDigits)}) each)`;

/** What people report; they say the same things often, and their letters need not be looked for ten million times. */
const reports = [
  'create temporary table reports (number integer primary key, report text, pieces smallint[])',
  `insert into reports select number, report, ${piecesIn('says')}
    from generate_series(0, 999) number, lateral (select md5(number || 'a') || md5(number || 'b') as report) words,
      lateral (select 'progress reported: 10 of case ' || report as says) said`,
];
const reportOf = 'reports.number = (right(id, 8)::integer * 7 + n) % 1000';

/** As the register has them: what a case does by itself adds nothing. In titles only the numbers differ. */
const searchTexts = (from: number, to: number, { eventsPerAction }: Size): string => `
  insert into search_texts (case_id, number, folded, pieces, ids)
  select id, n, lower('Progress reported: ' || n || ' of ' || title) || ' ' || report, reports.pieces || digits, array[coordinator]
  from (select id, title, coordinator, ${piecesIn(`split_part(title, ' ', 2)`)} as digits from cases
      where ${idsBetween(from, to)}) made
    cross join generate_series(1, ${eventsPerAction}) n join reports on ${reportOf}
  where n % 5 <> 4`;

const chunk = 50_000;

/** Fills an empty register. */
export async function fill(db: Kysely<Database>, size: Size, onProgress: (actions: number) => void): Promise<void> {
  await inBulk(db, async (run) => {
    for (const statement of [...directory, ...reports]) await run(statement);
    for (let from = 1; from <= size.actions; from += chunk) {
      const to = Math.min(from + chunk - 1, size.actions);
      await run(cases(from, to, size));
      for (const made of [events(from, to, size), searchTexts(from, to, size), deadlines(from, to), messages(from, to)])
        await run(made);
      onProgress(to);
    }
  });
}
