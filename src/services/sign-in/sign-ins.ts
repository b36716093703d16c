/** Sign-ins by OAuth: a page for the browser to come back to, or a code to type elsewhere; what comes of it becomes an account. */
import type { OAuthFlow, OAuthRequest, OAuthStart } from '../../contract/schemas/oauth.ts';
import { MusterError } from '../../domain/errors.ts';
import { addMs, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { AuthorizationRequest, OAuthApp, OAuthClient, OAuthTokens } from '../../ports/oauth-client.ts';
import type { RedirectListener } from '../../ports/oauth-redirect.ts';
import type { Random } from '../../ports/random.ts';
import { sleep } from '../../ports/sleep.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { PreparedSignIn } from '../accounts/prepared-sign-in.ts';
import { atMost } from '../accounts/within.ts';
import type { Audit, AuditSubject } from '../audit/audit.ts';
import { iso } from '../iso.ts';
import { type Flow, failureOf, flowView } from './flow.ts';
import { oauthAppOf } from './oauth-app.ts';
import { inWords, missingPermissions } from './scopes.ts';
import { nextRecord } from './token-record.ts';

/** How long the browser may take. */
const FLOW_MS = 10 * MINUTE_MS;
/** How long it is known how a sign-in went. */
const REMEMBERED_MS = 30 * MINUTE_MS;
/** Sign-ins that may wait at the same time. */
const MOST_PENDING = 10;
/** Answers that belong to no sign-in, by sign-in, of which the audit trail tells: any page can bring thousands. */
const MOST_STRAYS_TOLD = 3;
/** How long tokens that are not used may take to be ended. */
const REVOKE_MS = 5 * SECOND_MS;

/** What sign-ins need. */
export interface SignInsOptions {
  readonly accounts: Accounts;
  readonly oauth: OAuthClient;
  readonly redirects: RedirectListener;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly redact: (secret: string, passing: boolean) => void;
}

/** Begins sign-ins and knows how they went. */
export class SignIns {
  readonly #options: SignInsOptions;
  readonly #flows = new Map<string, Flow>();

  constructor(options: SignInsOptions) {
    this.#options = options;
  }

  /**
   * Throws `unsupported`, `invalid-settings`, `not-found`, `conflict` (no port is free), `rate-limited` (too many wait), or the
   * platform's reason for giving no device code.
   */
  async begin(request: OAuthRequest): Promise<OAuthStart> {
    const { accounts, clock, random } = this.#options;
    this.#sweep();
    const wanted = await accounts.prepareSignIn(request);
    const app = oauthAppOf(wanted.provider, wanted.settings, wanted.secrets.clientSecret ?? null);
    if (!app) {
      throw new MusterError('invalid-settings', 'Signing in needs your own app registration.', {
        issues: [{ path: 'settings.clientId', message: 'It is needed to sign in.' }],
      });
    }
    if ([...this.#flows.values()].filter(({ outcome }) => outcome.state === 'pending').length >= MOST_PENDING)
      throw new MusterError('rate-limited', 'Too many sign-ins wait for their browser. Finish or cancel one.');
    const flow: Flow = {
      id: random.id('flow'),
      wanted,
      expiresAt: addMs(clock.now(), FLOW_MS),
      abort: new AbortController(),
      close: () => undefined,
      strays: 0,
      outcome: { state: 'pending' },
    };
    return request.method === 'device' ? this.#beginDevice(flow, app) : this.#beginBrowser(flow, app);
  }

  /** Throws `not-found`. */
  status(flowId: string): OAuthFlow {
    this.#sweep();
    return flowView(this.#flow(flowId));
  }

  /** Throws `not-found`. */
  cancel(flowId: string): void {
    const flow = this.#flow(flowId);
    this.#flows.delete(flowId);
    if (flow.outcome.state === 'pending')
      this.#options.audit.record('sign-in-failed', 'The sign-in was given up.', this.#subject(flow));
    this.#end(flow);
  }

  stop(): void {
    for (const flow of this.#flows.values()) this.#end(flow);
    this.#flows.clear();
  }

  async #beginBrowser(flow: Flow, app: OAuthApp): Promise<OAuthStart> {
    const { oauth, redirects } = this.#options;
    const { wanted } = flow;
    const landing = Promise.withResolvers<URL>();
    let state: string | null = null;
    const page = await redirects.open(wanted.provider.redirect, (url) => {
      // Any page of the browser can call here: only what knows the state, which nobody can guess, ends the waiting.
      const ours = state !== null && url.searchParams.getAll('state').join() === state;
      if (ours) landing.resolve(url);
      else this.#stray(flow);
      return ours;
    });
    try {
      const pending = await oauth.authorize(app, requestOf(wanted, page.redirectUri));
      state = pending.state;
      for (const secret of [pending.verifier, pending.state, pending.nonce])
        if (secret) this.#options.redact(secret, true);
      this.#wait(flow, () => page.close());
      void landing.promise
        .then(async (url) => {
          page.close();
          const code = url.searchParams.get('code');
          if (code) this.#options.redact(code, true);
          await this.#finish(flow, app, await oauth.exchange(app, pending, url, flow.abort.signal));
        })
        .catch((thrown: unknown) => this.#fail(flow, thrown));
      return { flowId: flow.id, authorizationUrl: pending.url.href, userCode: null, expiresAt: iso(flow.expiresAt) };
    } catch (thrown) {
      page.close();
      throw thrown;
    }
  }

  async #beginDevice(flow: Flow, app: OAuthApp): Promise<OAuthStart> {
    const { oauth, clock } = this.#options;
    if (app.server.deviceAuthorization === null)
      throw new MusterError('unsupported', 'This platform gives no code to type on another page. Sign in by browser.');
    const wait = await oauth.authorizeDevice(app, requestOf(flow.wanted, ''), flow.abort.signal);
    this.#options.redact(wait.deviceCode, true);
    const given = addMs(clock.now(), wait.expiresInSeconds * SECOND_MS);
    const expiresAt = given < flow.expiresAt ? given : flow.expiresAt;
    this.#wait({ ...flow, expiresAt }, () => undefined);
    const kept = this.#flow(flow.id);
    void this.#askDevice(kept, app, wait.deviceCode, wait.intervalSeconds).catch((thrown: unknown) =>
      this.#fail(kept, thrown),
    );
    const authorizationUrl = wait.verificationUriComplete ?? wait.verificationUri;
    return { flowId: flow.id, authorizationUrl, userCode: wait.userCode, expiresAt: iso(expiresAt) };
  }

  async #askDevice(flow: Flow, app: OAuthApp, deviceCode: string, intervalSeconds: number): Promise<void> {
    const { oauth, clock } = this.#options;
    for (let seconds = intervalSeconds; ; ) {
      await sleep(clock, seconds * SECOND_MS, flow.abort.signal);
      const answer = await oauth.askDevice(app, deviceCode, flow.abort.signal).catch((thrown: unknown) => {
        // RFC 8628, 3.5: without an answer, less often.
        if (thrown instanceof MusterError && thrown.retry === 'later') return 'slow-down' as const;
        throw thrown;
      });
      if (typeof answer === 'object') return this.#finish(flow, app, answer);
      if (answer === 'slow-down') seconds += 5;
    }
  }

  async #finish(flow: Flow, app: OAuthApp, tokens: OAuthTokens): Promise<void> {
    const { accounts, clock, redact } = this.#options;
    const { wanted } = flow;
    for (const token of [tokens.accessToken, tokens.refreshToken]) if (token) redact(token, true);
    try {
      flow.abort.signal.throwIfAborted();
      this.#requireScopes(wanted, tokens);
      const asked = wanted.provider.scopes(wanted.settings);
      const record = nextRecord(null, tokens, wanted.provider, clock.now(), asked);
      const account = await accounts.signIn(wanted, record);
      this.#end(flow, { state: 'done', accountId: account.id });
    } catch (thrown) {
      await this.#discard(wanted, app, tokens);
      throw thrown;
    }
  }

  #requireScopes({ adapter, provider, settings }: PreparedSignIn, tokens: OAuthTokens): void {
    const missing = missingPermissions(adapter.manifest, provider, settings, tokens.scopes).filter(
      ({ required }) => required,
    );
    if (missing.length === 0) return;
    throw new MusterError(
      'missing-scope',
      `${adapter.manifest.name} did not permit what Muster cannot do without: ${inWords(missing)}. Sign in again and leave it ticked, or add it to your app.`,
    );
  }

  /** Ends tokens that nobody will use. Not where an account of the platform is here: some end everything of the user along with them. */
  async #discard(wanted: PreparedSignIn, app: OAuthApp, tokens: OAuthTokens): Promise<void> {
    const { accounts, oauth, clock } = this.#options;
    if (accounts.list().some(({ platform }) => platform === wanted.adapter.manifest.id)) return;
    const ended = tokens.refreshToken
      ? oauth.revoke(app, tokens.refreshToken, 'refresh_token')
      : oauth.revoke(app, tokens.accessToken, 'access_token');
    await atMost(clock, REVOKE_MS, ended);
  }

  #wait(flow: Flow, close: () => void): void {
    const { clock } = this.#options;
    const dispose = clock.at(flow.expiresAt, () =>
      this.#fail(
        flow,
        new MusterError('credentials-refused', 'Nobody came back from the browser in time. Begin again.', {
          params: { oauth: 'expired_token' },
        }),
      ),
    );
    flow.close = () => {
      dispose();
      close();
    };
    this.#flows.set(flow.id, flow);
  }

  /** An answer came that belongs to another sign-in, or to none: nothing is exchanged, and this one waits on. */
  #stray(flow: Flow): void {
    flow.strays += 1;
    if (flow.strays > MOST_STRAYS_TOLD) return;
    const { audit, logger } = this.#options;
    logger.warn('an answer belongs to no sign-in', { platform: flow.wanted.adapter.manifest.id });
    audit.record(
      'sign-in-answer-refused',
      `An answer came that does not belong to this sign-in. It was not used; the sign-in waits on.${flow.strays === MOST_STRAYS_TOLD ? ' Further ones are not listed.' : ''}`,
      this.#subject(flow),
    );
  }

  #fail(flow: Flow, thrown: unknown): void {
    if (flow.outcome.state !== 'pending' || flow.abort.signal.aborted) return;
    const { audit, logger } = this.#options;
    const failure = failureOf(thrown);
    logger.warn('a sign-in failed', { platform: flow.wanted.adapter.manifest.id, code: failure.code });
    audit.record('sign-in-failed', failure.reason, this.#subject(flow));
    this.#end(flow, { state: 'failed', ...failure });
  }

  #subject({ wanted: { adapter, accountId, label } }: Flow): AuditSubject {
    const known = accountId === null ? null : this.#options.accounts.record(accountId);
    return known ?? { id: null, platform: adapter.manifest.id, label };
  }

  #end(flow: Flow, outcome: Flow['outcome'] | null = null): void {
    if (outcome) flow.outcome = outcome;
    flow.close();
    if (outcome?.state !== 'done') flow.abort.abort(new MusterError('cancelled', 'The sign-in was given up.'));
  }

  #flow(flowId: string): Flow {
    const flow = this.#flows.get(flowId);
    if (!flow) throw new MusterError('not-found', 'There is no such sign-in any more. Begin again.');
    return flow;
  }

  #sweep(): void {
    const now = this.#options.clock.now();
    for (const flow of this.#flows.values())
      if (flow.outcome.state !== 'pending' && addMs(flow.expiresAt, REMEMBERED_MS) < now) this.#flows.delete(flow.id);
  }
}

function requestOf({ provider, settings }: PreparedSignIn, redirectUri: string): AuthorizationRequest {
  return {
    redirectUri,
    scopes: provider.scopes(settings),
    scopeParameter: provider.scopeParameter,
    scopeSeparator: provider.scopeSeparator,
    parameters: provider.authorizationParameters,
  };
}
