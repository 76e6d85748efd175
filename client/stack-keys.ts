import { hostname } from 'node:os';
import { keepStackKey } from '../database/people/keys.ts';
import { findPerson } from '../database/people/person.ts';
import { findProofKey } from '../database/proof-keys.ts';
import { person as personId } from '../domain/fields.ts';
import { keepNextKeyOf, putNextKeyOf, readKeyOf } from './key-files.ts';
import { isGood, newPem, type SigningKey, type SigningSettings } from './proofs.ts';
import type { AskedRegister } from './register.ts';

/**
 * With the keys of a stack of one's own: whoever can read its state folder can do everything there, and acts as whom they name.
 *
 * @param folderOf nothing where everybody is to log in
 */
export const signingByStack = (
  folderOf: () => string | undefined,
): Required<Pick<SigningSettings, 'stackKeyOf' | 'stackKeyTried'>> => ({
  async stackKeyOf(person, register) {
    const folder = folderOf();
    return folder === undefined || !personId.safeParse(person).success ? undefined : keyIn(folder, person, register);
  },
  async stackKeyTried(person, register) {
    const folder = folderOf();
    if (folder === undefined || !personId.safeParse(person).success) return undefined;
    const { standing } = await currentIn(folder, person, register);
    return standing ?? ((await register.ask((db) => findPerson(db, person))) ? 'to be made' : undefined);
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
    const { current, standing } = await currentIn(folder, person, register);
    if (standing) return standing;
    if (!(await register.ask((db) => findPerson(db, person)))) return undefined;
    const next = keepNextKeyOf(folder, person, newPem());
    // Somebody else has put one there since: the next one waits until that is over.
    if (readKeyOf(folder, person)?.id !== current?.id) continue;
    await register.change((db) => keepStackKey(db, { person, publicKey: next.publicKey, host: hostname() }));
    putNextKeyOf(folder, person, next.id);
    return next;
  }
}

/** The key in the folder, and whether it stays: it is good, or was revoked. */
async function currentIn(folder: string, person: string, register: AskedRegister) {
  const current = readKeyOf(folder, person);
  const known = current && (await register.ask((db) => findProofKey(db, current.id)));
  const stays = known?.person === person && (isGood(known) || known.revokedAt !== null);
  return { current, standing: stays ? current : undefined };
}
