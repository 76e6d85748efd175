import { createHash } from 'node:crypto';
import { z } from 'zod';
import { hashOf } from '../database/answer-links.ts';
import type { PasskeyRow } from '../database/answer-tables.ts';
import {
  findPasskey,
  keepPasskey,
  passkeysOf,
  removePasskey,
  renamePasskey,
  startByPasskey,
} from '../database/passkeys.ts';
import { findPerson } from '../database/people/person.ts';
import { hasLeft } from '../database/surroundings.ts';
import type { RegisterConnection } from './register.ts';
import { newSecret, type Session, type Sessions, type Ticket } from './sessions.ts';

export type { PasskeyRow };

const text = z.string().max(20_000);
const id = z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/);
const known = { id, rawId: id, type: z.literal('public-key'), clientExtensionResults: z.object({}).strict() };

const made = z.strictObject({
  ...known,
  response: z.strictObject({ clientDataJSON: text, attestationObject: text }),
});
const signed = z.strictObject({
  ...known,
  response: z.strictObject({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.optional(),
  }),
});

/** Where an answer of an authenticator is taken. */
export interface Site {
  /** As people open it: `https://entente.example.org`. */
  readonly url: string;
  /** Whether this is what the browser was given to be signed, not too long ago. */
  readonly isTicket: (ticket: string) => boolean;
}

/** As whom an authenticator knows somebody: it tells nobody else who they are. */
export const handleOf = (person: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['passkeys of', person]))
    .digest('base64url');

export const challengeOf = (ticket: string): string => Buffer.from(ticket).toString('base64url');
const ticketIn = (challenge: string): string => Buffer.from(challenge, 'base64url').toString();

/** The ticket that an answer has signed, as it says itself. */
export function ticketOf(answer: string): string {
  const found = z.object({ response: z.object({ clientDataJSON: text }) }).safeParse(jsonIn(answer));
  if (!found.success) return '';
  const data = jsonIn(Buffer.from(found.data.response.clientDataJSON, 'base64url').toString());
  const said = z.object({ challenge: text }).safeParse(data);
  return said.success ? ticketIn(said.data.challenge) : '';
}

/** Loaded when somebody signs in: it is two thirds of what a list would load otherwise. */
const authenticators = () => import('@simplewebauthn/server');

/** Passkeys, with which people sign in at the pages once they are known there. */
export class Passkeys {
  private readonly register: RegisterConnection;
  private readonly sessions: Sessions;

  constructor(register: RegisterConnection, sessions: Sessions) {
    this.register = register;
    this.sessions = sessions;
  }

  readonly list = ({ person }: Session): Promise<readonly PasskeyRow[]> =>
    this.register.ask((db) => passkeysOf(db, person.person));

  /** Keeps what an authenticator has just made for somebody; false if it is not what was asked for, or was kept before. */
  async add({ person }: Session, name: string, answer: string, site: Site): Promise<boolean> {
    const response = made.safeParse(jsonIn(answer));
    if (!response.success) return false;
    const { verifyRegistrationResponse } = await authenticators();
    const { verified, registrationInfo } = await verdictOf(() =>
      verifyRegistrationResponse({ response: response.data as never, ...expected(site) }),
    );
    if (!verified || !registrationInfo) return false;
    const { credential } = registrationInfo;
    const public_key = Buffer.from(credential.publicKey).toString('base64url');
    const passkey = { id: credential.id, person: person.person, name, public_key, counter: credential.counter };
    return this.register.change((db) => keepPasskey(db, passkey));
  }

  /** Signs in whoever has the passkey that has signed; undefined if it is none of ours, or not what was asked for. */
  async start(answer: string, site: Site, ticket: Ticket): Promise<string | undefined> {
    const response = signed.safeParse(jsonIn(answer));
    if (!response.success) return undefined;
    const found = await this.register.ask(async (db) => {
      const passkey = await findPasskey(db, response.data.id);
      const person = passkey && (await findPerson(db, passkey.person));
      return passkey && person && !hasLeft(person, new Date().toISOString()) ? { passkey, person } : undefined;
    });
    if (!found) return undefined;
    const { passkey, person } = found;
    const publicKey = Buffer.from(passkey.public_key, 'base64url');
    const credential = { id: passkey.id, publicKey: new Uint8Array(publicKey), counter: Number(passkey.counter) };
    const { verifyAuthenticationResponse } = await authenticators();
    const { verified, authenticationInfo } = await verdictOf(() =>
      verifyAuthenticationResponse({ response: response.data as never, credential, ...expected(site) }),
    );
    const { userHandle } = response.data.response;
    const isOther = userHandle !== undefined && userHandle !== handleOf(passkey.person);
    if (!verified || !authenticationInfo || isOther) return undefined;
    const signIn = await this.sessions.take(ticket);
    if (signIn === undefined) return undefined;
    const secret = newSecret() + newSecret();
    const began = {
      counter: authenticationInfo.newCounter,
      address: person.address ?? '',
      session: hashOf(secret),
    };
    return (await this.register.change((db) => startByPasskey(db, signIn, passkey, began))) ? secret : undefined;
  }

  /** Calls one of one's own something else; one that is somebody else's, or was removed, keeps its name. */
  readonly rename = ({ person }: Session, passkey: string, name: string): Promise<void> =>
    this.register.change((db) => renamePasskey(db, { id: passkey, person: person.person, name }));

  /** Removes one of one's own, and ends other sessions that were begun with it. */
  readonly remove = ({ id: session, person }: Session, passkey: string): Promise<void> =>
    this.register.change((db) => removePasskey(db, { id: passkey, person: person.person }, session));
}

const expected = ({ url, isTicket }: Site) => ({
  expectedChallenge: (challenge: string) => isTicket(ticketIn(challenge)),
  expectedOrigin: url,
  expectedRPID: new URL(url).hostname,
  requireUserVerification: true,
});

type Verdict<T> =
  | T
  | { readonly verified: false; readonly registrationInfo?: never; readonly authenticationInfo?: never };

/** The library throws whatever is wrong with what came; none of it is a fault of ours. */
async function verdictOf<T>(check: () => Promise<T>): Promise<Verdict<T>> {
  try {
    return await check();
  } catch {
    return { verified: false };
  }
}

function jsonIn(sent: string): unknown {
  try {
    return JSON.parse(sent);
  } catch {
    return undefined;
  }
}
