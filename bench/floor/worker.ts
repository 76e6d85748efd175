import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { readSettings } from '../../stack/settings.ts';
import { floorActivities } from './activities.ts';
import { floorQueue } from './messages.ts';

/** The worker of the hand-written workflow, with the defaults of the SDK. */
const { databaseUrl, smtpUrl, temporal } = readSettings(process.env);
Runtime.install({ logger: new DefaultLogger('WARN'), telemetryOptions: { logging: { forward: { level: 'WARN' } } } });
const workflowBundle = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)),
  logger: new DefaultLogger('WARN'),
});
const worker = await Worker.create({
  connection: await NativeConnection.connect(temporal.connectionOptions),
  namespace: temporal.namespace,
  taskQueue: floorQueue,
  workflowBundle,
  activities: floorActivities(databaseUrl, smtpUrl),
  shutdownGraceTime: '5s',
});
process.stdout.write(`worker ready, process ${process.pid}\n`);
await worker.run();
process.exit(0);
