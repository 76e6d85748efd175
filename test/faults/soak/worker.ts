import { readFileSync } from 'node:fs';
import { DefaultLogger, Runtime, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { readSettings } from '../../../stack/settings.ts';
import { readyRegister, readyTemporal } from '../../../worker/services.ts';
import { createWorkers } from '../../../worker/worker.ts';

/**
 * The worker as `npm run worker` starts it, but with workflow code that was bundled once for the whole run (the file that
 * WORKFLOW_BUNDLE names): it is started again after each kill, and would spend most of its start on that.
 */
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
Runtime.install({ logger: new DefaultLogger('WARN'), telemetryOptions: { logging: { forward: { level: 'WARN' } } } });
// Whoever is played here has no key.
const settings = { ...readSettings(process.env), unproved: 'anybody' } as const;
const db = await readyRegister(settings, stopped.signal);
const connection = await readyTemporal(settings.temporal, stopped.signal);
const workflowBundle = JSON.parse(
  readFileSync(process.env['WORKFLOW_BUNDLE'] ?? '', 'utf8'),
) as WorkflowBundleWithSourceMap;
const workers = await createWorkers({ connection, db, settings, workflowBundle });
process.stdout.write(`worker ready, process ${process.pid}\n`);
await workers.run();
await connection.close();
await db.destroy();
