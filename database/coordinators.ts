import type { Kysely } from 'kysely';
import { type Command, commandsOf } from '../domain/case/command.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { Instant } from '../domain/dates.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { addresseeOf } from './addressee.ts';
import type { Database } from './schema.ts';

interface Given {
  readonly command: Pick<Command, 'name' | 'body'>;
  readonly before: CaseState | undefined;
  /** Case time. */
  readonly at: Instant;
}

/** Refuses what is the coordinator's alone of anybody else, but of whoever reads their mail instead of them that day. */
export async function refuseOtherThanCoordinator(
  db: Kysely<Database>,
  lifecycle: Lifecycle,
  { command, before, at }: Given,
): Promise<Refusal | undefined> {
  if (!before || !commandsOf(lifecycle)[command.name]?.coordinators) return undefined;
  const { id, coordinator } = before;
  const { by } = command.body as { readonly by: string };
  if (by === coordinator) return undefined;
  const reader = await addresseeOf(db, `person/${coordinator}`, { at });
  if ('person' in reader && reader.person === by) return undefined;
  return refuse(
    'NotAParty',
    `${id} is coordinated by ${coordinator}: they alone, or whoever stands in for them, may say \`${command.name}\`.`,
  );
}
