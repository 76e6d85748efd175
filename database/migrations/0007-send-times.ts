import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  `create table digests (
    key text primary key,
    reader text not null,
    day date not null,
    zone text not null,
    gone boolean not null default false,
    began_at timestamptz not null default clock_timestamp(),
    person text,
    address text,
    language text,
    subject text,
    body_text text,
    body_html text,
    message_id text,
    constraint digests_one_a_day unique (reader, day)
  )`,
  `comment on table digests is
    'The one gathered mail of a reader on a day: its messages name it, and have gone with it when they have no text of their own'`,

  'alter table messages add column send_at timestamptz',
  'update messages set send_at = at',
  'alter table messages alter column send_at set not null',
  'alter table messages add column send_zone text',
  'alter table messages add column digest text constraint messages_digest_known references digests',
  'create index messages_digest on messages (digest) where digest is not null',
  `create index messages_waiting on messages (send_at, case_id) where state = 'planned'`,
];

export const sendTimes: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
