import type { Kysely } from 'kysely';
import { addresseeOf } from '../database/addressee.ts';
import * as records from '../database/people.ts';
import type { Absence, Concern, InDirectory } from '../database/people.ts';
import type { Database } from '../database/schema.ts';
import type { CivilDate } from '../domain/dates.ts';
import type { DirectoryCommand } from '../domain/directory-command.ts';
import type { Said } from './beside-cases.ts';
import type { Change, WouldGive } from './forecast/previews.ts';

/** From the day on, in their zone, they no longer serve. */
export interface LeavingSaid {
  readonly person: string;
  readonly on: CivilDate;
  readonly by: string;
}

export type AbsenceSaid = Absence & { readonly by: string };
export type ReturnSaid = Parameters<typeof records.recordReturn>[1];

/** What is signed of each of these. */
const saidOf =
  <Change extends { readonly person: string; readonly by: string }>(command: DirectoryCommand) =>
  ({ by, ...fields }: Change): Said => ({ command, by, fields, about: `person/${fields.person}` });
export const leavingSaid = saidOf<LeavingSaid>('person left');
export const stayingSaid = saidOf<Pick<LeavingSaid, 'person' | 'by'>>('person stays');
export const absenceSaid = saidOf<AbsenceSaid>('person away');
export const returnSaid = saidOf<ReturnSaid>('person back');

/** A list in a command holds so many. */
export const mostNamed = 500;

/** What somebody leaves to others. */
export const leftBehind = async (db: Kysely<Database>, { person, on }: Omit<LeavingSaid, 'by'>) => ({
  concerns: await records.concernsOf(db, person, on),
  inDirectory: await records.rolesInDirectory(db, person),
  /** Who gets their mail from that day on. */
  mail: await addresseeOf(db, `person/${person}`, { at: `${on}T12:00:00.000Z` }),
});

const concerning =
  ({ person }: { readonly person: string }): NonNullable<Change['concerns']> =>
  (db, most) =>
    records.casesConcerned(db, person, most);

/** Somebody's leaving as a change: what is put on record, and what cases are told then. */
export const leavingAsChange = (leaving: LeavingSaid): Change => ({
  said: leavingSaid(leaving),
  puts: (trx) => records.recordLeaving(trx, leaving),
  concerns: concerning(leaving),
  commands: async (trx) => {
    const { concerns, inDirectory } = await leftBehind(trx, leaving);
    return [...casesByCoordinator([...concerns, ...inDirectory]).values()].flatMap((cases) =>
      cases.map((caseId, index) => {
        const concerned = index === 0 ? cases.slice(0, mostNamed) : [];
        const body = { ...leaving, ...seenToBy(caseId, inDirectory), concerned };
        return { case: caseId, name: 'personLeft', body, mayBeDone: true };
      }),
    );
  },
});

/** Taking it back as a change. */
export const stayingAsChange = ({ person, by }: { readonly person: string; readonly by: string }): Change => ({
  said: stayingSaid({ person, by }),
  puts: (trx) => records.recordStaying(trx, { person, by }),
  concerns: concerning({ person }),
  commands: async (trx) =>
    [...casesByCoordinator(await records.awaitedSuccessors(trx, person)).values()].flatMap((cases) =>
      cases.map((caseId, index) => {
        const body = { by, person, concerned: index === 0 ? cases.slice(0, mostNamed) : [] };
        return { case: caseId, name: 'personStays', body, mayBeDone: true };
      }),
    ),
});

/** What cases are told that wait for others in the directory, now that it names them. */
export const succeeding = (awaited: readonly records.AwaitedSuccessor[], by: string): readonly WouldGive[] =>
  awaited.map(({ case: caseId, person, contactOf, superiorOf }) => ({
    case: caseId,
    name: 'personSucceeded',
    body: { by, person, contactOf, superiorOf },
    mayBeDone: true,
  }));

/** Somebody's absence as a change: cases are told nothing, but mail goes elsewhere. */
export const absenceAsChange = ({ by, ...absence }: AbsenceSaid): Change => ({
  said: absenceSaid({ by, ...absence }),
  puts: (trx) => records.recordAbsence(trx, absence, by),
  concerns: concerning(absence),
});

export const returnAsChange = (back: ReturnSaid): Change => ({
  said: returnSaid(back),
  puts: (trx) => records.recordReturn(trx, back),
  concerns: concerning(back),
});

/** What somebody is in the directory, where this case is to see to another. */
export const seenToBy = (caseId: string, all: readonly InDirectory[]) => {
  const here = all.filter((role) => role.case === caseId);
  return {
    contactOf: here.flatMap(({ contactOf }) => contactOf ?? []),
    superiorOf: here.flatMap(({ superiorOf }) => superiorOf ?? []),
  };
};

export function casesByCoordinator(
  concerns: readonly Pick<Concern, 'case' | 'coordinator'>[],
): ReadonlyMap<string, readonly string[]> {
  const byCoordinator = new Map<string, Set<string>>();
  for (const { case: id, coordinator } of concerns)
    if (id && coordinator) byCoordinator.set(coordinator, (byCoordinator.get(coordinator) ?? new Set()).add(id));
  return new Map([...byCoordinator].map(([coordinator, cases]) => [coordinator, [...cases]]));
}
