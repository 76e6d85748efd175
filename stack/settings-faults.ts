import { createPrivateKey } from 'node:crypto';

// What can be wrong with one setting. Each function answers with the end of a sentence, or undefined.
// None of them repeats the value it was given: it may hold a password.

const CONTROL = /\p{Cc}/u;
const HAS_CONTROL = 'has a line break or another control character in it; write it on one line.';

/** SMTP options that cannot make mail go twice, or its password appear in a log. */
const SMTP_OPTIONS = new Set(['requireTLS', 'ignoreTLS', 'name', 'authMethod']);

function urlFault(value: string, schemes: readonly string[], example: string): string | undefined {
  if (CONTROL.test(value)) return HAS_CONTROL;
  if (!URL.canParse(value)) return `is not a URL; it should look like ${example}.`;
  const url = new URL(value);
  if (!schemes.includes(url.protocol)) {
    return `begins with "${url.protocol}" and should begin with ${schemes.map((s) => `"${s}"`).join(' or ')}, like ${example}.`;
  }
  try {
    decodeURIComponent(url.username + url.password + url.pathname);
  } catch {
    return 'has a "%" that is no percent-encoding; write a "%" in a name or a password as %25.';
  }
  if (url.port === '0') return 'has port 0, which no service listens on; name the real port.';
  return undefined;
}

export function databaseFault(value: string): string | undefined {
  const example = 'postgres://user:password@db.example.org:5432/entente';
  const fault = urlFault(value, ['postgres:', 'postgresql:'], example);
  if (fault) return fault;
  const url = new URL(value);
  if (!url.hostname && !url.searchParams.get('host')) return `names no host; it should look like ${example}.`;
  if (url.pathname.length < 2) return `names no database; it should end in one, like ${example}.`;
  return undefined;
}

export function smtpFault(value: string): string | undefined {
  const example = 'smtp://user:password@mail.example.org:587';
  const fault = urlFault(value, ['smtp:', 'smtps:'], example);
  if (fault) return fault;
  const url = new URL(value);
  if (!url.hostname) return `names no host; it should look like ${example}.`;
  const unknown = [...url.searchParams.keys()].filter((name) => !SMTP_OPTIONS.has(name));
  if (unknown.length > 0) {
    return `has options that are not known here (${unknown.join(', ')}); known are ${[...SMTP_OPTIONS].join(', ')}.`;
  }
  return undefined;
}

export const webFault = (value: string): string | undefined =>
  urlFault(value, ['http:', 'https:'], 'https://temporal.example.org');

/** A Temporal address is host:port, not a URL. */
export function addressFault(value: string): string | undefined {
  if (CONTROL.test(value)) return HAS_CONTROL;
  if (value.includes('://')) return 'is a URL; write host:port only, like temporal.example.org:7233.';
  const port = /^(?:\[[0-9a-f:.]+\]|[^\s:/@]+):(\d{1,5})$/i.exec(value)?.[1];
  if (port === undefined) return 'is not host:port, like temporal.example.org:7233.';
  if (Number(port) < 1 || Number(port) > 65_535) return 'has a port that is not between 1 and 65535.';
  return undefined;
}

const MAILBOX = /^[^\s@<>()[\]\\,;:"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;

/** One address, with or without a name: `Entente <entente@example.org>`. */
export function senderFault(value: string): string | undefined {
  if (CONTROL.test(value)) return HAS_CONTROL;
  const named = /^([^<>@,;]*)<([^<>]+)>$/.exec(value.trim());
  const address = named?.[2] ?? value.trim();
  if (MAILBOX.test(address) && address.length <= 254) return undefined;
  return 'is not one mail address, like entente@example.org or Entente <entente@example.org>.';
}

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;

/** The domain of a DKIM signature: receivers count it only for senders in that domain or below it (RFC 7489, 3.1.1). */
export function domainFault(value: string, sender: string): string | undefined {
  if (CONTROL.test(value)) return HAS_CONTROL;
  if (!DOMAIN.test(value) || value.length > 253) return 'is no domain, like example.org.';
  if (sender === value || sender.endsWith(`.${value}`) || !sender) return undefined;
  return `is not the domain of the sender (${sender}) or one above it; receivers would not count the signature.`;
}

export const selectorFault = (value: string): string | undefined =>
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(value)
    ? undefined
    : 'is no DKIM selector: letters, digits and "-", like entente2026.';

/** RFC 8301, 3.2: verifiers refuse keys of fewer than 1024 bits. */
const LEAST_BITS = 1024;

export function dkimKeyFault(pem: string): string | undefined {
  if (/ENCRYPTED/.test(pem))
    return 'names a key under a passphrase; take the passphrase off (openssl pkey -in … -out …).';
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'rsa')
      return `names a key of type ${key.asymmetricKeyType}; mail is signed with an RSA key (openssl genrsa -out … 2048).`;
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return bits < LEAST_BITS ? `names a key of ${bits} bits, which receivers refuse; make one of 2048.` : undefined;
  } catch {
    return 'names a file that holds no private key in PEM; make one with: openssl genrsa -out … 2048.';
  }
}

/** Messages per second. */
export const rateFault = (value: string): string | undefined =>
  /^\d{1,4}(\.\d{1,3})?$/.test(value) && Number(value) >= 0.01 && Number(value) <= 1000
    ? undefined
    : 'is no number of messages per second from 0.01 to 1000, like 10 or 0.5.';

/** Of cases in memory: one that runs needs room beside those that wait. */
export const countFault = (value: string): string | undefined =>
  /^\d{1,6}$/.test(value) && Number(value) >= 2 ? undefined : 'is no number of cases from 2 to 999999, like 500.';
