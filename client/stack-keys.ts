import { hostname } from 'node:os';
import { keepStackKey } from '../database/people/keys.ts';
import { findPerson } from '../database/people/person.ts';
import { findProofKey } from '../database/proof-keys.ts';
import { person as personId } from '../domain/fields.ts';
import { keepNextKeyOf, putNextKeyOf, readKeyOf } from './key-files.ts';
import { isGood, newPem, type SigningKey, type StackKeyOf } from './proofs.ts';
import type { AskedRegister } from './register.ts';

/**
 * With the keys of a stack of one's own: whoever can read its state folder can do everything there, and acts as whom they name.
 *
 * @param folderOf nothing where everybody is to log in
 */
export const signingByStack = (folderOf: () => string | undefined): { readonly stackKeyOf: StackKeyOf } => ({
  async stackKeyOf(person, register) {
    const folder = folderOf();
    return folder === undefined || !personId.safeParse(person).success ? undefined : keyIn(folder, person, register);
  },
});

/**
 * The key in the folder, made where there is none, or it is over, or of another register; nothing for whom the directory does
 * not know. One that was revoked stays, so that whoever is refused hears why.
 *
 * Safe to be done by several at once, and to be killed on the way: a key is there before the register hears of it.
 */
async function keyIn(folder: string, person: string, register: AskedRegister): Promise<SigningKey | undefined> {
  for (;;) {
    const current = readKeyOf(folder, person);
    const known = current && (await register.ask((db) => findProofKey(db, current.id)));
    if (known?.person === person && (isGood(known) || known.revokedAt !== null)) return current;
    if (!(await register.ask((db) => findPerson(db, person)))) return undefined;
    const next = keepNextKeyOf(folder, person, newPem());
    // Somebody else has put one there since: the next one waits until that is over.
    if (readKeyOf(folder, person)?.id !== current?.id) continue;
    await register.change((db) => keepStackKey(db, { person, publicKey: next.publicKey, place: placeOf(hostname()) }));
    putNextKeyOf(folder, person, next.id);
    return next;
  }
}

/** As history says it: with the key of … */
const placeOf = (host: string): string => `the stack at ${host.slice(0, 100)}`;
