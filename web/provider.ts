import * as openid from 'openid-client';
import type { ProviderSettings } from '../stack/settings.ts';

/** What belongs to one sign-in at the provider; all three are found again by the browser's secret. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Whoever the provider says it is. */
export interface Vouched {
  readonly email: string | undefined;
  /** The provider says that the address is theirs. */
  readonly isVerified: boolean;
}

/** The provider does not answer, or not as one does. */
export class ProviderDownError extends Error {
  override readonly name = 'ProviderDownError';
}

/** The provider did not sign anybody in, or what came back is not what was asked for. */
export class NotVouchedError extends Error {
  override readonly name = 'NotVouchedError';
}

const seconds = 10;
/** For how long what the provider says of itself is believed. */
const freshMs = 3_600_000;

/** The ministry's own OpenID Connect provider: authorization code with PKCE, state and nonce. */
export class Provider {
  readonly name: string;
  private readonly settings: ProviderSettings;
  /** Where it sends people back to. */
  private readonly callback: string;
  private known: { readonly at: number; readonly config: Promise<openid.Configuration> } | undefined;

  constructor(settings: ProviderSettings, callback: string) {
    this.name = settings.name;
    this.settings = settings;
    this.callback = callback;
  }

  /**
   * Where somebody goes to say who they are.
   *
   * @throws {@link ProviderDownError}
   */
  async address({ state, nonce, verifier }: Checks): Promise<string> {
    const config = await this.configuration();
    return openid.buildAuthorizationUrl(config, {
      redirect_uri: this.callback,
      scope: 'openid email',
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).href;
  }

  /**
   * Who has come back.
   *
   * @param query of the address at which they came back
   * @throws {@link ProviderDownError}
   * @throws {@link NotVouchedError}
   */
  async vouched(query: string, { state, nonce, verifier }: Checks): Promise<Vouched> {
    const config = await this.configuration();
    try {
      const tokens = await openid.authorizationCodeGrant(config, new URL(this.callback + query), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new NotVouchedError('There is no ID token.');
      const all = claims.email === undefined ? await this.userInfo(config, tokens.access_token, claims.sub) : claims;
      const { email, email_verified: isVerified } = all;
      return { email: typeof email === 'string' ? email : undefined, isVerified: isVerified === true };
    } catch (error) {
      throw isDown(error) ? new ProviderDownError(said(error)) : new NotVouchedError(said(error));
    }
  }

  /** Many providers say the address there alone. */
  private userInfo(config: openid.Configuration, token: string, subject: string): Promise<openid.UserInfoResponse> {
    if (config.serverMetadata().userinfo_endpoint === undefined)
      throw new NotVouchedError('The ID token names no address, and there is no UserInfo.');
    return openid.fetchUserInfo(config, token, subject);
  }

  private async configuration(): Promise<openid.Configuration> {
    if (!this.known || Date.now() - this.known.at > freshMs) {
      const found = { at: Date.now(), config: this.discovered() };
      this.known = found;
      found.config.catch(() => {
        if (this.known === found) this.known = undefined;
      });
    }
    try {
      return await this.known.config;
    } catch (error) {
      throw new ProviderDownError(said(error));
    }
  }

  private discovered(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const isOverTls = issuer.startsWith('https:');
    // The signature of ID tokens is checked as well, though they come by TLS from the provider itself.
    const execute = [openid.enableNonRepudiationChecks, ...(isOverTls ? [] : [openid.allowInsecureRequests])];
    const [basic, posted] = [openid.ClientSecretBasic(clientSecret), openid.ClientSecretPost(clientSecret)];
    const authentication: openid.ClientAuth = (server, ...rest) => {
      const isPosted = server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') === false;
      return (isPosted ? posted : basic)(server, ...rest);
    };
    return openid.discovery(new URL(issuer), clientId, undefined, authentication, { execute, timeout: seconds });
  }
}

/** Nothing came, or a fault of the server's own; what it refuses is no fault. */
function isDown(error: unknown): boolean {
  if (error instanceof NotVouchedError || error instanceof openid.AuthorizationResponseError) return false;
  if (error instanceof openid.ResponseBodyError) return error.status >= 500;
  if (error instanceof openid.ClientError) return isDown(error.cause) || statusOf(error.cause) >= 500;
  return error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError');
}

const statusOf = (cause: unknown): number => (cause instanceof Response ? cause.status : 0);

/** Codes and sentences of the library, which hold nothing of what was sent. */
const said = (error: unknown): string => {
  const { message, code } = error as Error & { readonly code?: string };
  return code === undefined ? message : `${message} (${code})`;
};
