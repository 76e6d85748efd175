import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { wholeDigestOf } from '../database/digest.ts';
import { findProofKey, type FoundKey, keepPagesKey, keyIdOf, linkNamedIn } from '../database/proof-keys.ts';
import { signedStatement } from '../database/signed.ts';
import type { Prove, Statement, ToProve } from '../domain/case/proof.ts';
import type { AskedRegister } from './register.ts';

/** A private key with which commands are signed. */
export interface SigningKey {
  readonly id: string;
  /** The 32 bytes of the public half, as base64url. */
  readonly publicKey: string;
  readonly key: KeyObject;
}

/** With what commands are signed. */
export interface SigningSettings {
  /** Of the pages, which sign for whoever is there. */
  readonly pagesKey?: SigningKey | undefined;
  /** Of somebody at this computer: the first that the register has as good signs. */
  readonly keysOf?: ((person: string) => readonly SigningKey[]) | undefined;
  /** Of a stack of one's own, which signs for whoever has none of these. */
  readonly stackKeyOf?: StackKeyOf | undefined;
  /** The same for a trial, which stores nothing: where there is no key, whether one would be made. */
  readonly stackKeyTried?: StackKeyTried | undefined;
}

/** Nothing for whom the stack does not sign. */
export type StackKeyOf = (person: string, register: AskedRegister) => Promise<SigningKey | undefined>;

type StackKeyTried = (person: string, register: AskedRegister) => Promise<SigningKey | 'to be made' | undefined>;

/** Proves a trial, or says that it would be proved with a key that is to be made. */
export type ProveTrial = (asked: ToProve) => Promise<{ readonly proof: string } | 'to be made' | undefined>;

/** A new key, in PEM. */
export const newPem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** @throws if it is no Ed25519 key in PEM */
export function signingKey(pem: string): SigningKey {
  const key = createPrivateKey(pem);
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (key.asymmetricKeyType !== 'ed25519' || x === undefined) throw new Error('It is no Ed25519 key.');
  return { id: keyIdOf(x), publicKey: x, key };
}

/** For how long a key that was good signs before it is looked up again, in milliseconds: what became of it since, the door says. */
const lookedUpFor = 60_000;

export function proverOf({ pagesKey, keysOf, stackKeyOf }: SigningSettings, register: AskedRegister): Prove {
  if (pagesKey) return byPages(pagesKey, register);
  const good = new Remembered<true>();
  const ofStack = new Remembered<SigningKey>();
  return async (asked) => {
    const by = String(asked.body['by']);
    const key =
      (await bestOf(keysOf?.(by) ?? [], register, good)) ??
      ofStack.of(by) ??
      ofStack.keep(by, await stackKeyOf?.(by, register));
    return key && signed(key, asked);
  };
}

/** As {@link proverOf} for a trial: no key is made, and none is put into the register. */
export const trialProverOf =
  ({ keysOf, stackKeyTried }: SigningSettings, register: AskedRegister): ProveTrial =>
  async (asked) => {
    const by = String(asked.body['by']);
    const own = await bestOf(keysOf?.(by) ?? [], register, new Remembered());
    const key = own ?? (await stackKeyTried?.(by, register));
    return key === undefined || key === 'to be made' ? key : { proof: await signed(key, asked) };
  };

class Remembered<T> {
  private readonly all = new Map<string, { readonly what: T; readonly until: number }>();

  of(name: string): T | undefined {
    const found = this.all.get(name);
    return found && found.until > performance.now() ? found.what : undefined;
  }

  keep(name: string, what: T | undefined): T | undefined {
    if (what !== undefined) this.all.set(name, { what, until: performance.now() + lookedUpFor });
    return what;
  }
}

/** One that is good; else one that is over or was revoked, so that whoever is refused hears why. */
async function bestOf(
  keys: readonly SigningKey[],
  register: AskedRegister,
  good: Remembered<true>,
): Promise<SigningKey | undefined> {
  let over: SigningKey | undefined;
  for (const key of keys) {
    if (good.of(key.id)) return key;
    const known = await register.ask((db) => findProofKey(db, key.id));
    if (known && isGood(known)) {
      good.keep(key.id, true);
      return key;
    }
    // One that this register does not know is of another one, or was made before it began anew.
    if (known) over = key;
  }
  return over;
}

export const isGood = ({ revokedAt, until, now }: FoundKey): boolean =>
  revokedAt === null && (until === null || Date.parse(until) > Date.parse(now));

/** Their key is put into the register by themselves, before they sign for the first time. */
function byPages(key: SigningKey, register: AskedRegister): Prove {
  let isKept = false;
  return async (asked) => {
    isKept ||= await register.change((db) => keepPagesKey(db, key.publicKey));
    const link = await register.ask((db) => linkNamedIn(db, asked.id));
    return link && signed(key, asked, link.is);
  };
}

/** The signed statement of a command, by the clock of this computer. */
export function signed(
  key: Pick<SigningKey, 'id' | 'key'>,
  { id, case: caseId, command, body }: ToProve,
  behalf?: Statement['behalf'],
): Promise<string> {
  const digest = wholeDigestOf(command, body);
  const iat = Math.floor(Date.now() / 1000);
  return signedStatement({ jti: id, case: caseId, command, digest, iat, ...(behalf ? { behalf } : {}) }, key);
}
