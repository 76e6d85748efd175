import { createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';

/**
 * By what codes are known again that are asked for at the desk. The worker that mails a code and the session that types it
 * have no secret in common, and none may stand in the register, since whoever reads that could try all million codes. So
 * each has a key of X25519 made of its own secret; the register has their public halves, and both make the same of them.
 */

/** A private key of X25519 in DER, but for its 32 bytes (RFC 8410). */
const beforeKey = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** Of the same secret always the same. */
function keyOf(secret: string): KeyObject {
  const bytes = createHash('sha256')
    .update(JSON.stringify(['code key', secret]))
    .digest();
  return createPrivateKey({ key: Buffer.concat([beforeKey, bytes]), format: 'der', type: 'pkcs8' });
}

/** What the register has of it, as base64url. */
export const publicCodeKey = (secret: string): string =>
  createPublicKey(keyOf(secret)).export({ format: 'jwk' }).x ?? '';

/** What whoever has the secret, and whoever has that of the other public half, make alike. */
export function codeToken(secret: string, otherPublicKey: string): string {
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: otherPublicKey }, format: 'jwk' });
  const shared = diffieHellman({ privateKey: keyOf(secret), publicKey });
  return createHmac('sha256', shared).update('code token').digest('base64url');
}
