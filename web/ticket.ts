import { createHmac, timingSafeEqual } from 'node:crypto';
import { newForm, whenMade } from './form.ts';

/**
 * What a browser takes elsewhere and brings back: to the ministry's provider, or to the person's own authenticator. It is
 * made with a secret that this browser alone keeps, so nothing of it has to be kept here, and any process can take what
 * another one has given.
 */

export type Errand = 'provider' | 'passkey' | 'new passkey';

export const ticketMinutes = 10;

/** A ticket that is good for one errand, and for the page to go to afterwards. */
export function newTicket(secret: string, errand: Errand, goesTo: string, now = Date.now()): string {
  const form = newForm(now);
  return [form, Buffer.from(goesTo).toString('base64url'), madeWith(secret, errand, form, goesTo)].join('.');
}

/** Where to go with a ticket that this browser was given, not too long ago; undefined with any other. */
export function ticketGoesTo(
  secret: string | undefined,
  errand: Errand,
  ticket: string | undefined,
  now = Date.now(),
): string | undefined {
  const [form = '', place = '', mac = '', ...more] = (ticket ?? '').split('.');
  const age = now - whenMade(form);
  if (secret === undefined || more.length > 0 || !(age >= -60_000 && age < ticketMinutes * 60_000)) return undefined;
  const goesTo = Buffer.from(place, 'base64url').toString();
  const [right, given] = [Buffer.from(madeWith(secret, errand, form, goesTo)), Buffer.from(mac)];
  return right.length === given.length && timingSafeEqual(right, given) ? goesTo : undefined;
}

/** Something else that belongs to a ticket and that nobody makes without the secret. */
export const besideTicket = (secret: string, what: 'nonce' | 'verifier', ticket: string): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([what, ticket]))
    .digest('base64url');

const madeWith = (secret: string, errand: Errand, form: string, goesTo: string): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['ticket', errand, form, goesTo]))
    .digest('base64url');
