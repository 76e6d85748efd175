import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from '../../stack/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'entente-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

const rsa = (bits: number) =>
  generateKeyPairSync('rsa', {
    modulusLength: bits,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;

const right = rsa(2048);
const keys = {
  right: fileOf('right.pem', right),
  short: fileOf('short.pem', rsa(512)),
  none: fileOf('none.pem', 'this is no key'),
  ed25519: fileOf(
    'ed25519.pem',
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ),
  locked: fileOf(
    'locked.pem',
    generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
      .toString(),
  ),
};

const services = {
  ENTENTE_FOLDER: folder,
  TEMPORAL_ADDRESS: 'temporal.example.org:7233',
  DATABASE_URL: 'postgres://db.example.org/entente',
  SMTP_URL: 'smtp://mail.example.org',
  ENTENTE_CLEAR_TEXT: 'smtp,postgres,temporal',
  ENTENTE_MAIL_FROM: 'Entente <desk@mail.example.org>',
};
const dkim = { ENTENTE_DKIM_SELECTOR: 'entente2026', ENTENTE_DKIM_KEY_FILE: keys.right };

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readSettings({ ...services, ...env });
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

describe('how mail is sent', () => {
  it('needs no setting: no signature, no other bounce address, a pace that relays bear', () => {
    const settings = readSettings(services);
    expect(settings.dkim).toBeUndefined();
    expect(settings.bounceAddress).toBeUndefined();
    expect(settings.pace).toEqual({ perSecond: 10, perDomain: 2 });
  });

  it('has no pace where our own mailbox takes the mail, unless one is asked for', () => {
    const ours = { ...services, ENTENTE_MAILBOX_URL: 'http://127.0.0.1:8025' };
    expect(readSettings(ours).pace).toBeUndefined();
    expect(readSettings({ ...ours, ENTENTE_MAIL_PER_DOMAIN: '0.5' }).pace).toMatchObject({ perDomain: 0.5 });
  });

  it('signs for the domain of the sender, or for one above it that is named', () => {
    expect(readSettings({ ...services, ...dkim }).dkim).toMatchObject({
      domain: 'mail.example.org',
      selector: 'entente2026',
      privateKey: right,
    });
    const named = { ...services, ...dkim, ENTENTE_DKIM_DOMAIN: 'Example.org' };
    expect(readSettings(named).dkim).toMatchObject({ domain: 'example.org' });
  });

  it('never shows the key', () => {
    const settings = readSettings({ ...services, ...dkim });
    for (const value of [settings, settings.dkim, { settings }])
      expect(inspect(value, { depth: 9 }) + JSON.stringify(value)).not.toContain('PRIVATE KEY');
    expect(JSON.stringify(settings)).toContain('entente2026');
  });

  it.each([
    ['ENTENTE_BOUNCE_ADDRESS', 'Bounces <bounces@example.org>', 'address alone'],
    ['ENTENTE_BOUNCE_ADDRESS', 'a@example.org,b@example.org', 'one mail address'],
    ['ENTENTE_MAIL_PER_SECOND', 'fast', 'number of messages per second'],
    ['ENTENTE_MAIL_PER_SECOND', '0', 'number of messages per second'],
    ['ENTENTE_MAIL_PER_DOMAIN', '-1', 'number of messages per second'],
    ['ENTENTE_MAIL_PER_DOMAIN', '1001', 'number of messages per second'],
    ['ENTENTE_DKIM_SELECTOR', 'two words', 'no DKIM selector'],
    ['ENTENTE_DKIM_SELECTOR', '', 'ENTENTE_DKIM_SELECTOR is not set'],
    ['ENTENTE_DKIM_KEY_FILE', '', 'ENTENTE_DKIM_KEY_FILE is not set'],
    ['ENTENTE_DKIM_DOMAIN', 'example.net', 'not the domain of the sender (mail.example.org)'],
    ['ENTENTE_DKIM_DOMAIN', 'le.org', 'not the domain of the sender'],
    ['ENTENTE_DKIM_DOMAIN', 'example', 'is no domain'],
    ['ENTENTE_DKIM_KEY_FILE', join(folder, 'missing.pem'), 'does not exist'],
    ['ENTENTE_DKIM_KEY_FILE', folder, 'is a folder'],
    ['ENTENTE_DKIM_KEY_FILE', keys.none, 'no private key in PEM'],
    ['ENTENTE_DKIM_KEY_FILE', keys.short, '512 bits'],
    ['ENTENTE_DKIM_KEY_FILE', keys.ed25519, 'of type ed25519'],
    ['ENTENTE_DKIM_KEY_FILE', keys.locked, 'under a passphrase'],
  ])('%s is refused when it is %j', (name, value, expected) => {
    expect(faultsOf({ ...dkim, [name]: value })).toEqual([expect.stringContaining(expected)]);
  });

  it('is refused with every fault at once, and without what stands in the key file', () => {
    const faults = faultsOf({
      ENTENTE_BOUNCE_ADDRESS: 'nobody',
      ENTENTE_MAIL_PER_SECOND: 'x',
      ENTENTE_MAIL_PER_DOMAIN: 'y',
      ENTENTE_DKIM_DOMAIN: 'example.net',
      ENTENTE_DKIM_SELECTOR: '-',
      ENTENTE_DKIM_KEY_FILE: keys.none,
    });
    expect(faults).toHaveLength(6);
    expect(faults.join()).not.toContain('this is no key');
  });

  it.skipIf(process.getuid?.() === 0)('is refused with a key that may not be read', () => {
    const file = fileOf('closed.pem', right);
    chmodSync(file, 0o000);
    expect(faultsOf({ ...dkim, ENTENTE_DKIM_KEY_FILE: file })).toEqual([expect.stringContaining('may not be read')]);
  });
});
