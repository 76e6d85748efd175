import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Provider } from 'oidc-provider';
import { freePort } from '../../stack/ports.ts';

/** A ministry's own OpenID Connect provider that signs in whoever a test says, without a page of its own. */
export interface OpenIdProvider {
  readonly issuer: string;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  /** Whoever sits before the browser. */
  who: { readonly email?: string; readonly email_verified?: boolean };
  /** What becomes of the claims of an ID token, and who signs it, before it goes out. */
  forge: Forgery | undefined;
  stop(): Promise<void>;
}

export interface Forgery {
  readonly claims?: Readonly<Record<string, unknown>>;
  /** By a key of somebody else. */
  readonly isForeign?: boolean;
}

const clientSecret = 'a-secret-of-the-client-in-a-test';

/** @param certificate of an authority of one's own, with which it goes over TLS */
export async function startOpenIdProvider(
  callback: string,
  certificate?: { readonly key: string; readonly cert: string },
): Promise<OpenIdProvider> {
  const port = await freePort();
  const issuer = `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`;
  const [own, foreign] = [newKey(), newKey()];
  const state: OpenIdProvider = {
    issuer,
    client: { clientId: 'entente', clientSecret },
    who: {},
    forge: undefined,
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'entente', client_secret: clientSecret, redirect_uris: [callback] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['of-a-test'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...state.who }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    jwks: { keys: [{ ...own.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'RS256' }] },
    async loadExistingGrant({ oidc: { client, session } }) {
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (ctx, next) => {
    if (ctx.path.startsWith('/interaction/')) {
      ctx.respond = false;
      return provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: 'whoever' } });
    }
    await next();
    const { body } = ctx as { body: unknown };
    const { forge } = state;
    if (forge && typeof body === 'object' && body !== null && 'id_token' in body)
      ctx.body = { ...body, id_token: forged(String(body.id_token), forge, forge.isForeign ? foreign : own) };
  });
  const answered = provider.callback();
  const handler: RequestListener = (request, response) => void answered(request, response);
  const server = certificate ? createTlsServer(certificate, handler) : createServer(handler);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return state;
}

const newKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

function forged(token: string, { claims }: Forgery, key: KeyObject): string {
  const [head = '', body = ''] = token.split('.');
  const changed = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), ...claims };
  const signed = `${head}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}`;
  return `${signed}.${createSign('sha256').update(signed).sign(key, 'base64url')}`;
}
