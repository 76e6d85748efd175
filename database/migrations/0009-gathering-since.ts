import { type Kysely, type Migration, sql } from 'kysely';

const statements = [
  // A mail of tomorrow may be on record since yesterday: how long it waits for others counts from the moment it could go.
  'alter table digests rename column began_at to gathering_since',
  'alter table digests alter column gathering_since drop default, alter column gathering_since drop not null',
  'update digests set gathering_since = null where not gone',
  // A delivery report names an address or a Message-ID.
  'create index messages_by_address on messages (lower(address)) where address is not null',
  'create index messages_by_message_id on messages (message_id) where message_id is not null',
];

export const gatheringSince: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
