import { type Kysely, type Migration, sql } from 'kysely';
import { system } from '../../domain/case/due.ts';
import { quietAfter } from '../../domain/quiet.ts';

const quietAfterDays = `case kind || '/' || stage ${quietAfter
  .map(({ kind, stage, days }) => `when '${kind}/${stage}' then ${days}`)
  .join(' ')} end`;

/** What a list asks for and had to be looked up, row by row, stands in the rows and their indexes. */
const statements = [
  // How a message stands, as people speak of it: each standing lies in its own order, and a letter under way keeps its own.
  'drop view unsettled_messages',
  'alter table messages drop column settled',
  `alter table messages add column standing text generated always as (case
      when state in ('planned', 'claimed', 'inData') then 'expected'
      when state in ('refused', 'expired', 'nobody') then 'failed' else state end) stored,
    add column past boolean not null default false`,
  `comment on column messages.standing is 'expected, sent, failed, inDoubt or withdrawn'`,
  `comment on column messages.past is
    'It failed, and its case was closed after what it says: nobody has to look at it any more'`,
  `update messages set past = true from cases
    where cases.id = case_id and standing = 'failed' and messages.at < cases.closed_at`,
  `create index messages_by_standing on messages (standing, at, key) where standing <> 'sent'`,
  `create index messages_expected on messages (send_at, key) where standing = 'expected'`,
  `create index messages_to_look_at on messages (send_at, key) where standing in ('failed', 'inDoubt') and not past`,
  `create view unsettled_messages as
    select key, case_id, recipient, at, state, summary, attempts, reply, changed_at
    from messages where standing not in ('sent', 'withdrawn')`,
  `comment on view unsettled_messages is
    'Messages not sent yet, refused, expired, in doubt or without an address'`,

  // Since when a case is quiet.
  `alter table cases add column acted_at timestamptz, add column quiet_after_days integer,
    add column quiet_from timestamptz generated always as
      (((acted_at at time zone 'UTC') + quiet_after_days * interval '1 day') at time zone 'UTC') stored`,
  `comment on column cases.acted_at is 'When somebody last did something; what a case does by itself does not count'`,
  `comment on column cases.quiet_after_days is
    'How long nothing may happen at this stage; null when the case is closed or suspended'`,
  `comment on column cases.quiet_from is 'From when on it is quiet, if nothing happens until then'`,
  `update cases set quiet_after_days = case when not state ? 'suspended' then ${quietAfterDays} end,
    acted_at = (select at from events where case_id = cases.id and ("by" <> '${system}' or type = 'opened')
      order by number desc limit 1)
    where closed_at is null`,
  'create index cases_quiet on cases (quiet_from, id) where quiet_from is not null',
  'create index cases_acted_in on cases (acted_at, id) where quiet_from is not null',

  // Whom something owed concerns.
  `alter table deadlines add column countries text[] not null default '{}'`,
  `comment on column deadlines.countries is 'Those of its case'`,
  'update deadlines set countries = cases.countries from cases where cases.id = case_id',
  'create index deadlines_of_country on deadlines using gin (countries)',

  // Ids that are spelt nearly so begin or end alike, letter by letter.
  `create index cases_by_beginning on cases ((substr(id, strpos(id, '/') + 1) collate "C"))`,
  `create index cases_by_end on cases ((reverse(substr(id, strpos(id, '/') + 1)) collate "C"))`,
];

export const listsReadWhatTheyShow: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
