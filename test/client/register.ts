import type { Kysely } from 'kysely';
import { connect } from '../../database/connect.ts';
import { migrate } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { startStack } from '../../stack/stack.ts';

/** A port on which nothing listens. */
const nowhere = '127.0.0.1:1';

/** A real Postgres with a migrated register and neither Temporal nor mail, for one test file. */
export interface Register {
  readonly db: Kysely<Database>;
  readonly url: string;
  stop(): Promise<void>;
}

export async function startRegister(): Promise<Register> {
  const stack = await startStack({ env: { TEMPORAL_ADDRESS: nowhere, SMTP_URL: `smtp://${nowhere}` } });
  const db = connect(stack.databaseUrl, 4);
  await migrate(db);
  return {
    db,
    url: stack.databaseUrl,
    async stop() {
      await db.destroy();
      await stack.stop();
    },
  };
}
