import { inspect } from 'node:util';

/**
 * A frozen object whose fields can be used as they are, and which shows `shown` in their place
 * wherever it is printed: console.log, util.inspect, JSON.stringify, pino.
 */
export function redacted<T extends object>(fields: T, shown: object): Readonly<T> {
  const object = { ...fields };
  Object.defineProperty(object, 'toJSON', { value: () => shown });
  Object.defineProperty(object, inspect.custom, { value: () => shown });
  return Object.freeze(object);
}

/** A URL without its password; what is no URL comes back as a row of stars. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return '***';
  const parsed = new URL(url);
  if (parsed.password) parsed.password = '***';
  for (const name of parsed.searchParams.keys()) {
    if (/pass|key|secret|token/i.test(name)) parsed.searchParams.set(name, '***');
  }
  return parsed.href;
}
