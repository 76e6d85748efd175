import type { Kysely } from 'kysely';
import { claimGathered, holdGathered, lockDigest } from '../../../database/gathering.ts';
import type { Database } from '../../../database/schema.ts';

const text = {
  address: 'lee-jiho@example.org',
  language: 'en',
  subject: 'x',
  text: 'x',
  html: 'x',
  messageId: '<x@y>',
};

/** Takes all that waits for a gathered mail, for a minute, as a worker does that dies before it sends. */
export const claimGatheredMail = (db: Kysely<Database>, digest: string, token: string): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const held = await holdGathered(trx, await lockDigest(trx, digest));
    const messages = held.is === 'held' ? held.rows.map(({ key }) => ({ key, meant: undefined })) : [];
    await claimGathered(trx, { key: digest, messages }, text, { token, leaseSeconds: 60 });
  });
