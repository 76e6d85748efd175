import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { type Statement, statementSchema } from '../domain/case/proof.ts';

// A proof is a JWS in its compact form (RFC 7515), signed with Ed25519 (RFC 8037), and nothing else: no header chooses how
// it is checked. What signs and reads it is loaded then: most that is typed at a terminal needs neither.

/** Longer than any that we make. */
const longest = 2_000;
/** The last character of a signature has bits to spare, which are nought: there is one way to write it. */
const form = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{85}[AQgw]$/;
const alg = 'EdDSA';
const typ = 'entente-proof';

const headerSchema = z.strictObject({
  alg: z.literal(alg),
  kid: z.string().regex(/^[0-9a-f]{16}$/),
  typ: z.literal(typ),
});

/** The signed statement of a command; `kid` says with whose key. */
export async function signedStatement(
  statement: Statement,
  { id, key }: { readonly id: string; readonly key: KeyObject },
): Promise<string> {
  const { CompactSign } = await import('jose/jws/compact/sign');
  return new CompactSign(Buffer.from(JSON.stringify(statement))).setProtectedHeader({ alg, kid: id, typ }).sign(key);
}

/** With which key a proof says that it is signed; nothing for what is no proof. */
export async function keyNamedIn(proof: unknown): Promise<string | undefined> {
  if (typeof proof !== 'string' || proof.length > longest || !form.test(proof)) return undefined;
  const { decodeProtectedHeader } = await import('jose/decode/protected_header');
  try {
    return headerSchema.safeParse(decodeProtectedHeader(proof)).data?.kid;
  } catch {
    return undefined;
  }
}

/** What was signed with this key, whose 32 bytes come as base64url; nothing if it is not its signature, or no statement. */
export async function statementIn(proof: string, publicKey: string): Promise<Statement | undefined> {
  if (!form.test(proof)) return undefined;
  const [{ compactVerify }, { JOSEError }] = await Promise.all([
    import('jose/jws/compact/verify'),
    import('jose/errors'),
  ]);
  try {
    const key = { kty: 'OKP', crv: 'Ed25519', x: publicKey };
    const { payload } = await compactVerify(proof, key, { algorithms: [alg] });
    return statementSchema.safeParse(JSON.parse(Buffer.from(payload).toString())).data;
  } catch (error) {
    if (error instanceof JOSEError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
