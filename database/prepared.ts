import { sql } from 'kysely';
import pg from 'pg';

/** Beyond these a connection would hold too much: lists of any length make ever new statements. */
const mostStatements = 400;
const names = new Map<string, string>();

/** The same statement has the same name on every connection of this process. */
function nameOf(text: string): string | undefined {
  const name = names.get(text) ?? (names.size < mostStatements ? `s${names.size}` : undefined);
  if (name) names.set(text, name);
  return name;
}

const byKeyMark = '/* by key */';

/** Begins a statement that looks up a few rows by their keys: one plan is as good as another, whatever it is asked for. */
export const byKey = sql.raw(byKeyMark);

/**
 * A connection on which Postgres parses and plans a statement once, and not each time: for the few that are asked for
 * every case and every letter, that is most of the work.
 */
export class PreparingClient extends pg.Client {
  // The driver has a dozen forms of this; ours are a statement with its parameters, or a cursor.
  override query(...asked: unknown[]): never {
    const [text, values] = asked;
    const isPlain = typeof text === 'string' && Array.isArray(values) && values.length > 0 && asked.length === 2;
    if (!isPlain || !this.isPlannedOnce(text)) return super.query(...(asked as [string])) as never;
    return super.query({ text, values: [...values], name: nameOf(text) }).catch((error: unknown) => {
      // Another version has changed the tables: this connection has plans for what they were.
      if (isOutdated(error)) void this.end().catch(() => undefined);
      throw error;
    }) as never;
  }

  protected isPlannedOnce(_statement: string): boolean {
    return true;
  }
}

/** The same for whoever asks for lists: those are planned each time, for what is asked. */
export class PreparingByKeyClient extends PreparingClient {
  protected override isPlannedOnce(statement: string): boolean {
    return statement.startsWith(byKeyMark);
  }
}

const isOutdated = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '0A000' && error.message.includes('cached plan');
