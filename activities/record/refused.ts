import type { Transaction } from 'kysely';
import { refuseDaysNotBegun } from '../../database/days-begun.ts';
import { refuseForged } from '../../database/given-by-case.ts';
import { refuseLocalTimes } from '../../database/local-times.ts';
import { refuseNotTheirs } from '../../database/permitted.ts';
import { entriesIn, refuseUnknownReferences, refuseUnreachable } from '../../database/references.ts';
import type { Database } from '../../database/schema.ts';
import { lookAround, referencesAmong } from '../../database/surroundings.ts';
import { bodyOf, commandsOf } from '../../domain/case/command.ts';
import { giverIn } from '../../domain/case/command-id.ts';
import { openingSchema } from '../../domain/case/opening.ts';
import { unplannedDeadlines } from '../../domain/case/state.ts';
import type { Transition } from '../../domain/case/transition.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { type Reference, referencesIn } from '../../domain/references.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { RecordInput } from './contract.ts';

/**
 * What the rules could not refuse, since they know no directory and no calendar. Everybody concerned is looked up here, at
 * once, for all that follows in this transaction.
 */
export async function refusedByDirectory(
  trx: Transaction<Database>,
  lifecycle: Lifecycle,
  input: RecordInput,
  moved: Transition,
  now: Instant,
): Promise<Refusal | undefined> {
  const { command, before } = input;
  const { after } = moved;
  const references = referencesOf(lifecycle, input);
  await lookAround(trx, [...entriesIn(references), ...concernedBy(lifecycle, moved)], now);
  if (!command) return undefined;
  const owing = unplannedDeadlines(lifecycle, after).flatMap(({ owedBy }) => owedBy ?? []);
  return (
    (await refuseForged(trx, { lifecycle, case: after.id, command })) ??
    (await refuseUnknownReferences(trx, references, giverIn(command.id))) ??
    (await refuseNotTheirs(trx, lifecycle, { command, before, at: now, coordinator: after.coordinator })) ??
    (await refuseUnreachable(trx, owing)) ??
    (await refuseDaysNotBegun(trx, lifecycle, { command, before, references, at: after.lastAt })) ??
    (await refuseLocalTimes(trx, lifecycle, { command: command.name, before, after }))
  );
}

/** Whom the command names. */
function referencesOf(lifecycle: Lifecycle, { command, before }: RecordInput): readonly Reference[] {
  const definition = command && commandsOf(lifecycle)[command.name];
  const schema = before ? definition && bodyOf(definition) : openingSchema(lifecycle);
  return command && schema ? referencesIn(schema, command.body) : [];
}

/** Who is owed or told something, as far as can be said beforehand: the rest is looked up when it comes up. */
const concernedBy = (lifecycle: Lifecycle, { after, effects }: Transition): string[] =>
  referencesAmong([`person/${after.coordinator}`, unplannedDeadlines(lifecycle, after), effects]);
