import { DefaultLogger, Runtime } from '@temporalio/worker';

let isInstalled = false;

/** Of Temporal's runtime, of which a process has one whatever many files run in it, only errors are heard. */
export function quietRuntime(): void {
  if (isInstalled) return;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: { level: 'ERROR' } } },
  });
  isInstalled = true;
}
