import type { Kysely } from 'kysely';
import { connect, forPeople } from '../database/connect.ts';
import { DirectoryError } from '../database/directory.ts';
import { PageKeyError } from '../database/lists.ts';
import { DatabaseVersionError, refuseNewerRegister } from '../database/migrate.ts';
import type { Database } from '../database/schema.ts';
import { RefusedError, UnavailableError } from './errors.ts';

/** The register, connected to when it is first asked. */
export class RegisterConnection {
  private readonly urlOf: () => string;
  private opened: Promise<Kysely<Database>> | undefined;

  constructor(urlOf: () => string) {
    this.urlOf = urlOf;
  }

  /**
   * Asks the register.
   *
   * @throws {@link UnavailableError} if Postgres does not answer, or holds no register that this version can read
   */
  async ask<T>(question: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    const url = this.urlOf();
    try {
      this.opened ??= opened(url).catch((cause: unknown) => {
        // The next question tries anew.
        this.opened = undefined;
        throw cause;
      });
      return await question(await this.opened);
    } catch (error) {
      if (error instanceof PageKeyError) throw new RefusedError(error.refusal);
      if (error instanceof DirectoryError) throw error;
      throw unavailable(error, url) ?? error;
    }
  }

  async close(): Promise<void> {
    const db = await this.opened?.catch(() => undefined);
    await db?.destroy();
  }
}

async function opened(url: string): Promise<Kysely<Database>> {
  const db = connect(url, 4, forPeople);
  try {
    await refuseNewerRegister(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

const unreachable = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'EPIPE'];
// Postgres: starting up, shutting down, too many connections, connection failure.
const busy = ['57P01', '57P02', '57P03', '53300', '08006', '08001'];
const noSuchTable = '42P01';
// Postgres: a lock was not to be had in time, or a statement or a transaction took too long.
const takenTooLong = ['55P03', '57014', '25P03'];

function unavailable(error: unknown, url: string): UnavailableError | undefined {
  const place = placeOf(url);
  if (error instanceof DatabaseVersionError) return new UnavailableError('Postgres', error.message, { cause: error });
  const { code, message } = firstOf(error);
  const sentence =
    code === noSuchTable
      ? `The database at ${place} holds no register of this version; start a worker (\`npm start\`, or \`npm run worker\`), which sets it up.`
      : code === '28P01' || code === '28000'
        ? `Postgres at ${place} does not let us in: ${message}; check DATABASE_URL.`
        : code === '3D000'
          ? `Postgres at ${place} has no such database; create it, or check DATABASE_URL.`
          : unreachable.includes(code) ||
              busy.includes(code) ||
              /timeout|connection terminated|connection error|said nothing/i.test(message)
            ? `Postgres does not answer at ${place} (${code || message}); start it (\`npm start\` starts everything), or check DATABASE_URL.`
            : takenTooLong.includes(code)
              ? `The register at ${place} is busy with something else: ${message}; nothing has changed, ask again.`
              : undefined;
  return sentence === undefined ? undefined : new UnavailableError('Postgres', sentence, { cause: error });
}

/** Where several addresses were tried, the first failure tells. */
function firstOf(error: unknown): { code: string; message: string } {
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code, message } = one as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' };
}

/** Host, port and database, never the password. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || 5432}${pathname}`;
}
