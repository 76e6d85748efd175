import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { connect } from '../../database/connect.ts';
import { readSettings } from '../../stack/settings.ts';
import { registerSearchAttributes } from '../../worker/search-attributes.ts';
import { bundleWorkflows, createWorkers } from '../../worker/worker.ts';

/** The worker, but a message that it held when it was killed is given up after two seconds instead of minutes; whoever is played has no key. */
const settings = { ...readSettings(process.env), leaseSeconds: 2, unproved: 'anybody' } as const;
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: { level: 'ERROR' } } } });
const db = connect(settings.databaseUrl);
const connection = await NativeConnection.connect(settings.temporal.connectionOptions);
await registerSearchAttributes(connection, settings.temporal.namespace);
const workers = await createWorkers({ connection, db, settings, workflowBundle: await bundleWorkflows() });
process.stdout.write('worker ready\n');
await workers.run();
await connection.close();
await db.destroy();
