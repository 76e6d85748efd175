import { randomBytes, randomUUID } from 'node:crypto';
import { hashOf } from '../database/answer-links.ts';
import type { WayIn } from '../database/answer-tables.ts';
import { findPerson } from '../database/people/person.ts';
import {
  endSessions,
  findSession,
  findSignInLink,
  holderOf,
  keepSignIn,
  type OpenedSignIn,
  startKnown,
  startSession,
  takeBroughtBack,
} from '../database/sign-ins.ts';
import { hasLeft, type Person } from '../database/surroundings.ts';
import { letterPages } from '../database/letter-pages.ts';
import type { Instant } from '../domain/dates.ts';
import type { RunningCases } from './cases.ts';
import type { RegisterConnection } from './register.ts';

export { linkMinutes, sessionHours } from '../database/sign-ins.ts';

/** Somebody who is signed in at the pages. */
export interface Session {
  readonly id: string;
  readonly person: Person;
  readonly way: WayIn;
  /** Where the link went with which they came in, as whom the provider knows them, or what the directory had for them. */
  readonly address: string;
}

/** What the link of a mail is good for, in the browser that has opened it. */
export type SignInLink =
  | { readonly is: 'good'; readonly person: Person }
  /** It was asked for in another browser. */
  | { readonly is: 'elsewhere' }
  /** It was used, or is too old. */
  | { readonly is: 'over' };

/** What a browser was given to take elsewhere. */
export interface Ticket {
  readonly ticket: string;
  /** The secret that it was made with. */
  readonly browser: string;
  readonly goesTo: string;
  readonly way: Exclude<WayIn, 'link'>;
}

const tokenPattern = /^[A-Za-z0-9_-]{32}$/;
const secretPattern = /^[A-Za-z0-9_-]{64}$/;

/** 192 bits that nobody guesses. */
export const newSecret = (): string => randomBytes(24).toString('base64url');

/** Who signs in at the pages: by a link that is mailed to their address in the directory, or by whoever knows them. */
export class Sessions {
  private readonly register: RegisterConnection;
  private readonly running: RunningCases;

  constructor(register: RegisterConnection, running: RunningCases) {
    this.register = register;
    this.running = running;
  }

  /**
   * Has a link mailed to an address, if it is somebody's. Does the same and says nothing of it if it is nobody's.
   *
   * @param browser a secret of the browser that asks
   * @throws {@link UnavailableError} if Temporal or Postgres does not answer
   */
  async ask(asked: { readonly address: string; readonly goesTo: string }, browser: string): Promise<void> {
    const id = randomUUID();
    await this.register.change((db) => keepSignIn(db, { ...asked, id, browser: hashOf(browser) }));
    await this.running.mail('signIn', `sign-in/${id}`, id);
  }

  /** Where the links lead that workers mail; null: they can make none; undefined: none has said so yet. */
  readonly linksLeadTo = (): Promise<string | null | undefined> => this.register.ask(letterPages);

  /** What a link is good for; undefined when there is none of this token. Changes nothing. */
  async link(token: string, browser: string | undefined): Promise<SignInLink | undefined> {
    if (!tokenPattern.test(token)) return undefined;
    return this.register.ask(async (db) => {
      const found = await findSignInLink(db, hashOf(token));
      const person = found && (await findPerson(db, found.person));
      if (!found || !person) return undefined;
      if (!isUsable(found, person)) return { is: 'over' };
      return browser !== undefined && found.browser === hashOf(browser) ? { is: 'good', person } : { is: 'elsewhere' };
    });
  }

  /** Signs somebody in, once; undefined if the link is good for nothing here. */
  async start(
    token: string,
    browser: string | undefined,
  ): Promise<{ readonly secret: string; readonly goesTo: string } | undefined> {
    const link = await this.link(token, browser);
    if (link?.is !== 'good' || browser === undefined) return undefined;
    // Neither who reads the mail later nor who reads the register has both halves.
    const secret = newSecret() + token;
    const hash = hashOf(token);
    return this.register.change(async (db) => {
      const found = await findSignInLink(db, hash);
      const isStarted = await startSession(db, { hash, browser: hashOf(browser), session: hashOf(secret) });
      return found && isStarted ? { secret, goesTo: found.goesTo } : undefined;
    });
  }

  /** Takes what somebody brings back from elsewhere, once; undefined if it was brought before. */
  async take({ ticket, browser, goesTo, way }: Ticket): Promise<string | undefined> {
    const id = randomUUID();
    const brought = { id, way, goesTo, hash: hashOf(ticket), browser: hashOf(browser) };
    return (await this.register.change((db) => takeBroughtBack(db, brought))) ? id : undefined;
  }

  /**
   * Signs in whoever has this address in the directory; undefined if nobody has who serves now.
   *
   * @param id what {@link take} has answered
   */
  async startByAddress(id: string, address: string): Promise<string | undefined> {
    return this.register.change(async (db) => {
      const holder = await holderOf(db, address);
      const person = holder && (await findPerson(db, holder.person));
      if (!holder || !person || hasLeft(person, now())) return undefined;
      const secret = newSecret() + newSecret();
      await startKnown(db, id, { ...holder, session: hashOf(secret) });
      return secret;
    });
  }

  /** Who has this secret; undefined if nobody has, it is over, or they have left. */
  async open(secret: string): Promise<Session | undefined> {
    if (!secretPattern.test(secret)) return undefined;
    return this.register.ask(async (db) => {
      const found = await findSession(db, hashOf(secret));
      const person = found && (await findPerson(db, found.person));
      if (!found || !person || hasLeft(person, now())) return undefined;
      return { id: found.id, person, way: found.way, address: found.address };
    });
  }

  /** Signs somebody out, in all browsers. */
  readonly end = ({ person }: Session): Promise<void> => this.register.change((db) => endSessions(db, person.person));
}

const isUsable = ({ isGood, isUsed }: OpenedSignIn, person: Person): boolean =>
  isGood && !isUsed && !hasLeft(person, now());

const now = (): Instant => new Date().toISOString();
