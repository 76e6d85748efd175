import { redacted } from './redacted.ts';
import { webFault } from './settings-faults.ts';

/** The ministry's own OpenID Connect provider, by which people sign in at the pages. */
export type ProviderSettings = Readonly<{
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** As people know it. */
  name: string;
}>;

const needed = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;

/** Faults are added to `faults`; nothing when none of its variables is set. */
export function readProvider(env: NodeJS.ProcessEnv, faults: string[]): { provider?: ProviderSettings } {
  const missing = needed.filter((name) => !env[name]);
  if (missing.length === needed.length && !env.OIDC_NAME) return {};
  for (const name of missing) faults.push(`${name} is not set; to sign in by a provider takes ${needed.join(', ')}.`);
  const [issuer = '', clientId = '', clientSecret = ''] = needed.map((name) => env[name] ?? '');
  const wrong = issuer === '' ? undefined : (webFault(issuer) ?? issuerFault(new URL(issuer)));
  if (wrong) faults.push(`OIDC_ISSUER (an environment variable) ${wrong}`);
  if (missing.length > 0 || wrong) return {};
  const provider = { issuer, clientId, clientSecret, name: env.OIDC_NAME || new URL(issuer).host };
  return { provider: redacted(provider, { ...provider, clientSecret: '***' }) };
}

function issuerFault({ protocol, hostname, search, hash, username }: URL): string | undefined {
  if (search || hash || username) return 'has more than a host and a path in it; it is what the provider calls itself.';
  const isOurs = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return protocol === 'https:' || isOurs ? undefined : 'is not https; whoever stands between could sign in as anybody.';
}
