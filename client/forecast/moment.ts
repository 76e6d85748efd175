import type { ControlledTransaction } from 'kysely';
import type { Database } from '../../database/schema.ts';
import { lookAtAll, type Surroundings } from '../../database/surroundings.ts';
import { staysOpen } from '../../database/transaction.ts';
import type { RegisterConnection } from '../register.ts';

/** The register as it is at one moment, whatever changes in it while somebody looks ahead from there. */
export class Moment {
  private readonly register: RegisterConnection;
  private readonly trx: ControlledTransaction<Database>;
  readonly directory: Surroundings;

  private constructor(register: RegisterConnection, trx: ControlledTransaction<Database>, directory: Surroundings) {
    this.register = register;
    this.trx = trx;
    this.directory = directory;
  }

  /** @throws `UnavailableError` as `RegisterConnection.ask` does */
  static of(register: RegisterConnection): Promise<Moment> {
    return register.ask(async (db) => {
      const trx = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();
      try {
        // A walk through years, or a reader who turns pages, asks nothing for minutes.
        await staysOpen(trx);
        return new Moment(register, trx, await lookAtAll(trx));
      } catch (error) {
        await ended(trx);
        throw error;
      }
    });
  }

  readonly ask: RegisterConnection['ask'] = (question) => this.register.ask(() => question(this.trx));

  /** Nothing was changed. */
  readonly end = (): Promise<void> => ended(this.trx);
}

/** A connection that is lost has ended it already. */
const ended = (trx: ControlledTransaction<Database>): Promise<void> =>
  trx
    .rollback()
    .execute()
    .catch(() => undefined);
