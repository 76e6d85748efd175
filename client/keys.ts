import { randomUUID } from 'node:crypto';
import type { Listed, Page } from '../database/lists.ts';
import { listProved, type ProvedBy, type UsedFilter } from '../database/lists/proved.ts';
import * as records from '../database/people/keys.ts';
import { findPerson } from '../database/people/person.ts';
import { findProofKey } from '../database/proof-keys.ts';
import type { BesideCases } from './beside-cases.ts';
import { RefusedError, unlessRefused } from './errors.ts';
import { isGood, type SigningKey } from './proofs.ts';
import type { RegisterConnection } from './register.ts';
import type { Session } from './sessions.ts';

export { confirmMinutes, type ListedKey } from '../database/people/keys.ts';

/** Letters that nobody takes for one another, and no vowels: no code is a word. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
export const codePattern = /^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/;

/** A code that nobody guesses within the minutes for which it is good. */
export function newCode(): string {
  const word = () =>
    Array.from(crypto.getRandomValues(new Uint32Array(4)), (each) => letters[each % letters.length]).join('');
  return `${word()}-${word()}`;
}

/** The public keys with which people prove who gives a command. */
export class Keys {
  private readonly register: RegisterConnection;
  private readonly besideCases: BesideCases;

  constructor(register: RegisterConnection, besideCases: BesideCases) {
    this.register = register;
    this.besideCases = besideCases;
  }

  /** Has a key wait for somebody who says on the pages that it is theirs. */
  readonly ask = (asked: records.AskedKey): Promise<void> => this.register.change((db) => records.askForKey(db, asked));

  /** What is asked for under a code; nothing if there is none, or it is over. */
  readonly asked = (code: string) => this.register.ask((db) => records.findAskedKey(db, code));

  /** Says that a key is that of whoever is signed in, once; whether it was there to be confirmed. */
  readonly confirm = (code: string, { id, person }: Session): Promise<boolean> =>
    this.register.change((db) => records.confirmKey(db, { code, person: person.person, signIn: id }));

  /** Whose a key is, by its id, once that is confirmed. */
  readonly ownerOf = (id: string) =>
    this.register.ask(async (db) => {
      const key = await findProofKey(db, id);
      const person = key?.person ? await findPerson(db, key.person) : undefined;
      return key && person ? { person: person.person, until: key.until } : undefined;
    });

  readonly list = (person?: string) => this.register.ask((db) => records.listKeys(db, person));

  /**
   * Makes another key somebody's in the place of the one that they sign with.
   *
   * @returns until when it is good
   * @throws {@link RefusedError} if none of theirs is at this computer, or it is over
   */
  readonly rotate = ({ id, publicKey }: Pick<SigningKey, 'id' | 'publicKey'>, by: string) => {
    const saidId = randomUUID();
    return this.besideCases.change(
      { command: 'keys rotate', about: `by key ${id}`, by, fields: { publicKey }, id: saidId },
      async (trx) => unlessRefused(await records.rotateKey(trx, { publicKey, by, saidId })),
    );
  };

  /**
   * What was proved with a key, or of what somebody gave, the latest first.
   *
   * @throws {@link RefusedError} if there is no such key or person
   */
  readonly used = (filter: UsedFilter, page?: Page): Promise<Listed<ProvedBy>> =>
    this.register.listed(filter, async (db) => {
      if (filter.key !== undefined && !(await findProofKey(db, filter.key)))
        throw new RefusedError(records.noSuchKey(filter.key));
      return listProved(db, filter, page);
    });

  /** Whether commands can be proved with a key now, could once, or never could. */
  readonly standingOf = (id: string): Promise<'good' | 'over' | 'unknown'> =>
    this.register.ask(async (db) => {
      const key = await findProofKey(db, id);
      if (key === undefined) return 'unknown';
      return isGood(key) ? 'good' : 'over';
    });

  /**
   * @returns whether it is new
   * @throws {@link RefusedError} if there is no such key, or it is somebody else's and whoever says so is no administrator
   */
  readonly revoke = (id: string, verdict: { readonly by: string; readonly why: string }): Promise<boolean> =>
    this.besideCases.change(
      { command: 'keys revoke', about: `key ${id}`, by: verdict.by, fields: { id, why: verdict.why } },
      async (trx) => unlessRefused(await records.revokeKey(trx, id, verdict)),
    );
}
