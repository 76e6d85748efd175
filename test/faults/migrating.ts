import { connect, forMigrations } from '../../database/connect.ts';
import { migrate } from '../../database/migrate.ts';

/** What a worker does first, alone. */
const db = connect(process.env.DATABASE_URL ?? '', 2, forMigrations);
await migrate(db);
await db.destroy();
