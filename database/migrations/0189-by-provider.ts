import { type Kysely, type Migration, sql } from 'kysely';

/** Other ways in than a mailed link: the ministry's provider. */
export const byProvider: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      alter table sign_ins
        add column way text not null default 'link' check (way in ('link', 'provider', 'passkey'))`.execute(db);
    // A row of a sign-in goes a day after it is over; what was done keeps how somebody had come in.
    await sql`
      alter table answer_links add column way text check (way in ('link', 'provider', 'passkey'))`.execute(db);
    await sql`update answer_links set way = 'link' where message like 'sign-in/%'`.execute(db);
  },
};
