import { refuse, type Refusal } from './refusal.ts';

// Far below what Temporal and Postgres would choke on: a 2 MiB update makes a case deaf for seconds.
const maxCharacters = 64 * 1024;
const maxDepth = 32;
const maxKeys = 200;

/** Refuses what no command may be, before anything else looks at it. */
export function refuseOversized(value: unknown): Refusal | undefined {
  if (isDeeperThan(value, maxDepth)) return refuse('TooLarge', `This is nested deeper than ${maxDepth} levels.`);
  const size = JSON.stringify(value ?? null).length;
  if (size > maxCharacters)
    return refuse(
      'TooLarge',
      `This holds ${size} characters; at most ${maxCharacters} are taken. Keep documents elsewhere and name them here.`,
    );
  if (mostKeysIn(value) > maxKeys) return refuse('TooLarge', `This has more than ${maxKeys} fields in one place.`);
  return undefined;
}

const childrenOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

const isDeeperThan = (value: unknown, levels: number): boolean =>
  childrenOf(value).some((child) => levels === 0 || isDeeperThan(child, levels - 1));

/** Of any one object in it: a list of 500 nominations is long, and still simple. */
const mostKeysIn = (value: unknown): number =>
  childrenOf(value).reduce<number>(
    (most, child) => Math.max(most, mostKeysIn(child)),
    Array.isArray(value) ? 0 : childrenOf(value).length,
  );
