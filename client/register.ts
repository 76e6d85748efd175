import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { connect, connectReading, forPeople } from '../database/connect.ts';
import { DirectoryError } from '../database/directory.ts';
import {
  findCase,
  type NamedInFilter,
  PageKeyError,
  refuseUnknownCase,
  refuseUnknownFilter,
} from '../database/lists.ts';
import { refuseNewerRegister } from '../database/migrate.ts';
import { DatabaseVersionError } from '../database/version-error.ts';
import type { Database } from '../database/schema.ts';
import type { CaseState } from '../domain/case/state.ts';
import { firstFailure, isUnreachable } from '../database/unreachable.ts';
import { RefusedError, TakesTooLongError, UnavailableError } from './errors.ts';
import type { ClientSettings } from './settings.ts';

type Open = (url: string) => Kysely<Database>;

/** The register, connected to when it is first asked or changed; each by its own role, where there are several. */
export class RegisterConnection {
  private readonly reading: Connected;
  private readonly writing: Connected;

  constructor(settings: Omit<ClientSettings, 'temporal'>) {
    const { databaseUrl, databaseReaderUrl = databaseUrl, longestQuestion: statement = forPeople.statement } = settings;
    this.reading = new Connected(databaseReaderUrl, (url) => connectReading(url, 4, { ...forPeople, statement }));
    this.writing = new Connected(databaseUrl, (url) => connect(url, 4, forPeople));
  }

  /**
   * Asks the register; what would change it fails.
   *
   * @throws {@link TakesTooLongError} if it takes longer than the settings let it
   * @throws {@link UnavailableError} if Postgres does not answer, or holds no register that this version can read
   */
  ask<T>(question: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    return this.reading.use(question);
  }

  /**
   * Changes what is on record.
   *
   * @throws {@link UnavailableError} as {@link ask} does
   */
  change<T>(change: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    return this.writing.use(change);
  }

  /**
   * Asks for a list.
   *
   * @throws {@link RefusedError} if its filter names somebody whom the directory does not know; else as {@link ask}
   */
  listed<T>(filter: NamedInFilter | undefined, list: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    return this.ask(async (db) => {
      const unknown = filter && (await refuseUnknownFilter(db, filter));
      if (unknown) throw new RefusedError(unknown);
      return list(db);
    });
  }

  /** @throws {@link RefusedError} if there is no such case; else as {@link ask} */
  caseOnRecord(caseId: string): Promise<CaseState> {
    return this.ask(async (db) => {
      const found = await findCase(db, caseId);
      if (!found) throw new RefusedError(await refuseUnknownCase(db, caseId));
      return found.state;
    });
  }

  /** Why the register does not answer; undefined when it does. */
  async trouble(): Promise<string | undefined> {
    const answered = this.ask((db) => sql`select 1`.execute(db)).then(
      () => undefined,
      (error: unknown) => (error instanceof UnavailableError ? error.message : undefined),
    );
    const silent = delay(answersWithinMs, `Postgres at ${this.reading.place()} has not answered.`, { ref: false });
    return Promise.race([answered, silent]);
  }

  async close(): Promise<void> {
    await Promise.all([this.reading.close(), this.writing.close()]);
  }
}

/** What can be asked and changed, whoever is connected. */
export type AskedRegister = Pick<RegisterConnection, 'ask' | 'change'>;

/** By a connection that somebody else closes. */
export function registerOf(db: Kysely<Database>): AskedRegister {
  const ask = <T>(asked: (of: Kysely<Database>) => Promise<T>) => asked(db);
  return { ask, change: ask };
}

/** How long to wait for a sign of life, in milliseconds. */
const answersWithinMs = 5_000;

class Connected {
  private readonly urlOf: () => string;
  private readonly open: Open;
  private opened: Promise<Kysely<Database>> | undefined;

  constructor(urlOf: () => string, open: Open) {
    this.urlOf = urlOf;
    this.open = open;
  }

  place(): string {
    return placeOf(this.urlOf());
  }

  async use<T>(act: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    try {
      this.opened ??= readable(this.open(this.urlOf())).catch((cause: unknown) => {
        // The next question tries anew.
        this.opened = undefined;
        throw cause;
      });
      return await act(await this.opened);
    } catch (error) {
      if (error instanceof PageKeyError) throw new RefusedError(error.refusal);
      if (error instanceof DirectoryError) throw error;
      throw unavailable(error, this.urlOf()) ?? error;
    }
  }

  async close(): Promise<void> {
    const db = await this.opened?.catch(() => undefined);
    await db?.destroy();
  }
}

async function readable(db: Kysely<Database>): Promise<Kysely<Database>> {
  try {
    await refuseNewerRegister(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

const noSuchTable = '42P01';
const insufficientPrivilege = '42501';
const brokenOff = '57014';
// Postgres: a lock was not to be had in time, or a transaction took too long.
const takenTooLong = ['55P03', '25P03'];

/** What to tell of a failure of Postgres; nothing if it is a fault of ours. */
export function unavailable(error: unknown, url: string): UnavailableError | undefined {
  const place = placeOf(url);
  if (error instanceof DatabaseVersionError) return new UnavailableError('Postgres', error.message, { cause: error });
  const { code, message } = firstFailure(error);
  if (code === brokenOff)
    return new TakesTooLongError(
      'Postgres',
      `The register at ${place} took too long to answer: ${message}; nothing has changed, ask again, or for less.`,
      { cause: error },
    );
  const sentence =
    code === noSuchTable
      ? `The database at ${place} holds no register of this version; start a worker (\`npm start\`, or \`npm run worker\`), which sets it up.`
      : code === insufficientPrivilege
        ? `At ${place}, the role ${new URL(url).username} may not do this (${message}); \`./entente migrate\` grants what it may, or check DATABASE_URL.`
        : code === '28P01' || code === '28000'
          ? `Postgres at ${place} does not let us in: ${message}; check DATABASE_URL.`
          : code === '3D000'
            ? `Postgres at ${place} has no such database; create it, or check DATABASE_URL.`
            : isUnreachable(error)
              ? `Postgres does not answer at ${place} (${code || message}); start it (\`npm start\` starts everything), or check DATABASE_URL.`
              : takenTooLong.includes(code)
                ? `The register at ${place} is busy with something else: ${message}; nothing has changed, ask again.`
                : undefined;
  return sentence === undefined ? undefined : new UnavailableError('Postgres', sentence, { cause: error });
}

/** Host, port and database, never the password. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || 5432}${pathname}`;
}
