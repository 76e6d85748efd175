import type { Kysely } from 'kysely';
import type { CaseEvent, CaseState } from '../domain/case/state.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { withHolders } from './copies.ts';
import { withReaders } from './corrections.ts';
import { withLeftDays } from './resting.ts';
import type { Database } from './schema.ts';

/** What a command decides, with what no rule can know: it is worked out once, and stands on record with the event. */
export const workedOut = async (
  db: Kysely<Database>,
  lifecycle: Lifecycle,
  before: CaseState | undefined,
  events: readonly CaseEvent[],
): Promise<readonly CaseEvent[]> =>
  withHolders(db, before, await withReaders(db, before, await withLeftDays(db, lifecycle, before, events)));
