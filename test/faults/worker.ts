import { readFileSync } from 'node:fs';
import { DefaultLogger, NativeConnection, Runtime, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { connect } from '../../database/connect.ts';
import { readSettings } from '../../stack/settings.ts';
import { registerSearchAttributes } from '../../worker/search-attributes.ts';
import { capacityOf, thisMachine } from '../../worker/capacity.ts';
import { createWorkers } from '../../worker/worker.ts';

/**
 * The worker, but a message that it held when it was killed is given up after some seconds, and the workflows are bundled
 * once for all that a test starts: that is most of what a start costs. Whoever is played has no key.
 */
const settings = { ...readSettings(process.env), leaseSeconds: 5, unproved: 'anybody' } as const;
Runtime.install({ logger: new DefaultLogger('WARN'), telemetryOptions: { logging: { forward: { level: 'WARN' } } } });
// Whoever waits at a fault point inside of a transaction keeps its connection.
const db = connect(settings.databaseUrl, 40);
const connection = await NativeConnection.connect(settings.temporal.connectionOptions);
await registerSearchAttributes(connection, settings.temporal.namespace);
const workflowBundle = JSON.parse(
  readFileSync(process.env.WORKFLOW_BUNDLE ?? '', 'utf8'),
) as WorkflowBundleWithSourceMap;
// Each of many cases at once keeps its task, or its mail, while it waits at its fault point.
const capacity = { ...capacityOf(thisMachine()), tasks: 40, mails: 40 };
const workers = await createWorkers({ connection, db, settings, workflowBundle, capacity });
process.stdout.write('worker ready\n');
await workers.run();
await connection.close();
await db.destroy();
