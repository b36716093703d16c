import type { DoctorView } from '../../contract/schemas/system.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** One thing that was looked at. */
export type Finding = DoctorView['findings'][number];

/** Looks at one area and says what it found. Must not reject. */
export type Check = () => Promise<readonly Finding[]>;

const STORE_NAME = {
  os: "the operating system's keychain",
  vault: 'the encrypted vault in the home',
  memory: 'memory only',
} as const;

/** Where the secrets are, and why not somewhere better. */
export function secretStoreCheck(secrets: Secrets): Check {
  return async () => {
    const view = await secrets.view();
    const better = view.stores.slice(
      0,
      view.stores.findIndex((store) => store.kind === view.kind),
    );
    const why = better.flatMap((store) => (store.available || !store.reason ? [] : [store.reason])).join(' ');
    const memory = view.kind === 'memory';
    return [
      {
        id: 'secret-store',
        level: memory ? 'problem' : view.kind === 'vault' ? 'warning' : 'ok',
        title: `Secrets are kept in ${STORE_NAME[view.kind]}.`,
        detail: memory
          ? `They are gone when Muster stops. ${why}`.trim()
          : why || 'They are encrypted and never written anywhere else.',
        action: memory
          ? 'Unlock or install a keychain (on Linux: gnome-keyring or KWallet), or set MUSTER_VAULT_KEY to 32 bytes in base64 (openssl rand -base64 32), and start again.'
          : null,
      },
    ];
  };
}

/** Each account's state, and what to do about it. */
export function accountsCheck(accounts: Accounts): Check {
  return async () => {
    const views = accounts.list();
    if (views.length === 0) {
      return [
        {
          id: 'accounts',
          level: 'warning',
          title: 'No account is connected yet.',
          detail: 'Muster has nobody to look at.',
          action: 'Connect one under Accounts, or with `muster account add`.',
        },
      ];
    }
    return views.map((view): Finding => {
      const well = view.state === 'connected' || view.state === 'disabled' || view.state === 'connecting';
      return {
        id: `account-${view.id}`,
        level: view.state === 'needs-sign-in' ? 'problem' : well && view.notices.length === 0 ? 'ok' : 'warning',
        title: `${view.label} (${view.platform}): ${view.state.replaceAll('-', ' ')}.`,
        detail: [view.stateReason, ...view.notices].filter(Boolean).join(' ') || 'All is well.',
        action:
          view.state === 'needs-sign-in'
            ? 'Sign in again under Accounts.'
            : view.state === 'offline' || view.state === 'degraded'
              ? 'Muster tries again by itself; “Reconnect” tries now.'
              : null,
      };
    });
  };
}

/** Everything that was looked at, worst first. */
export async function examine(version: string, checks: readonly Check[]): Promise<DoctorView> {
  const found = (await Promise.all(checks.map((check) => check()))).flat();
  const order = { problem: 0, warning: 1, ok: 2 } as const;
  return { version, findings: found.toSorted((a, b) => order[a.level] - order[b.level]) };
}
