import type { Kysely, NotNull } from 'kysely';
import type { CivilDate } from '../../domain/dates.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Database } from '../schema.ts';
import { refuseBesideCases, refuseLastAdministrator } from './roles.ts';
import { findPerson, inPeopleLine, refuseUnknownPerson } from './person.ts';

/**
 * Somebody has left the service, or will: from `on` on, in their zone, they are written to no more. They stay in the
 * directory, since the record names them. Safe to repeat; another day takes the place of the first.
 */
export const recordLeaving = (
  db: Kysely<Database>,
  { person, on, by }: { readonly person: string; readonly on: CivilDate; readonly by: string },
): Promise<Refusal | undefined> =>
  inPeopleLine(db, async (trx) => {
    const refusal =
      (await refuseUnknownPerson(trx, person, by)) ??
      (await refuseBesideCases(trx, 'person left', by)) ??
      (await refuseLastAdministrator(trx, person, on));
    if (refusal) return refusal;
    await trx
      .updateTable('people')
      .set({ left_on: on, left_by: by })
      .where('id', '=', person)
      .where('left_on', 'is distinct from', on)
      .execute();
    return undefined;
  });

/** What was said of somebody's leaving is taken back. */
export const recordStaying = (
  db: Kysely<Database>,
  { person, by }: { readonly person: string; readonly by: string },
): Promise<Refusal | undefined> =>
  inPeopleLine(db, async (trx) => {
    const refusal = (await refuseUnknownPerson(trx, person, by)) ?? (await refuseBesideCases(trx, 'person stays', by));
    if (refusal) return refusal;
    const { leftOn } = (await findPerson(trx, person)) ?? {};
    if (!leftOn) return refuse('AlreadyDone', `${person} has not left: nothing of the kind is on record.`);
    await trx.updateTable('people').set({ left_on: null, left_by: null }).where('id', '=', person).execute();
    return undefined;
  });

/** Who has left, or will, the latest first. */
export const listLeft = (
  db: Kysely<Database>,
): Promise<readonly { readonly person: string; readonly on: CivilDate }[]> =>
  db
    .selectFrom('people')
    .select(['id as person', 'left_on as on'])
    .where('left_on', 'is not', null)
    .$narrowType<{ on: NotNull }>()
    .orderBy('left_on', 'desc')
    .orderBy('id')
    .execute();
