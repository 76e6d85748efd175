import { randomBytes } from 'node:crypto';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { readPagesUrl, readSettings, type Settings } from '../stack/settings.ts';

/**
 * Those of the stack that runs. No mail server is needed, since none is spoken to; nor the key of the answer pages: letters
 * have addresses which nothing opens.
 */
export function rehearsalSettings(env: NodeJS.ProcessEnv): Settings {
  const read = readSettings({ ...env, SMTP_URL: env.SMTP_URL || 'smtp://127.0.0.1:1', ENTENTE_WEB_URL: '' });
  // What is rehearsed is done by nobody.
  const settings = { ...read, unproved: 'anybody' as const };
  const url = readPagesUrl(env);
  return url === undefined
    ? settings
    : { ...settings, answerPages: { url, key: randomBytes(32).toString('base64url') } };
}

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
