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
