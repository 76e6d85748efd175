import DKIM from 'nodemailer/lib/dkim';

/** What a mail is signed with: receivers find the public key in the DNS at `SELECTOR._domainkey.DOMAIN`. */
export interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  /** RSA, in PEM. */
  readonly privateKey: string;
}

/**
 * A mail with its DKIM signature (RFC 6376) in front. It covers the mail as it stands, so nothing may change it after.
 *
 * @throws if it cannot be signed: the library would send it without
 */
export async function signed(body: Buffer, { domain, selector, privateKey }: DkimKey): Promise<Buffer> {
  const signer = new DKIM({ domainName: domain, keySelector: selector, privateKey });
  const parts: Buffer[] = [];
  for await (const part of signer.sign(body)) parts.push(part as Buffer);
  const whole = Buffer.concat(parts);
  if (!whole.subarray(0, 15).equals(Buffer.from('DKIM-Signature:')))
    throw new Error('The mail could not be signed with the DKIM key; check ENTENTE_DKIM_KEY_FILE.');
  return whole;
}
