import { z } from 'zod';
import { MusterError } from '../../../src/domain/errors.ts';
import type { PlatformManifest } from '../../../src/platforms/manifest.ts';
import type { OAuthProvider } from '../../../src/platforms/oauth.ts';
import type { AdapterContext, Connection, PlatformAdapter } from '../../../src/platforms/platform.ts';
import { CLIENT_ID, endpointsOf } from '../../support/oidc-provider.ts';
import { FakePlatform } from '../support/fake-platform.ts';

/** A platform whose sign-in is a real OpenID provider, and whose one call asks that provider whose token it is. */
export class OAuthPlatform implements PlatformAdapter {
  readonly manifest: PlatformManifest;
  readonly oauth: OAuthProvider;
  /** Contexts of the sessions, in order; probes left out. */
  readonly contexts: AdapterContext[] = [];
  scopes: readonly string[] = ['openid', 'offline_access', 'presence.read'];
  readonly #issuer: string;

  constructor(issuer: string) {
    this.#issuer = issuer;
    const base = new FakePlatform().manifest;
    this.manifest = {
      ...base,
      auth: ['oauth', 'token'],
      settings: z.strictObject({ clientId: z.string().default(CLIENT_ID) }),
      secrets: [
        { key: 'token', title: 'Token', description: '', required: true },
        { key: 'refreshToken', title: 'Refresh token', description: '', required: false },
        { key: 'clientSecret', title: 'Client secret', description: '', required: false },
      ],
      signIn: {
        ...base.signIn,
        permissions: [
          { scope: 'presence.read', required: true, purpose: 'To see who is around.' },
          { scope: 'presence.admin', required: true, purpose: 'To see everybody.' },
          { scope: 'presence.extra', required: false, purpose: 'To see more.' },
        ],
      },
    };
    this.oauth = {
      endpoints: () => endpointsOf(issuer),
      clientId: () => CLIENT_ID,
      clientSecret: 'never',
      clientAuth: 'post',
      scopes: () => this.scopes,
      scopeParameter: 'scope',
      scopeSeparator: ' ',
      authorizationParameters: { prompt: 'consent' },
      redirect: { host: '127.0.0.1', path: '/callback', ports: 'any' },
      openId: true,
      accessTokenKey: 'token',
      lifetimes: { accessSeconds: 3600, refreshDays: 60, refreshSlides: true, announceDays: 7 },
    };
  }

  get live(): AdapterContext {
    const context = this.contexts.at(-1);
    if (!context) throw new Error('nobody is connected');
    return context;
  }

  /** The platform's one call: whose token is it? A refused token is tried once more, as adapters do. */
  async whoAmI(context: AdapterContext): Promise<string> {
    for (const lastTry of [false, true]) {
      const token = await context.tokens.current();
      const response = await context.http.fetch(`${this.#issuer}/me`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (response.ok) return z.object({ sub: z.string() }).parse(await response.json()).sub;
      context.tokens.refused(token);
      if (lastTry) throw new MusterError('token-revoked', 'The platform refused the token.');
    }
    throw new Error('not reached');
  }

  async connect(context: AdapterContext): Promise<Connection> {
    const userId = await this.whoAmI(context);
    if (!context.isOptedOut('anybody')) this.contexts.push(context);
    return {
      self: { userId, displayName: userId },
      notices: [],
      chatUrl: () => null,
      verify: async () => {
        const found = await this.whoAmI(context);
        if (found !== userId) throw new MusterError('protocol-error', 'somebody else');
      },
      close: async () => undefined,
    };
  }
}
