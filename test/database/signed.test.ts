import { createHash, createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { keyNamedIn, signedStatement, statementIn } from '../../database/signed.ts';

const seed = createHash('sha256').update('entente').digest();
const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
const publicKey = createPublicKey(key).export({ format: 'jwk' }).x ?? '';
const id = '0123456789abcdef';
const statement = { jti: 'c-1', case: 'action/a', command: 'accept', digest: 'd'.repeat(64), iat: 1_795_000_000 };

/** As it stands on record since before `jose` signed. */
const onRecord =
  'eyJhbGciOiJFZERTQSIsImtpZCI6IjAxMjM0NTY3ODlhYmNkZWYiLCJ0eXAiOiJlbnRlbnRlLXByb29mIn0.' +
  'eyJqdGkiOiJjLTEiLCJjYXNlIjoiYWN0aW9uL2EiLCJjb21tYW5kIjoiYWNjZXB0IiwiZGlnZXN0IjoiZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZCIsImlhdCI6MTc5NTAwMDAwMH0.' +
  '6B6JMhCPcxRl7rXk7-Xmm_HVY3PStx3_jY6qKgGU4KLjZaeCmDbcpwYk5kL2Un6G9Pm7OQq6ENfngjPesVODBg';

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A good signature over whatever header and payload. */
function forged(header: Readonly<Record<string, unknown>>, payload: unknown = statement): string {
  const said = `${encoded({ alg: 'EdDSA', kid: id, typ: 'entente-proof', ...header })}.${encoded(payload)}`;
  return `${said}.${sign(null, Buffer.from(said), key).toString('base64url')}`;
}

it('what was signed before is signed and read the same', async () => {
  expect(await signedStatement(statement, { id, key })).toBe(onRecord);
  expect(await keyNamedIn(onRecord)).toBe(id);
  expect(await statementIn(onRecord, publicKey)).toEqual(statement);
});

it('there is one way to write a signature, though its last character has bits to spare', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const signature = onRecord.split('.')[2] ?? '';
  const bytes = Buffer.from(signature, 'base64url');
  const others = alphabet
    .split('')
    .filter((last) => !signature.endsWith(last))
    .map((last) => `${onRecord.slice(0, -1)}${last}`);
  expect(others.filter((each) => Buffer.from(each.split('.')[2] ?? '', 'base64url').equals(bytes))).toHaveLength(15);
  for (const other of others) expect(await statementIn(other, publicKey)).toBeUndefined();
  for (const more of ['=', '==', '\n', ' ']) expect(await keyNamedIn(`${onRecord}${more}`)).toBeUndefined();
});

it.each<[string, Readonly<Record<string, unknown>>]>([
  ['no algorithm', { alg: 'none' }],
  ['that of a shared secret', { alg: 'HS256' }],
  ['another name of ours', { alg: 'Ed25519' }],
  ['a key that is no id', { kid: '0123456789ABCDEF' }],
  ['another type', { typ: 'JWT' }],
  ['no type', { typ: undefined }],
  ['a key of its own', { jwk: { kty: 'OKP', crv: 'Ed25519', x: publicKey } }],
  ['what has to be understood', { crit: ['exp'], exp: 1 }],
  ['a payload that is not encoded', { crit: ['b64'], b64: false }],
])('a header that says %s makes no proof', async (_, header) => {
  expect(await keyNamedIn(forged({}))).toBe(id);
  expect(await keyNamedIn(forged(header))).toBeUndefined();
});

it.each<[string, string]>([
  ['no algorithm', forged({ alg: 'none' })],
  ['another name of ours', forged({ alg: 'Ed25519' })],
  ['that of another curve', forged({ alg: 'ES256' })],
  ['that of a shared secret, which is the public key', withSecret()],
])('a signature is checked by our algorithm alone, where the header says %s', async (_, proof) => {
  expect(await statementIn(forged({}), publicKey)).toEqual(statement);
  expect(await statementIn(proof, publicKey)).toBeUndefined();
});

it('what is signed is a statement, with nothing left out and nothing besides', async () => {
  for (const payload of [[], 'accept', { ...statement, by: 'kim-minji' }, { ...statement, iat: '1' }, null])
    expect(await statementIn(forged({}, payload), publicKey)).toBeUndefined();
});

it('what is longer than any that we make is no proof', async () => {
  const long = forged({}, { ...statement, jti: 'c'.repeat(1_500) });
  expect(long.length).toBeGreaterThan(2_000);
  expect(await keyNamedIn(long)).toBeUndefined();
  expect(await keyNamedIn(forged({}, { ...statement, jti: 'c'.repeat(1_000) }))).toBe(id);
});

/** As long as a signature of ours is. */
function withSecret(): string {
  const said = `${encoded({ alg: 'HS512', kid: id, typ: 'entente-proof' })}.${encoded(statement)}`;
  return `${said}.${createHmac('sha512', Buffer.from(publicKey, 'base64url')).update(said).digest('base64url')}`;
}
