import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lookAround } from '../../stack/findings.ts';
import { readDatabaseUrls, readSettings, readTemporalSettings, SettingsError } from '../../stack/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'entente-clear-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** All on this machine, where nothing is encrypted. */
const local = {
  ENTENTE_FOLDER: folder,
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  DATABASE_URL: 'postgres://localhost/entente',
  SMTP_URL: 'smtp://[::1]:1025',
};

function faultsOf(changes: Record<string, string>, read: (env: NodeJS.ProcessEnv) => unknown = readSettings) {
  try {
    read({ ...local, ...changes });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}

describe('nothing goes to another machine in clear text', () => {
  it.each([
    ['DATABASE_URL', 'postgres://db.example.org/entente', 'sslmode=verify-full', 'postgres'],
    ['DATABASE_URL', 'postgres://db.example.org/entente?sslmode=prefer', 'sslmode=verify-full', 'postgres'],
    ['DATABASE_URL', 'postgres://db.example.org/entente?sslmode=no-verify', 'sslmode=verify-full', 'postgres'],
    ['DATABASE_URL', 'postgres://db.example.org/entente?sslmode=disable', 'sslmode=verify-full', 'postgres'],
    [
      'DATABASE_URL',
      'postgres://db.example.org/entente?sslmode=require&uselibpqcompat=true',
      'verify-full',
      'postgres',
    ],
    ['DATABASE_URL', 'postgres://localhost/entente?host=10.0.0.7', 'sslmode=verify-full', 'postgres'],
    ['SMTP_URL', 'smtp://mail.example.org:587?ignoreTLS=true', 'does without TLS', 'smtp'],
    ['SMTP_URL', 'smtp://mail.example.org:587?requireTLS=false', 'does without TLS', 'smtp'],
    ['TEMPORAL_ADDRESS', 'temporal.example.org:7233', 'TEMPORAL_TLS=true', 'temporal'],
    ['TEMPORAL_ADDRESS', '10.0.0.7:7233', 'TEMPORAL_TLS=true', 'temporal'],
  ])('%s=%s is refused with what to do, unless it is said outright', (name, value, sentence, service) => {
    const [fault, ...others] = faultsOf({ [name]: value });
    expect(fault).toContain(sentence);
    expect(fault).toContain(`ENTENTE_CLEAR_TEXT=${service}`);
    expect(others).toEqual([]);
    expect(faultsOf({ [name]: value, ENTENTE_CLEAR_TEXT: service })).toEqual([]);
    expect(faultsOf({ [name]: value, ENTENTE_CLEAR_TEXT: 'smtp,postgres,temporal' })).toEqual([]);
    const other = service === 'smtp' ? 'postgres' : 'smtp';
    expect(faultsOf({ [name]: value, ENTENTE_CLEAR_TEXT: other })).toHaveLength(1);
  });

  it.each([
    ['DATABASE_URL', 'postgres://db.example.org/entente?sslmode=verify-full'],
    ['DATABASE_URL', 'postgres://db.example.org/entente?ssl=true'],
    ['DATABASE_URL', 'postgres://127.0.0.1/entente'],
    ['DATABASE_URL', 'postgres:///entente?host=/var/run/postgresql'],
    ['SMTP_URL', 'smtps://mail.example.org'],
    ['TEMPORAL_ADDRESS', 'localhost:7233'],
    ['TEMPORAL_ADDRESS', '[::1]:7233'],
  ])('%s=%s is taken', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([]);
  });

  it('a relay has to take TLS, not only to offer it', () => {
    const urlOf = (changes: Record<string, string>) => readSettings({ ...local, ...changes }).smtpUrl;
    const remote = { SMTP_URL: 'smtp://u:p@mail.example.org:587' };
    expect(urlOf(remote)).toBe('smtp://u:p@mail.example.org:587?requireTLS=true');
    expect(urlOf({ ...remote, ENTENTE_CLEAR_TEXT: 'smtp' })).toBe(remote.SMTP_URL);
    expect(urlOf({})).toBe(local.SMTP_URL);
  });

  it('holds for whoever reads only one setting, as the command line does', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://db.example.org/entente' }, readDatabaseUrls)).toHaveLength(1);
    expect(faultsOf({ TEMPORAL_ADDRESS: 'temporal.example.org:7233' }, readTemporalSettings)).toHaveLength(1);
  });

  it('a key for Temporal goes over TLS by itself', () => {
    expect(faultsOf({ TEMPORAL_ADDRESS: 'temporal.example.org:7233', TEMPORAL_API_KEY: 'key' })).toEqual([]);
  });

  it('names what ENTENTE_CLEAR_TEXT does not take, and the switch that has every certificate believed', () => {
    expect(faultsOf({ ENTENTE_CLEAR_TEXT: 'mail' })[0]).toContain('smtp, postgres, temporal');
    expect(faultsOf({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })[0]).toContain('NODE_EXTRA_CA_CERTS');
  });
});

it('the doctor shows which service is asked how', async () => {
  const remote = {
    TEMPORAL_ADDRESS: 'temporal.invalid:7233',
    DATABASE_URL: 'postgres://db.invalid/entente?sslmode=verify-full',
    SMTP_URL: 'smtp://127.0.0.1:1',
    ENTENTE_CLEAR_TEXT: 'temporal',
  };
  const findings = await lookAround({ ...process.env, ENTENTE_FOLDER: folder, ...remote });
  const says = (name: string) => findings.find((finding) => finding.name === name)?.says;
  expect(says('Temporal')).toMatch(/^temporal\.invalid:7233, in clear text: /);
  expect(says('Database')).toMatch(/^postgres:\/\/db\.invalid\/entente\?sslmode=verify-full, over TLS, verified: /);
  expect(says('Mail relay')).toMatch(/^smtp:\/\/127\.0\.0\.1:1, on this machine: /);
});
