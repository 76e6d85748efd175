import type { Kysely } from 'kysely';
import { takenUnproved } from '../database/beside-cases.ts';
import { wholeDigestOf } from '../database/digest.ts';
import { findCase, refuseUnknownCase } from '../database/lists.ts';
import { keyThatProves, refuseLeft, refuseWithoutProof } from '../database/proved.ts';
import type { Database } from '../database/schema.ts';
import { inTransaction } from '../database/transaction.ts';
import { commandsOf } from '../domain/case/command.ts';
import type { ToProve } from '../domain/case/proof.ts';
import type { Instant } from '../domain/dates.ts';
import type { Kind } from '../domain/kinds.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Body, OpeningFields } from './asked.ts';
import { nothing } from './consequences.ts';
import { checkCommand, checkOpening, lifecycleOf, lifecycleOfCase } from './input.ts';
import type { ProveTrial } from './proofs.ts';
import type { RegisterConnection } from './register.ts';
import { asSent, wasOpened } from './same-command.ts';
import { type Trial, tryCommand, tryOpening } from './trial.ts';

const trialId = 'trial';

/** What commands and openings would come to, tried on the register; changes nothing. */
export class Trials {
  private readonly register: RegisterConnection;
  /** None of the pages, which sign for whoever is there, by an id that a trial does not have. */
  private readonly prove: ProveTrial | undefined;

  constructor(register: RegisterConnection, prove: ProveTrial | undefined) {
    this.register = register;
    this.prove = prove;
  }

  /**
   * What a command would put on record, or why it would be refused; asks the register, changes nothing.
   *
   * @param id that of the command: one that comes by a link names it
   */
  async wouldAccept(caseId: string, name: string, body: Body, at: Instant = now(), id = trialId): Promise<Trial> {
    const lifecycle = lifecycleOfCase(caseId);
    checkCommand(lifecycle, name, body);
    return this.register.ask(async (db) => {
      const found = await findCase(db, caseId);
      if (!found) return refuseUnknownCase(db, caseId);
      const trial = await tryCommand(db, found.state, { id, name, body }, at);
      const isSecond = commandsOf(lifecycle)[name]?.secondTo !== undefined;
      return this.unlessUnprovable(db, trial, { id, case: caseId, command: name, body: asSent(body), isSecond });
    });
  }

  /**
   * What an opening would put on record, or why it would be refused: nothing of one that was given with these very fields
   * before. `opened` are ids that will be there by then.
   */
  async wouldOpen(
    kind: string,
    opening: OpeningFields,
    { startsAt = now(), opened }: { startsAt?: Instant | undefined; opened?: ReadonlySet<string> } = {},
  ): Promise<Trial> {
    const lifecycle = lifecycleOf(kind);
    checkOpening(lifecycle, opening);
    return this.register.ask(async (db) => {
      const before = await wasOpened(db, `${kind}/${opening.id}`, opening);
      if (before === true) return nothing;
      if (isRefusal(before)) return before;
      const trial = await tryOpening(db, { kind: kind as Kind, opening }, startsAt, opened);
      const asked = { id: trialId, case: `${kind}/${opening.id}`, command: 'opening', body: asSent(opening) };
      return this.unlessUnprovable(db, trial, asked);
    });
  }

  private unlessUnprovable(db: Kysely<Database>, trial: Trial, asked: WouldProve): Trial | Promise<Trial> {
    const isTried = this.prove && asked.id === trialId && !isRefusal(trial);
    return this.prove && isTried ? refusedUnprovable(db, trial, this.prove, asked) : trial;
  }
}

const now = (): Instant => new Date().toISOString();

/** A command as it would be proved. */
interface WouldProve extends ToProve {
  /** It looks at what somebody else has done. */
  readonly isSecond?: boolean;
}

/** What was tried, unless it would be refused for the lack of a proof: by the key at this computer, or by what is taken without one. */
async function refusedUnprovable(
  db: Kysely<Database>,
  trial: Trial,
  prove: ProveTrial,
  { isSecond = false, ...asked }: WouldProve,
): Promise<Trial> {
  const by = String(asked.body['by']);
  const proved = await prove(asked);
  if (proved === 'to be made') return (await inTransaction(db, (trx) => refuseLeft(trx, by, now()))) ?? trial;
  if (proved === undefined) {
    const unsigned = { by, command: asked.command, isSecond, at: now() };
    return (await refuseWithoutProof(db, unsigned, await takenUnproved(db))) ?? trial;
  }
  const digest = wholeDigestOf(asked.command, asked.body);
  const key = await inTransaction(db, (trx) => keyThatProves(trx, proved.proof, { ...asked, digest, by }));
  return isRefusal(key) ? key : trial;
}
