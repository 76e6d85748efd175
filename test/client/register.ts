import type { Kysely } from 'kysely';
import { connect, forMigrations } from '../../database/connect.ts';
import type { RegisterUrls } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { nowhere } from '../servers/starts.ts';
import { newDatabase } from '../servers/shared.ts';

/** A migrated register on a real Postgres and neither Temporal nor mail, for one test file. */
export interface Register {
  /** The owner's: to set things up, to look and to clean up. What is tested connects by its own role. */
  readonly db: Kysely<Database>;
  readonly url: string;
  readonly urls: RegisterUrls;
  /** For what no role of the register may. */
  readonly superuser: string;
  /** For a command line: each role by its own URL, and no Temporal. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startRegister(): Promise<Register> {
  const { urls, superuserUrl, env, drop } = await newDatabase();
  // Whoever sets up or looks may take the time that it takes on a busy machine.
  const db = connect(urls.databaseOwnerUrl, 4, forMigrations);
  return {
    db,
    url: urls.databaseUrl,
    urls,
    superuser: superuserUrl,
    env: { ...env, TEMPORAL_ADDRESS: nowhere },
    async stop() {
      await db.destroy();
      await drop();
    },
  };
}
