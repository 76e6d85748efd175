import { isIPv4, isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Nothing from elsewhere, no script but on two pages, no style but ours, and in nobody's frame. */
const policy =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function securityHeaders(c: Context, overTls: boolean): void {
  c.header('content-security-policy', policy);
  c.header('referrer-policy', 'no-referrer');
  c.header('cache-control', 'no-store');
  c.header('x-content-type-options', 'nosniff');
  c.header('x-robots-tag', 'noindex');
  c.header('cross-origin-opener-policy', 'same-origin');
  c.header('cross-origin-resource-policy', 'same-origin');
  if (overTls) c.header('strict-transport-security', 'max-age=31536000');
}

/** On the pages where a passkey is made or asked for, the one script of ours. */
export const withOurScript = (c: Context): void => c.header('content-security-policy', `script-src 'self'; ${policy}`);

/** A page elsewhere can make its own host name lead here (DNS rebinding), but not change the Host header. */
export const isAddressedToUs = (c: Context, host: string): boolean => c.req.header('host')?.toLowerCase() === host;

/** Where pages are at `localhost`, letters of an earlier version, and people, also say the address that it has. */
export const isOurAddress = (c: Context, url: string): boolean => {
  const { hostname, port } = new URL(url);
  return hostname === 'localhost' && c.req.method === 'GET' && isAddressedToUs(c, `127.0.0.1:${port}`);
};

/**
 * Since our pages send no referrer, browsers call their origin "null" even when they send to us; where a form comes from
 * says Sec-Fetch-Site, and the secret in the form besides.
 */
export function isFromOurPages(c: Context, url: string): boolean {
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== 'null') return origin === new URL(url).origin;
  const site = c.req.header('sec-fetch-site');
  return site === undefined || site === 'same-origin';
}

/** The network that asks: behind a proxy, that of the last address that the proxy has added. */
export function whoAsks(c: Context, behindProxy: boolean): string {
  const forwarded = behindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1) : undefined;
  return networkOf(forwarded ?? '') ?? networkOf(getConnInfo(c).remote.address ?? '') ?? 'unknown';
}

/**
 * Of IPv4 an address, of IPv6 its first 64 bits, in which whoever has one has them all; nothing for what is no address.
 * Some proxies add the port.
 */
export function networkOf(given: string): string | undefined {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(given.trim()) ?? [];
  const plain = (bracketed ?? given.trim()).replace(/^([\d.]+):\d+$/, '$1').replace(/^::ffff:(?=[\d.]+$)/i, '');
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return undefined;
  const { hostname } = new URL(`http://[${plain.replace(/%.*$/, '')}]`);
  const [left = '', right] = hostname.slice(1, -1).split('::');
  const groups = left.split(':').filter((group) => group !== '');
  const rest = right === undefined ? [] : right.split(':').filter((group) => group !== '');
  const missing = right === undefined ? 0 : 8 - groups.length - rest.length;
  return [...groups, ...Array<string>(missing).fill('0'), ...rest].slice(0, 4).join(':');
}
