import { stateOnRecord, statesOnRecord } from '../../database/lists/open-cases.ts';
import type { Surroundings } from '../../database/surroundings.ts';
import type { Known } from '../../domain/forecast/known.ts';
import type { RegisterConnection } from '../register.ts';
import { recordable } from '../trial.ts';
import { knownIn } from './course.ts';

/** What a directory of one moment knows, with whatever else is asked of the register on the way. */
export const knownBy = (directory: Surroundings, ask: RegisterConnection['ask']): Required<Known> => ({
  caseOf: (id) => ask((db) => stateOnRecord(db, id)),
  ...knownIn(directory),
  recorded: (asked, inMemory) => ask((db) => recordable(db, asked, inMemory)),
});

/** The same where it is known which cases will be asked for: those are looked up at once. */
export async function knownWith(
  ids: readonly string[],
  directory: Surroundings,
  ask: RegisterConnection['ask'],
): Promise<Required<Known>> {
  const found = ids.length === 0 ? [] : await ask((db) => statesOnRecord(db, ids));
  const looked = new Map(found.map((state) => [state.id, state]));
  const known = knownBy(directory, ask);
  const isLooked = new Set(ids);
  return { ...known, caseOf: async (id) => (isLooked.has(id) ? looked.get(id) : known.caseOf(id)) };
}

/** The calendar by which a deadline counts. */
export const calendarsIn = (directory: Surroundings) => knownIn(directory).calendarOf;
