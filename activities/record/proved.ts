import type { Transaction } from 'kysely';
import { areRolesGiven, inService } from '../../database/actor.ts';
import { wholeDigestOf } from '../../database/digest.ts';
import { type FoundKey, findProofKey, linkNamedIn, type ProofOnRecord } from '../../database/proof-keys.ts';
import type { Database } from '../../database/schema.ts';
import { keyNamedIn, statementIn } from '../../database/signed.ts';
import { hasLeft, surroundingsOf } from '../../database/surroundings.ts';
import { type Command, commandsOf } from '../../domain/case/command.ts';
import { giverIn } from '../../domain/case/command-id.ts';
import { itself } from '../../domain/case/due.ts';
import {
  notProved,
  type Proved,
  refuseStatement,
  refuseUnproved,
  type Statement,
  type TakenUnproved,
} from '../../domain/case/proof.ts';
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
  if (by === itself || giverIn(command.id)) return undefined;
  const { proof } = command;
  if (proof === undefined) return (await refuseWithout(trx, asked, by, taken)) ?? { proved: false };
  const signed = await signedIn(trx, proof, by);
  if (isRefusal(signed)) return signed;
  const digest = wholeDigestOf(command.name, command.body);
  const whole: Proved = { id: command.id, case: asked.case, command: command.name, digest, by };
  const link = await linkNamedIn(trx, command.id);
  const refusal =
    refuseStatement(signed.statement, whole, signed.key, signed.key.now, link) ??
    (await refuseLeft(trx, by, signed.key.now));
  return refusal ?? { proved: true, proof, key: signed.key.id };
}

async function refuseWithout(
  trx: Transaction<Database>,
  { lifecycle, command: { name }, at }: AskedOfDoor,
  by: string,
  taken: TakenUnproved,
): Promise<Refusal | undefined> {
  if (taken === 'anybody') return undefined;
  const given = taken === 'operators' && (await areRolesGiven(trx));
  const roles = given ? (await inService(trx, by, at)).roles : [];
  const isOperator = roles.some(({ role }) => role === 'operator');
  const isSecond = commandsOf(lifecycle)[name]?.secondTo !== undefined;
  return refuseUnproved({ by, command: name, isSecond, areRolesGiven: given, isOperator }, taken);
}

interface Signed {
  readonly statement: Statement;
  readonly key: FoundKey;
}

/** A statement whose signature is that of a key on record. */
async function signedIn(trx: Transaction<Database>, proof: string, by: string): Promise<Signed | Refusal> {
  const kid = keyNamedIn(proof);
  if (kid === undefined) return notProved(by, 'what it comes with is no proof');
  const key = await findProofKey(trx, kid);
  if (!key) return notProved(by, `the register knows no key ${kid}; log in (\`./entente login\`)`);
  const statement = statementIn(proof, key.publicKey);
  return statement ? { statement, key } : notProved(by, `its signature is not that of the key ${kid}`);
}

async function refuseLeft(trx: Transaction<Database>, by: string, now: Instant): Promise<Refusal | undefined> {
  const person = (await surroundingsOf(trx, [`person/${by}`])).people.get(by);
  return person && hasLeft(person, now)
    ? notProved(by, `${by} has left on ${person.leftOn}, and gives no more commands`)
    : undefined;
}
