/** What may go to another machine without TLS, because somebody has said so outright. */
export type ClearText = ReadonlySet<Service>;

const services = ['smtp', 'postgres', 'temporal'] as const;
type Service = (typeof services)[number];

/** Reads `ENTENTE_CLEAR_TEXT`, like `smtp,temporal`. Faults are added to `faults`. */
export function readClearText(env: NodeJS.ProcessEnv, faults: string[]): ClearText {
  const named = (env.ENTENTE_CLEAR_TEXT ?? '').split(',').flatMap((name) => name.trim() || []);
  const unknown = named.filter((name) => !services.includes(name as Service));
  if (unknown.length > 0)
    faults.push(
      `ENTENTE_CLEAR_TEXT (an environment variable) names ${unknown.join(', ')}; it takes ${services.join(', ')}, with commas between them.`,
    );
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    faults.push(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 has every certificate believed; unset it, and name a certificate authority of yours in NODE_EXTRA_CA_CERTS.',
    );
  return new Set(named as Service[]);
}

/** How what goes to a service is kept from others. */
export type Wire = 'on this machine' | 'over TLS, verified' | 'in clear text';

/** This machine by any of its names; without a host, or with a folder as host, Postgres is asked over a socket file. */
const isLoopback = (host: string): boolean =>
  host === '' || host.startsWith('/') || /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)\.?$/i.test(host);

const wire = (isHere: boolean, hasTls: boolean): Wire =>
  isHere ? 'on this machine' : hasTls ? 'over TLS, verified' : 'in clear text';

/** What libpq calls `require` is verified by the driver, unless it is told to do as libpq does. */
const verified = ['verify-full', 'require'];

export function databaseWire(databaseUrl: string): Wire {
  const { hostname, searchParams } = new URL(databaseUrl);
  const hosts = (searchParams.get('host') ?? decodeURIComponent(hostname)).split(',');
  const asks = searchParams.get('ssl') === 'true' || verified.includes(searchParams.get('sslmode') ?? '');
  return wire(hosts.every(isLoopback), asks && !searchParams.has('uselibpqcompat'));
}

export const databaseClearTextFault = (databaseUrl: string): string | undefined =>
  databaseWire(databaseUrl) === 'in clear text'
    ? 'goes to another machine without TLS that is verified; add sslmode=verify-full to it (and sslrootcert=FILE for a certificate authority of yours), or allow clear text: ENTENTE_CLEAR_TEXT=postgres.'
    : undefined;

export function smtpWire(smtpUrl: string): Wire {
  const { protocol, hostname, searchParams } = new URL(smtpUrl);
  return wire(isLoopback(hostname), protocol === 'smtps:' || searchParams.get('requireTLS') === 'true');
}

export function smtpClearTextFault(smtpUrl: string): string | undefined {
  const { hostname, searchParams } = new URL(smtpUrl);
  const refusesTls = searchParams.get('ignoreTLS') === 'true' || searchParams.get('requireTLS') === 'false';
  if (isLoopback(hostname) || !refusesTls) return undefined;
  return 'goes to another machine and does without TLS (ignoreTLS or requireTLS); take that away, or allow clear text: ENTENTE_CLEAR_TEXT=smtp.';
}

/** Where a relay only offers TLS, whoever sits in between can take the offer away. */
export function withTlsRequired(smtpUrl: string): string {
  if (!URL.canParse(smtpUrl) || smtpWire(smtpUrl) !== 'in clear text') return smtpUrl;
  const url = new URL(smtpUrl);
  url.searchParams.set('requireTLS', 'true');
  return url.href;
}

export const temporalWire = (address: string, tls: unknown): Wire =>
  wire(isLoopback(address.replace(/:\d+$/, '')), Boolean(tls));

export const temporalClearTextFault = (address: string, tls: unknown): string | undefined =>
  temporalWire(address, tls) === 'in clear text'
    ? 'is on another machine, and TLS is off; set TEMPORAL_TLS=true (and TEMPORAL_TLS_SERVER_CA_CERT_PATH for a certificate authority of yours), or allow clear text: ENTENTE_CLEAR_TEXT=temporal.'
    : undefined;
