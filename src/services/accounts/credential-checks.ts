/** Settings, secrets and tokens are checked against their platform before anything of them is kept. */
import type { AccountPatch, NewAccount } from '../../contract/schemas/account.ts';
import type { OAuthRequest } from '../../contract/schemas/oauth.ts';
import { MusterError } from '../../domain/errors.ts';
import { PLATFORM_IDS, type PlatformId } from '../../platforms/manifest.ts';
import type { AccessTokens } from '../../platforms/oauth.ts';
import type { Connection, PlatformAdapter } from '../../platforms/platform.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Random } from '../../ports/random.ts';
import type { StoredAccount } from '../../ports/repositories.ts';
import type { Audit, AuditSubject } from '../audit/audit.ts';
import type { CallBudgets } from '../polling/call-budgets.ts';
import type { TokenKeepers, TokenTrial } from '../sign-in/token-keepers.ts';
import { sealRecord, type TokenRecord } from '../sign-in/token-record.ts';
import { REFRESH_TOKEN_KEY, TOKENS_KEY } from '../sign-in/token-vault.ts';
import type { AccountSecrets } from './account-secrets.ts';
import { checkSecrets, parseSettings } from './credentials.ts';
import { type PreparedSignIn, providerOf, requireSameUser } from './prepared-sign-in.ts';
import { probeAccount } from './probe.ts';

/** What the checks need. */
export interface CredentialChecksOptions {
  readonly registry: Readonly<Record<PlatformId, PlatformAdapter>>;
  readonly secrets: AccountSecrets;
  readonly keepers: TokenKeepers;
  readonly audit: Audit;
  readonly budgets: CallBudgets;
  readonly redact: (secret: string) => void;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

type Self = Connection['self'];

/** Checks credentials by signing in with them. */
export class CredentialChecks {
  readonly #options: CredentialChecksOptions;

  constructor(options: CredentialChecksOptions) {
    this.#options = options;
  }

  /** Throws `invalid-request` for a platform that there is not. */
  adapter(platform: string): PlatformAdapter {
    const id = PLATFORM_IDS.find((known) => known === platform);
    if (id) return this.#options.registry[id];
    throw new MusterError('invalid-request', 'Muster has no such platform.', {
      issues: [{ path: 'platform', message: `One of ${PLATFORM_IDS.join(', ')}.` }],
    });
  }

  /** What was pasted for a new account; `secrets` are those to keep, with what a token was renewed to meanwhile. */
  async pasted(id: string, adapter: PlatformAdapter, wanted: NewAccount) {
    const settings = parseSettings(adapter.manifest, wanted.settings);
    checkSecrets(adapter.manifest, wanted.secrets);
    const trial = this.#options.keepers.trial(adapter, settings, wanted.secrets);
    const probing = this.#probe(id, adapter, settings, wanted.secrets, trial.tokens);
    const subject = { id: null, platform: adapter.manifest.id, label: wanted.label ?? null };
    const { self, label } = await this.#telling(probing, subject);
    return { settings, self, label, secrets: { ...wanted.secrets, ...renewedIn(trial) } };
  }

  /** What a sign-in by OAuth needs, before the browser is asked; `record` is the account that is repaired. */
  async prepare(wanted: OAuthRequest, record: StoredAccount | null): Promise<PreparedSignIn> {
    const adapter = this.adapter(wanted.platform);
    const provider = providerOf(adapter);
    if (record && record.platform !== adapter.manifest.id)
      throw new MusterError('conflict', `This account is not one of ${adapter.manifest.name}.`);
    const settings = parseSettings(adapter.manifest, { ...record?.settings, ...wanted.settings });
    const given = wanted.secrets ?? {};
    for (const secret of Object.values(given)) this.#options.redact(secret);
    const stored = record ? await this.#options.secrets.given(record.id, adapter.manifest) : {};
    const secrets = { ...stored, ...given };
    checkSecrets(adapter.manifest, secrets, [provider.accessTokenKey, REFRESH_TOKEN_KEY]);
    const accountId = record?.id ?? null;
    return { adapter, provider, settings, given, secrets, accountId, label: wanted.label ?? null };
  }

  /** The tokens of a sign-in by OAuth; `record` is what to keep of them. */
  async signedIn(id: string, prepared: PreparedSignIn, tokens: TokenRecord) {
    const { adapter, settings, secrets } = prepared;
    const trial = this.#options.keepers.trial(adapter, settings, secrets, tokens);
    const { self, label } = await this.#probe(id, adapter, settings, secrets, trial.tokens);
    return { self, label, record: trial.record() ?? tokens };
  }

  /** What is new about an account; when it holds, its secrets are kept. `selfNow`: who the account is when the check is over. */
  async patched(record: StoredAccount, adapter: PlatformAdapter, patch: AccountPatch, selfNow: () => Self | null) {
    const { keepers, secrets: kept } = this.#options;
    const provider = adapter.oauth;
    const changed = Object.entries({ ...record.settings, ...patch.settings });
    // Null takes a setting back, as elsewhere in the contract.
    const settings = parseSettings(adapter.manifest, Object.fromEntries(changed.filter(([, value]) => value !== null)));
    const secrets = { ...(await kept.given(record.id, adapter.manifest)), ...patch.secrets };
    const tokenKeys = provider ? [provider.accessTokenKey, REFRESH_TOKEN_KEY] : [];
    const pasted = tokenKeys.some((key) => patch.secrets?.[key] !== undefined);
    const keeper = pasted ? null : keepers.keeper(record.id);
    const signedIn = keeper !== null && (await kept.reader(record.id).get(TOKENS_KEY)) !== null;
    checkSecrets(adapter.manifest, secrets, signedIn ? tokenKeys : []);
    const trial = keeper ? null : keepers.trial(adapter, settings, secrets);
    const tokens = keeper ?? trial?.tokens ?? keepers.of(record, kept.reader(record.id));
    const probe = () => this.#probe(record.id, adapter, settings, secrets, tokens);
    // The account's own keeper goes on keeping its tokens: two would use up a token that works once.
    const probing = keeper ? keeper.trying(settings, secrets.clientSecret ?? null, probe) : probe();
    const { self } = await this.#telling(probing, record);
    requireSameUser(selfNow(), self);
    if (patch.secrets) await this.#replace(record, patch.secrets, pasted ? trial : null);
    return { settings, self };
  }

  /** Writes other tokens while none of the old ones is renewed. */
  async replaceTokens(accountId: string, write: () => Promise<void>): Promise<void> {
    const keeper = this.#options.keepers.keeper(accountId);
    if (keeper) await keeper.replace(write);
    else await write();
  }

  /** `trial`: of pasted tokens, which take the place of those that a sign-in gave. */
  async #replace(record: StoredAccount, secrets: Readonly<Record<string, string>>, trial: TokenTrial | null) {
    const { secrets: kept, audit } = this.#options;
    if (trial === null) await kept.write(record.id, secrets);
    else {
      const written = { ...secrets, [TOKENS_KEY]: null, ...renewedIn(trial) };
      await this.replaceTokens(record.id, () => kept.write(record.id, written));
    }
    audit.record('secrets-replaced', 'Secrets were replaced by hand.', record);
  }

  /** A refusal of what was entered by hand goes into the audit trail. */
  async #telling<T>(probing: Promise<T>, subject: AuditSubject): Promise<T> {
    try {
      return await probing;
    } catch (thrown) {
      if (thrown instanceof MusterError && thrown.retry === 'reauth')
        this.#options.audit.record('sign-in-failed', thrown.message, subject);
      throw thrown;
    }
  }

  #probe(
    id: string,
    adapter: PlatformAdapter,
    settings: unknown,
    secrets: Readonly<Record<string, string>>,
    tokens: AccessTokens,
  ) {
    for (const secret of Object.values(secrets)) this.#options.redact(secret);
    const budgets = this.#options.budgets.of(id);
    return probeAccount(adapter, settings, secrets, tokens, { ...this.#options, accountId: id, budgets });
  }
}

/** What a trial renewed must be kept: the pasted token works no more. */
function renewedIn(trial: TokenTrial): Record<string, string> {
  const record = trial.record();
  return record && record.generation > 0 ? { [TOKENS_KEY]: sealRecord(record) } : {};
}
