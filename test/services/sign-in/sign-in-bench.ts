import { join } from 'node:path';
import type { AuditEntryView } from '../../../src/contract/index.ts';
import { MusterError } from '../../../src/domain/errors.ts';
import { SystemClock } from '../../../src/infra/clock/system-clock.ts';
import { httpClient } from '../../../src/infra/http/http-client.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import { openVault } from '../../../src/infra/keychain/vault-store.ts';
import { pinoLogger } from '../../../src/infra/logging/pino-logger.ts';
import { Redactor } from '../../../src/infra/logging/redactor.ts';
import { registry } from '../../../src/platforms/registry.ts';
import type { HttpClient } from '../../../src/ports/http-client.ts';
import type { SecretStore } from '../../../src/ports/secret-store.ts';
import { CLIENT_ID, HeadlessBrowser, startProvider, type TestProvider } from '../../support/oidc-provider.ts';
import { newHome, startCore, type TestCore, until } from '../support/core.ts';
import { OAuthPlatform } from './oauth-platform.ts';
import { VAULT_KEY } from './vault-of-tests.ts';

const cores: TestCore[] = [];
const providers: TestProvider[] = [];

/** For `afterEach`. */
export async function endSignIns(): Promise<void> {
  for (const core of cores.splice(0)) await core.stop();
  for (const provider of providers.splice(0)) await provider.close();
}

/** A core with a platform that signs in at a certified provider; over restarts on one home and one place for secrets. */
export async function signInBench(options: { vault?: boolean } = {}) {
  const provider = await startProvider();
  providers.push(provider);
  const platform = new OAuthPlatform(provider.issuer);
  const home = newHome();
  const kept = options.vault ? openVault(join(home, 'vault.json'), VAULT_KEY) : memoryStore();
  /** Errors of the next writes of tokens. */
  const refusals: Error[] = [];
  const secretStore: SecretStore = {
    ...kept,
    set: async (name, value) => {
      const refusal = name.endsWith('/tokens') ? refusals.shift() : undefined;
      if (refusal) throw refusal;
      await kept.set(name, value);
    },
  };
  const clock = new SystemClock();
  /** Everything that the provider ever gave out or was given: nothing of it may be found anywhere. */
  const secrets: Record<string, string> = {};
  const note = (kind: string, text: string | null | undefined) => {
    if (text && text.length > 8 && !Object.values(secrets).includes(text))
      secrets[`${kind} ${Object.keys(secrets).length}`] = text;
  };
  const real = httpClient(clock);
  let offline = false;
  const http: HttpClient = {
    fetch: async (input, init) => {
      if (offline) throw new MusterError('platform-unreachable', 'no network');
      const sent = new URLSearchParams(String(init?.body ?? ''));
      for (const name of ['code', 'code_verifier', 'refresh_token', 'token']) note(name, sent.get(name));
      const response = await real.fetch(input, init);
      if (String(input).endsWith('/device/auth')) {
        // No test waits five seconds to ask again.
        const started: object = await response.json();
        return Response.json({ ...started, interval: 0.05 });
      }
      if (!String(input).endsWith('/token')) return response;
      const text = await response.text();
      const answer: Record<string, unknown> = JSON.parse(text);
      for (const name of ['access_token', 'refresh_token', 'id_token'])
        if (typeof answer[name] === 'string') note(name, answer[name]);
      return new Response(text, { status: response.status, headers: response.headers });
    },
  };
  const redactor = new Redactor();
  const events: unknown[] = [];
  const start = () => {
    const core = startCore({
      clock,
      home,
      secretStore,
      http,
      registry: { ...registry, slack: platform },
      logger: pinoLogger({ home, redactor, level: 'debug' }),
      redact: (secret, passing) => redactor.add(secret, passing),
    });
    core.muster.events.subscribe((event) => events.push(event));
    cores.push(core);
    return core;
  };
  let core = start();
  /** Another process on the same home. */
  const restart = async () => {
    await core.stop();
    core = start();
    return core;
  };
  const begin = (more: { accountId?: string; method?: 'browser' | 'device'; label?: string } = {}) =>
    core.muster.signIns.begin({ platform: 'slack', settings: {}, method: 'browser', ...more });
  const flow = (flowId: string) =>
    until('the sign-in ends', () => {
      const view = core.muster.signIns.status(flowId);
      return view.state !== 'pending' && view;
    });
  /** From the button to the end; `spoil` changes the address that the browser comes back to. */
  const signIn = async (
    more: Parameters<typeof begin>[0] & {
      login?: string;
      decision?: 'grant' | 'deny';
      spoil?: (url: URL) => void;
    } = {},
  ) => {
    const { login = 'ada', decision = 'grant', spoil = () => undefined, ...request } = more;
    const { flowId, authorizationUrl } = await begin(request);
    const landed = await new HeadlessBrowser(login).signIn(authorizationUrl, decision);
    note('state', landed.searchParams.get('state'));
    spoil(landed);
    await fetch(landed);
    return { ...(await flow(flowId)), landed };
  };
  const connected = (accountId: string) =>
    until('the account is connected', () => core.muster.accounts.get(accountId).state === 'connected');
  const account = async () => {
    const { accountId, state, reason } = await signIn();
    if (state !== 'done' || accountId === null) throw new Error(reason ?? 'the sign-in failed');
    await connected(accountId);
    return accountId;
  };
  const audit = (of: TestCore = core): AuditEntryView[] => of.muster.audit.list();
  const introspect = async (token: string) => {
    const body = new URLSearchParams({ token, client_id: CLIENT_ID });
    const response = await fetch(`${provider.issuer}/token/introspection`, { method: 'POST', body });
    return ((await response.json()) as { active: boolean }).active;
  };
  return {
    provider,
    platform,
    secretStore,
    refusals,
    secrets,
    home,
    events,
    get core() {
      return core;
    },
    get muster() {
      return core.muster;
    },
    set offline(now: boolean) {
      offline = now;
    },
    restart,
    begin,
    flow,
    signIn,
    connected,
    account,
    audit,
    introspect,
  };
}
