import { z } from 'zod';
import type { AccountView, PlatformView } from '../../contract/schemas/account.ts';
import type { PlatformManifest } from '../../platforms/manifest.ts';
import type { Connection, PlatformAdapter } from '../../platforms/platform.ts';
import type { CallBudget } from '../../ports/call-budget.ts';
import type { StoredAccount } from '../../ports/repositories.ts';
import { iso, isoOrNull } from '../iso.ts';
import type { AccountHealth } from './account-record.ts';

/** What is live about an account beside its health. */
export interface AccountLive {
  readonly connection: Connection | null;
  readonly budgets: readonly CallBudget[];
  readonly syncPeople: number | null;
  /** What the core itself has to say about the sign-in. */
  readonly notices: readonly string[];
}

/** An account as the contract shows it. */
export function accountView(
  record: StoredAccount,
  manifest: PlatformManifest,
  health: AccountHealth,
  live: AccountLive,
): AccountView {
  return {
    id: record.id,
    platform: record.platform,
    label: record.label,
    state: health.state,
    stateReason: health.reason,
    since: iso(health.since),
    settings: { ...record.settings },
    capabilities: manifest.capabilities,
    account: record.self ? { ...record.self } : null,
    budgets: live.budgets.map((budget) => ({
      name: budget.name,
      perMinute: budget.perMinute,
      used: budget.used(),
      windows: windowsOf(budget),
    })),
    retryAt: isoOrNull(health.retryAt),
    notices: noticesOf(live),
    sync: live.syncPeople === null ? null : { people: live.syncPeople },
  };
}

/** The platform's own first; a scope that it names already is not named again. */
function noticesOf({ connection, notices }: AccountLive): string[] {
  const own = connection?.notices ?? [];
  const named = (notice: string) => /^Not permitted: (\S+) /.exec(notice)?.[1];
  return [...own, ...notices.filter((notice) => !own.some((said) => said.includes(named(notice) ?? notice)))];
}

/** A budget's windows, each with the calls that count in it now. */
export function windowsOf(budget: CallBudget): { calls: number; seconds: number; used: number }[] {
  return budget.windows.map((window) => ({ ...window, used: budget.usedIn(window) }));
}

/** A platform as the contract shows it: its settings and secrets as JSON Schema. */
export function platformView({ manifest, oauth }: Pick<PlatformAdapter, 'manifest' | 'oauth'>): PlatformView {
  const secrets = manifest.secrets;
  return {
    id: manifest.id,
    name: manifest.name,
    delivery: manifest.delivery,
    auth: [...manifest.auth],
    offByDefault: manifest.offByDefault,
    inbound: manifest.inbound === null ? null : { ...manifest.inbound, steps: [...manifest.inbound.steps] },
    directory: manifest.directory ? { ...manifest.directory } : null,
    capabilities: manifest.capabilities,
    settings: z.toJSONSchema(manifest.settings, { io: 'input', unrepresentable: 'any' }),
    secrets: {
      type: 'object',
      additionalProperties: false,
      required: secrets.filter((field) => field.required).map((field) => field.key),
      properties: Object.fromEntries(
        secrets.map((field) => [
          field.key,
          { type: 'string', title: field.title, description: field.description, format: 'password' },
        ]),
      ),
    },
    signIn: {
      ...manifest.signIn,
      steps: [...manifest.signIn.steps],
      oauthSteps: [...manifest.signIn.oauthSteps],
      clientSecret: oauth?.clientSecret ?? 'never',
      permissions: [...manifest.signIn.permissions],
    },
    documentationUrl: manifest.documentationUrl,
    verifiedLive: manifest.verifiedLive,
  };
}
