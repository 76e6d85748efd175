import type { Kysely } from 'kysely';
import { connect } from '../../database/connect.ts';
import { prepareRegister, type RegisterUrls } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { startStack } from '../../stack/stack.ts';

/** A port on which nothing listens. */
const nowhere = '127.0.0.1:1';

/** A real Postgres with a migrated register and neither Temporal nor mail, for one test file. */
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
  const stack = await startStack({ env: { TEMPORAL_ADDRESS: nowhere, SMTP_URL: `smtp://${nowhere}` } });
  await prepareRegister(stack.settings);
  const db = connect(stack.settings.databaseOwnerUrl, 4);
  return {
    db,
    url: stack.databaseUrl,
    urls: stack.settings,
    superuser: stack.superuserUrl ?? '',
    env: { ...stack.env, TEMPORAL_ADDRESS: nowhere },
    async stop() {
      await db.destroy();
      await stack.stop();
    },
  };
}
