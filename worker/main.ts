import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Kysely } from 'kysely';
import { checkTexts, hasTexts } from '../activities/mail/texts.ts';
import { calendarOutlooks } from '../database/calendars.ts';
import { languagesRead } from '../database/directory.ts';
import type { Database } from '../database/schema.ts';
import { readSettings, SettingsError } from '../stack/settings.ts';
import { readyRegister, readyTemporal } from './services.ts';
import { bundleWorkflows, createWorkers } from './worker.ts';

/** Runs a worker until it is told to stop (SIGINT or SIGTERM): migrations first, then cases. */
async function main(stopped: AbortSignal): Promise<void> {
  const settings = readSettings(process.env);
  Runtime.install({ logger: new DefaultLogger('WARN'), telemetryOptions: { logging: { forward: { level: 'WARN' } } } });
  checkTexts();
  const db = await readyRegister(settings, stopped);
  await tellWhatIsMissing(db).catch((error: unknown) => {
    process.stderr.write(`Calendars and languages could not be looked at: ${messageOf(error)}\n`);
  });
  const connection = await readyTemporal(settings.temporal, stopped);
  const workers = await createWorkers({ connection, db, settings, workflowBundle: await bundleWorkflows() });
  process.stdout.write(`worker ready, process ${process.pid}\n`);
  await workers.run();
  await connection.close();
  await db.destroy();
}

async function tellWhatIsMissing(db: Kysely<Database>): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  for (const { country, trouble } of await calendarOutlooks(db, today))
    if (trouble) process.stderr.write(`${country} ${trouble}; see \`./entente calendar check\`.\n`);
  for (const language of await languagesRead(db))
    if (!hasTexts(language))
      process.stderr.write(`There are no message files in ${language}; whoever reads it gets English mail.\n`);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

main(stop.signal).catch((error: unknown) => {
  // Told to stop while it waited for a service: nothing was begun.
  if (stop.signal.aborted) process.exit(0);
  // The SDK's runtime would keep the process alive.
  process.stderr.write(`${messageOf(error)}\n`, () => process.exit(error instanceof SettingsError ? 2 : 1));
});
