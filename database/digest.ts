import { createHash } from 'node:crypto';

/** A hash of a command or opening, whatever the order of its fields: the same id may only be used for the same content again. */
export const digestOf = (name: string, body: unknown): string => wholeDigestOf(name, body).slice(0, 32);

/** All of it, as proofs are made of. */
export const wholeDigestOf = (name: string, body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([name, sorted(body)]))
    .digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}
