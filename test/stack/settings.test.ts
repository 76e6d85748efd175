import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { readSettings, readWeb, SettingsError } from '../../stack/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'entente-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Nothing runs in this state folder. */
const nowhere = { ENTENTE_FOLDER: folder };
const complete = {
  ...nowhere,
  TEMPORAL_ADDRESS: 'temporal.example.org:7233',
  TEMPORAL_TLS: 'true',
  DATABASE_URL: 'postgres://entente:s3cret@db.example.org/entente?sslmode=verify-full',
  SMTP_URL: 'smtps://robot:s3cret@mail.example.org:465',
};

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

test('settings come from the environment', () => {
  const settings = readSettings({
    ...complete,
    TEMPORAL_NAMESPACE: 'cooperation',
    ENTENTE_MAIL_FROM: 'desk@example.org',
  });
  expect(settings.temporal.connectionOptions.address).toBe('temporal.example.org:7233');
  expect(settings.temporal.namespace).toBe('cooperation');
  expect(settings.databaseUrl).toBe(complete.DATABASE_URL);
  expect(settings.smtpUrl).toBe(complete.SMTP_URL);
  expect(settings.mailFrom).toBe('desk@example.org');
  expect(Object.isFrozen(settings)).toBe(true);
});

test('no secret is shown when settings are printed', () => {
  const settings = readSettings({ ...complete, TEMPORAL_API_KEY: 's3cret', TEMPORAL_TLS_CLIENT_KEY_DATA: 's3cret' });
  expect(settings.temporal.connectionOptions.apiKey).toBe('s3cret');
  const printed = [settings, settings.temporal, settings.temporal.connectionOptions, { settings }];
  for (const value of printed) expect(inspect(value, { depth: 9 }) + JSON.stringify(value)).not.toContain('s3cret');
  expect(JSON.stringify(settings)).toContain('db.example.org');
});

test('with nothing set and nothing running, one message says what to do about all three services', () => {
  const faults = faultsOf(nowhere);
  expect(faults).toHaveLength(3);
  for (const fault of faults) expect(fault).toContain('npm start');
});

test('all faults come in one message, without the secrets in them', () => {
  const env = {
    ...nowhere,
    TEMPORAL_ADDRESS: 'https://user:s3cret@temporal.example.org',
    DATABASE_URL: 'mysql://root:s3cret@db.example.org/entente',
    SMTP_URL: 'smtp//robot:s3cret@mail.example.org',
    ENTENTE_MAIL_FROM: 'not an address',
    ENTENTE_UI_URL: 'ftp://s3cret@ui.example.org',
  };
  expect(() => readSettings(env)).toThrow(/5 faults/);
  const faults = faultsOf(env);
  expect(faults.join('\n')).not.toContain('s3cret');
  const named = ['address', 'DATABASE_URL', 'SMTP_URL', 'ENTENTE_MAIL_FROM', 'ENTENTE_UI_URL'];
  for (const name of named) expect(faults.some((fault) => fault.includes(name))).toBe(true);
});

test.each([
  ['DATABASE_URL', 'postgres://db.example.org', 'names no database'],
  ['DATABASE_URL', 'postgres:///entente', 'names no host'],
  ['DATABASE_URL', 'postgres://a:%zz@db.example.org/entente', '%25'],
  ['DATABASE_URL', 'postgres://db.example.org:0/entente', 'port 0'],
  ['DATABASE_URL', 'postgres://db.example.org:99999/entente', 'is not a URL'],
  ['SMTP_URL', 'smtp://mail.example.org\r\nX', 'line break'],
  ['SMTP_URL', 'smtp://mail.example.org?pool=true', 'pool'],
  ['SMTP_URL', 'https://mail.example.org', 'smtp:'],
  ['TEMPORAL_ADDRESS', 'temporal.example.org', 'host:port'],
  ['TEMPORAL_ADDRESS', 'temporal.example.org:70000', '65535'],
  ['TEMPORAL_NAMESPACE', 'two words', 'TEMPORAL_NAMESPACE'],
  ['ENTENTE_MAIL_FROM', 'Desk <desk@example.org>\r\nBcc: other@example.org', 'line break'],
  ['ENTENTE_MAIL_FROM', 'a@example.org, b@example.org', 'one mail address'],
  ['ENTENTE_MAIL_FROM', 'desk@localhost', 'one mail address'],
  ['ENTENTE_CACHED_CASES', '1', 'number of cases'],
  ['ENTENTE_CACHED_CASES', 'all', 'number of cases'],
])('%s is refused when it is %j', (name, value, expected) => {
  const faults = faultsOf({ ...complete, [name]: value });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(expected);
});

test('a profile of the TOML file gives address and namespace, and an unknown one is named', () => {
  const file = join(folder, 'temporal.toml');
  writeFileSync(file, '[profile.ministry]\naddress = "t.example.org:7233"\nnamespace = "mofa"\napi_key = "s3cret"\n');
  const { TEMPORAL_ADDRESS: _, ...services } = complete;
  const env = { ...services, TEMPORAL_CONFIG_FILE: file };
  const { temporal } = readSettings({ ...env, TEMPORAL_PROFILE: 'ministry' });
  expect(temporal).toMatchObject({
    connectionOptions: { address: 't.example.org:7233', apiKey: 's3cret' },
    namespace: 'mofa',
  });
  expect(faultsOf({ ...env, TEMPORAL_PROFILE: 'other' })[0]).toMatch(/'other' not found/);
  writeFileSync(file, '');
  expect(faultsOf({ ...env, TEMPORAL_PROFILE: 'ministry' })[0]).toContain('[profile.NAME]');
});

test('a provider to sign in by is named with its client, over TLS, and its secret is not shown', () => {
  const pages = { ...nowhere, ENTENTE_WEB_URL: 'http://127.0.0.1:8030', ENTENTE_WEB_KEY_FILE: 'web-key.pem' };
  const named = { ...pages, OIDC_ISSUER: 'https://id.example.org/realm', OIDC_CLIENT_ID: 'entente' };
  const { provider } = readWeb({ ...named, OIDC_CLIENT_SECRET: 's3cret' });
  expect(provider).toMatchObject({ clientSecret: 's3cret', name: 'id.example.org' });
  expect(JSON.stringify(provider) + inspect(provider)).not.toContain('s3cret');
  expect(readWeb({ ...named, OIDC_CLIENT_SECRET: 's', OIDC_NAME: 'Ministry ID' }).provider?.name).toBe('Ministry ID');
  expect(() => readWeb(named)).toThrow(/OIDC_CLIENT_SECRET is not set/);
  const inClear = { ...named, OIDC_CLIENT_SECRET: 's', OIDC_ISSUER: 'http://id.example.org' };
  expect(() => readWeb(inClear)).toThrow(/OIDC_ISSUER \(an environment variable\) is not https/);
  expect(readWeb(pages).provider).toBeUndefined();
});

test('pages need a key to sign with, whatever workers take without a proof', () => {
  const pages = { ...complete, ENTENTE_WEB_URL: 'https://entente.example.org' };
  for (const env of [pages, { ...pages, ENTENTE_UNPROVED: 'operators' }])
    expect(() => readWeb(env)).toThrow(/ENTENTE_WEB_KEY_FILE is not set/);
  expect(readWeb({ ...pages, ENTENTE_WEB_KEY_FILE: 'web-key.pem' }).keyFile).toBe('web-key.pem');
});
