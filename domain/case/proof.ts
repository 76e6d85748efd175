import { z } from 'zod';
import type { Instant } from '../dates.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** For how long a proof is good, and how far a clock may be ahead of ours, in milliseconds. */
const goodFor = 24 * 3_600_000;
const aheadBy = 5 * 60_000;

/**
 * What whoever gives a command signs: which one it is, to which case, with what, and when. It names nobody: the body does,
 * and the digest is of it.
 */
export const statementSchema = z.strictObject({
  /** The command's id. */
  jti: z.string(),
  case: z.string(),
  /** The command's name; `opening` opens the case. */
  command: z.string(),
  /** SHA-256 of name and body, as 64 hexadecimal digits. */
  digest: z.string(),
  /** Seconds since 1970, by the clock of whoever signs. */
  iat: z.number().int().nonnegative(),
  /** Of the pages: for whom they speak, who has a letter's link or a session at the desk. */
  behalf: z.enum(['link', 'session']).optional(),
});

export type Statement = z.output<typeof statementSchema>;

/** A public key as the register has it. */
export interface ProofKey {
  readonly id: string;
  /** Whose it is; the pages' own is nobody's, and speaks for whoever is there. */
  readonly person: string | null;
  readonly from: Instant;
  readonly until: Instant | null;
  readonly revokedAt: Instant | null;
}

/** A command as it came to the door. */
export interface Proved {
  readonly id: string;
  readonly case: string;
  readonly command: string;
  readonly digest: string;
  /** Who gives it, as its body says. */
  readonly by: string;
}

/** What the register knows of the link that a command's id names: which kind it is, whose, and of which case. */
export interface KnownLink {
  readonly is: 'link' | 'session';
  readonly person: string;
  readonly case: string;
}

/**
 * Why a signed statement does not prove that this person gives this command; its signature is known to be good.
 *
 * @param now by the register's clock, not the case's
 * @param link that the command's id names, if any
 */
export function refuseStatement(
  statement: Statement,
  asked: Proved,
  key: ProofKey,
  now: Instant,
  link?: KnownLink,
): Refusal | undefined {
  const fault =
    faultOfKey(key, statement, now) ??
    faultOfStatement(statement, asked) ??
    faultOfTime(statement, now) ??
    (key.person === null ? faultOfPages(statement, asked, link) : faultOfPerson(statement, asked, key.person));
  return fault === undefined ? undefined : notProved(asked.by, fault);
}

export const notProved = (by: string, fault: string): Refusal =>
  refuse('NotProved', `That ${by} gives this command is not proved: ${fault}.`);

function faultOfKey({ id, person, from, until, revokedAt }: ProofKey, { iat }: Statement, now: Instant) {
  const again = person === null ? 'the pages need another one' : 'log in again (`./entente login`)';
  if (revokedAt !== null) return `the key ${id} was revoked; ${again}`;
  if (until !== null && Date.parse(until) <= Date.parse(now))
    return `the key ${id} is over since ${until.slice(0, 10)}; ${again}`;
  return iat * 1000 < Date.parse(from) - aheadBy ? `it was signed before the key ${id} was anybody’s` : undefined;
}

function faultOfStatement(statement: Statement, asked: Proved): string | undefined {
  if (statement.jti !== asked.id) return 'the proof is of another command’s id';
  if (statement.case !== asked.case) return `the proof is for another case, ${statement.case}`;
  if (statement.command !== asked.command) return `the proof is for another command, ${statement.command}`;
  return statement.digest === asked.digest ? undefined : 'the proof is of other fields than these';
}

function faultOfTime({ iat }: Statement, now: Instant): string | undefined {
  const age = Date.parse(now) - iat * 1000;
  if (age > goodFor) return 'the proof is older than a day; give the command again';
  return age < -aheadBy ? 'the proof is of a time to come; set the clock of the computer that signs right' : undefined;
}

function faultOfPerson({ behalf }: Statement, { by }: Proved, person: string): string | undefined {
  if (behalf !== undefined) return 'it is signed as the pages sign, with the key of a person';
  return person === by ? undefined : `it is signed with the key of ${person}`;
}

function faultOfPages(
  { behalf }: Statement,
  { by, case: id }: Proved,
  link: KnownLink | undefined,
): string | undefined {
  if (!link || behalf !== link.is) return 'the pages say of no letter and no session that it was given by it';
  return link.person === by && link.case === id ? undefined : 'that letter or session is somebody else’s';
}

/** What is to be proved. */
export interface ToProve {
  readonly id: string;
  readonly case: string;
  readonly command: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Signs a command; nothing where there is no key for it. */
export type Prove = (asked: ToProve) => Promise<string | undefined>;

/** Where nothing has to be proved. */
export const unproved: Prove = () => Promise.resolve(undefined);

/** Whose commands are taken without a proof: those of an installation's `operators`, or `nobody`'s; anybody's in rehearsals alone. */
export type TakenUnproved = 'anybody' | 'operators' | 'nobody';

/** What is known of somebody who gives a command without a proof. */
export interface Unproved {
  readonly by: string;
  readonly command: string;
  /** It looks at what somebody else has done. */
  readonly isSecond: boolean;
  readonly isOperator: boolean;
}

/** Why a command is not taken without a proof. */
export function refuseUnproved(
  { by, command, isSecond, isOperator }: Unproved,
  taken: TakenUnproved,
): Refusal | undefined {
  if (taken === 'anybody') return undefined;
  const how = 'say who you are at this computer with `./entente login`, or give it on the pages';
  if (taken === 'nobody') return notProved(by, `it comes without a proof; ${how}`);
  if (isSecond)
    return notProved(by, `${command} is the second pair of eyes, which never comes without a proof; ${how}`);
  return isOperator ? undefined : notProved(by, `without a proof, operators alone are believed; ${how}`);
}
