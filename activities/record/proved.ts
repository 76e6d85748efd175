import type { Transaction } from 'kysely';
import { wholeDigestOf } from '../../database/digest.ts';
import type { ProofOnRecord } from '../../database/proof-keys.ts';
import { keyThatProves, refuseWithoutProof } from '../../database/proved.ts';
import type { Database } from '../../database/schema.ts';
import { type Command, commandsOf } from '../../domain/case/command.ts';
import { giverIn } from '../../domain/case/command-id.ts';
import { system } from '../../domain/case/due.ts';
import type { TakenUnproved } from '../../domain/case/proof.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';

export interface AskedOfDoor {
  readonly lifecycle: Lifecycle;
  readonly case: string;
  readonly command: Command;
  /** Case time. */
  readonly at: Instant;
}

/**
 * By what somebody proves that they give a command, or why it is refused for the lack of it; nothing of what cases say, whose
 * own record proves it. Keys and their time are looked up in this transaction, by the register's clock.
 */
export async function provedBy(
  trx: Transaction<Database>,
  asked: AskedOfDoor,
  taken: TakenUnproved,
): Promise<ProofOnRecord | Refusal | undefined> {
  const { command } = asked;
  const { by } = command.body as { readonly by: string };
  if (by === system || giverIn(command.id)) return undefined;
  const { proof } = command;
  if (proof === undefined) return (await refuseWithout(trx, asked, by, taken)) ?? { proved: false };
  const digest = wholeDigestOf(command.name, command.body);
  const key = await keyThatProves(trx, proof, { id: command.id, case: asked.case, command: command.name, digest, by });
  return isRefusal(key) ? key : { proved: true, proof, key };
}

function refuseWithout(
  trx: Transaction<Database>,
  { lifecycle, command: { name }, at }: AskedOfDoor,
  by: string,
  taken: TakenUnproved,
): Promise<Refusal | undefined> {
  const isSecond = commandsOf(lifecycle)[name]?.secondTo !== undefined;
  return refuseWithoutProof(trx, { by, command: name, isSecond, at }, taken);
}
