import type { Transaction } from 'kysely';
import { refuseDaysNotBegun } from '../../database/days-begun.ts';
import { refuseForged } from '../../database/given-by-case.ts';
import { refuseLocalTimes } from '../../database/local-times.ts';
import { permittedFor } from '../../database/permitted.ts';
import type { ProofOnRecord } from '../../database/proof-keys.ts';
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
import type { TakenUnproved } from '../../domain/case/proof.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { RecordInput } from './contract.ts';
import { provedBy } from './proved.ts';

/** What only the directory and the keys of the register know of a command that is taken. */
export interface Checked {
  readonly proof?: ProofOnRecord | undefined;
  /** In whose place it is given. */
  readonly onBehalfOf?: string | undefined;
}

export interface Door {
  /** Case time. */
  readonly now: Instant;
  readonly unproved: TakenUnproved;
}

/**
 * What the rules could not refuse, since they know no directory, no keys and no calendar. Everybody concerned is looked up
 * here, at once, for all that follows in this transaction.
 */
export async function checkedByDirectory(
  trx: Transaction<Database>,
  lifecycle: Lifecycle,
  input: RecordInput,
  moved: Transition,
  { now, unproved }: Door,
): Promise<Checked | Refusal> {
  const { command, before } = input;
  const { after } = moved;
  const references = referencesOf(lifecycle, input);
  await lookAround(trx, [...entriesIn(references), ...concernedBy(lifecycle, moved)], now);
  if (!command) return {};
  const owing = unplannedDeadlines(lifecycle, after).flatMap(({ owedBy }) => owedBy ?? []);
  const stranger =
    (await refuseForged(trx, { lifecycle, case: after.id, command })) ??
    (await refuseUnknownReferences(trx, references, giverIn(command.id)));
  if (stranger) return stranger;
  const proof = await provedBy(trx, { lifecycle, case: after.id, command, at: now }, unproved);
  if (isRefusal(proof)) return proof;
  const given = { command, before, at: now, coordinator: after.coordinator };
  const onBehalfOf = await permittedFor(trx, lifecycle, given);
  if (isRefusal(onBehalfOf)) return onBehalfOf;
  return (
    (await refuseUnreachable(trx, owing)) ??
    (await refuseDaysNotBegun(trx, lifecycle, { command, before, references, at: after.lastAt })) ??
    (await refuseLocalTimes(trx, lifecycle, { command: command.name, before, after })) ?? {
      proof,
      onBehalfOf,
    }
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
