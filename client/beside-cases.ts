import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { putStatement } from '../database/beside-cases.ts';
import { listBesideCases } from '../database/lists/beside-cases.ts';
import { wholeDigestOf } from '../database/digest.ts';
import type { Database } from '../database/schema.ts';
import { type Page } from '../database/lists.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Prove } from '../domain/case/proof.ts';
import { besideCases, type DirectoryCommand } from '../domain/directory-command.ts';
import type { AskedRegister } from './register.ts';

/** Something that somebody does beside the cases, with all that they sign. */
export interface Said {
  readonly command: DirectoryCommand;
  /** Whom or what it is about, as the record shows it. */
  readonly about: string;
  readonly by: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Of a form on the pages: twice is once, and it names the session. Another one each time, if it is not given. */
  readonly id?: string | undefined;
}

/** What is done beside the cases: to the directory, to calendars, to mail. Each comes with a proof of who does it. */
export class BesideCases {
  private readonly register: AskedRegister;
  private readonly prove: Prove;

  constructor(register: AskedRegister, prove: Prove) {
    this.register = register;
    this.prove = prove;
  }

  /** Changes something in one transaction, in which the proof is looked at; a refusal takes all of it back. */
  async change<T>(said: Said, put: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
    const signed = await this.signed(said);
    return this.register.change((db) =>
      inTransaction(db, async (trx) => {
        await signed(trx);
        return put(trx);
      }),
    );
  }

  /** Signs it, and gives what puts the statement into the transaction that does it. */
  async signed({
    command,
    about,
    by,
    fields,
    id = randomUUID(),
  }: Said): Promise<(trx: Transaction<Database>) => Promise<void>> {
    const body = { ...fields, by };
    const proof = by === undefined ? undefined : await this.prove({ id, case: besideCases, command, body });
    const digest = wholeDigestOf(command, body);
    return (trx) => putStatement(trx, { id, command, digest, proof, about });
  }

  /** What was done, the latest first. */
  readonly list = (page?: Page) => this.register.ask((db) => listBesideCases(db, page));
}
