import { createHash, createVerify } from 'node:crypto';

/**
 * Whether the DKIM signature of a mail is right, worked out from RFC 6376 alone (rsa-sha256, relaxed/relaxed): nothing of
 * what signs is used here. Says what is wrong, or nothing.
 */
export function dkimFault(raw: Buffer, publicKey: string): string | undefined {
  const text = raw.toString('latin1');
  const split = text.indexOf('\r\n\r\n');
  const fields = text.slice(0, split).split(/\r\n(?![ \t])/);
  const signature = fields.find((field) => /^dkim-signature:/i.test(field));
  if (!signature) return 'there is no signature';
  const tags = tagsOf(signature);
  if (tags['v'] !== '1' || tags['a'] !== 'rsa-sha256' || tags['c'] !== 'relaxed/relaxed') return 'an unknown form';
  const body = relaxedBody(text.slice(split + 4));
  if (createHash('sha256').update(body, 'latin1').digest('base64') !== tags['bh']) return 'the body was changed';
  const data = [
    ...signedFields(fields, (tags['h'] ?? '').split(':')),
    relaxedField(signature.replace(/([;\s]b=)[^;]*/, '$1')),
  ].join('\r\n');
  const right = createVerify('RSA-SHA256')
    .update(data, 'latin1')
    .verify(publicKey, tags['b'] ?? '', 'base64');
  return right ? undefined : 'the header was changed, or another key has signed it';
}

export const tagsOf = (field: string): Record<string, string | undefined> =>
  Object.fromEntries(
    field
      .slice(field.indexOf(':') + 1)
      .split(';')
      .map((tag) => tag.replaceAll(/\s/g, ''))
      .filter((tag) => tag !== '')
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  );

/** RFC 6376, 5.4.2: of several fields of one name, the lowest that is not taken yet. */
function signedFields(fields: readonly string[], names: readonly string[]): string[] {
  const left = [...fields];
  return names.flatMap((name) => {
    const at = left.findLastIndex(
      (field) => field.slice(0, field.indexOf(':')).trim().toLowerCase() === name.toLowerCase(),
    );
    return at === -1 ? [] : left.splice(at, 1).map(relaxedField);
  });
}

/** RFC 6376, 3.4.2. */
const relaxedField = (field: string): string => {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`;
};

/** RFC 6376, 3.4.4. */
const relaxedBody = (body: string): string => {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  const text = lines.join('\r\n').replace(/(\r\n)+$/, '');
  return text === '' ? '' : `${text}\r\n`;
};
