import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { checkTexts, hasTexts } from '../activities/mail/texts.ts';
import { calendarOutlooks } from '../database/calendars.ts';
import { connect, forMigrations } from '../database/connect.ts';
import { readDirectory } from '../database/directory.ts';
import { DatabaseVersionError, migrate } from '../database/migrate.ts';
import { readSettings, SettingsError } from '../stack/settings.ts';
import { registerSearchAttributes } from './search-attributes.ts';
import { whyTooOld } from './temporal-version.ts';
import { bundleWorkflows, createWorkers } from './worker.ts';

/** Runs a worker until it is told to stop (SIGINT or SIGTERM): migrations first, then cases. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  Runtime.install({ logger: new DefaultLogger('WARN'), telemetryOptions: { logging: { forward: { level: 'WARN' } } } });
  checkTexts();
  await migrated(settings.databaseUrl).catch((error: unknown) => {
    throw error instanceof DatabaseVersionError
      ? error
      : new Error(`Postgres does not answer as it should: ${messageOf(error)}`, { cause: error });
  });
  const db = connect(settings.databaseUrl);
  const today = new Date().toISOString().slice(0, 10);
  for (const { country, trouble } of await calendarOutlooks(db, today))
    if (trouble) process.stderr.write(`${country} ${trouble}; see \`./entente calendar check\`.\n`);
  const { people } = await readDirectory(db);
  for (const language of new Set(people.map((person) => person.language)))
    if (!hasTexts(language))
      process.stderr.write(`There are no message files in ${language}; whoever reads it gets English mail.\n`);
  const connection = await NativeConnection.connect(settings.temporal.connectionOptions).catch((error: unknown) => {
    throw new Error(`Temporal does not answer at ${settings.temporal.connectionOptions.address}: ${messageOf(error)}`, {
      cause: error,
    });
  });
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  const tooOld = whyTooOld(serverVersion);
  if (tooOld) throw new Error(tooOld);
  await registerSearchAttributes(connection, settings.temporal.namespace).catch((error: unknown) => {
    // Where an administrator keeps them, as in Temporal Cloud, they may be there already; cases say so if they are not.
    process.stderr.write(`Search attributes could not be added: ${messageOf(error)}\n`);
  });
  const workers = await createWorkers({ connection, db, settings, workflowBundle: await bundleWorkflows() });
  process.stdout.write(`worker ready, process ${process.pid}\n`);
  await workers.run();
  await connection.close();
  await db.destroy();
}

async function migrated(databaseUrl: string): Promise<void> {
  const db = connect(databaseUrl, 2, forMigrations);
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

main().catch((error: unknown) => {
  // The SDK's runtime would keep the process alive.
  process.stderr.write(`${messageOf(error)}\n`, () => process.exit(error instanceof SettingsError ? 2 : 1));
});
