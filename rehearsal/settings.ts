import { DefaultLogger, Runtime } from '@temporalio/worker';
import { readSettings, type Settings } from '../stack/settings.ts';

/** Those of the stack that runs. No mail server is needed, since none is spoken to. */
export const rehearsalSettings = (env: NodeJS.ProcessEnv): Settings =>
  readSettings({ ...env, SMTP_URL: env.SMTP_URL || 'smtp://127.0.0.1:1' });

/** Of Temporal's runtime, of which a process has one, only errors are heard. */
export function quietly(): void {
  try {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { forward: { level: 'ERROR' } } },
    });
  } catch {
    // Somebody has installed it before, and knows why.
  }
}
