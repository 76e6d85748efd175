import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type Statement, statementSchema } from '../domain/case/proof.ts';

// A proof is a JWS in its compact form (RFC 7515), signed with Ed25519 (RFC 8037), and nothing else: no header chooses how
// it is checked.

/** Longer than any that we make. */
const longest = 2_000;
const form = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})$/;

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The signed statement of a command; `kid` says with whose key. */
export function signedStatement(statement: Statement, { id, key }: { readonly id: string; readonly key: KeyObject }) {
  const said = `${encoded({ alg: 'EdDSA', kid: id, typ: 'entente-proof' })}.${encoded(statement)}`;
  return `${said}.${sign(null, Buffer.from(said), key).toString('base64url')}`;
}

/** With which key a proof says that it is signed; nothing for what is no proof. */
export function keyNamedIn(proof: unknown): string | undefined {
  const [, header] = (typeof proof === 'string' && proof.length <= longest && form.exec(proof)) || [];
  const { alg, kid } = (decoded(header) ?? {}) as { readonly alg?: unknown; readonly kid?: unknown };
  return alg === 'EdDSA' && typeof kid === 'string' && /^[0-9a-f]{16}$/.test(kid) ? kid : undefined;
}

/** What was signed with this key, whose 32 bytes come as base64url; nothing if it is not its signature, or no statement. */
export function statementIn(proof: string, publicKey: string): Statement | undefined {
  const [, header, payload, signature = ''] = form.exec(proof) ?? [];
  const bytes = Buffer.from(signature, 'base64url');
  // Its last character has bits to spare: there is one way to write a signature.
  if (bytes.toString('base64url') !== signature) return undefined;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  if (!verify(null, Buffer.from(`${header}.${payload}`), key, bytes)) return undefined;
  return statementSchema.safeParse(decoded(payload)).data;
}

function decoded(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}
