import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Nothing from elsewhere, no script at all, no style but ours, and in nobody's frame. */
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

/** A page elsewhere can make its own host name lead here (DNS rebinding), but not change the Host header. */
export const isAddressedToUs = (c: Context, host: string): boolean => c.req.header('host')?.toLowerCase() === host;

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

/** The network address that asks: behind a proxy, the last one that the proxy has added. */
export function whoAsks(c: Context, behindProxy: boolean): string {
  const forwarded = behindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded || getConnInfo(c).remote.address || 'unknown';
}
