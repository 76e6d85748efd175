import type { Kysely } from 'kysely';
import { refuseBesideCases } from '../database/people.ts';
import type { Database } from '../database/schema.ts';
import type { Refusal } from '../domain/refusal.ts';
import { unlessRefused } from './errors.ts';
import type { RegisterConnection } from './register.ts';

/**
 * Says of a day whether a place works, if it is this person's to say. Safe to repeat: the same is said once.
 *
 * @throws RefusedError `NotYours`, or why the day cannot be put
 */
export const overridden = async (
  register: RegisterConnection,
  by: string | undefined,
  put: (db: Kysely<Database>) => Promise<Refusal | undefined>,
): Promise<void> =>
  unlessRefused(await register.change(async (db) => (await refuseBesideCases(db, 'calendar override', by)) ?? put(db)));
