import type { AccountView } from '../../contract/schemas/account.ts';
import type { AccountHealthView } from '../../contract/schemas/account-health.ts';
import type { DoctorView } from '../../contract/schemas/system.ts';
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

/** Nothing as long as the disk takes what changes. */
export function diskCheck(onlyInMemory: () => boolean): Check {
  return async () =>
    onlyInMemory()
      ? [
          {
            id: 'disk',
            level: 'problem',
            title: 'Muster cannot write to its home.',
            detail:
              'The disk is full, or refuses to be written to. Everything goes on; but what has changed since then is only in memory, and lost if Muster ends before there is room. Webhooks are refused meanwhile, so that their senders keep them.',
            action: 'Make room on the disk of the home. Muster then writes everything by itself, within a minute.',
          },
        ]
      : [];
}

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

type Told = Pick<AccountView, 'id' | 'label' | 'platform' | 'state' | 'stateReason' | 'notices'>;
type Measured = Pick<AccountHealthView, 'calls' | 'dataAgeSeconds' | 'recommendations'>;

/** What there is to say where nothing is wrong. */
const PEACE: Readonly<Partial<Record<AccountView['state'], string>>> = {
  connected: 'All is well.',
  connecting: 'It is being connected.',
  disabled: 'It is switched off; nothing is read.',
};

/** Each account's health in the words of its own page, and what to do about it. */
export function accountsCheck(
  accounts: { list(): readonly Told[] },
  healths: { of(accountId: string): Measured },
): Check {
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
      const health = healths.of(view.id);
      const peace = PEACE[view.state];
      const quiet = view.notices.length === 0 && health.recommendations.length === 0;
      const said = [...(view.stateReason ? [view.stateReason] : []), ...view.notices];
      return {
        id: `account-${view.id}`,
        level: view.state === 'needs-sign-in' ? 'problem' : peace && quiet ? 'ok' : 'warning',
        title: `${view.label} (${view.platform}): ${view.state.replaceAll('-', ' ')}.`,
        detail: [...said, ...(peace && quiet && said.length === 0 ? [peace] : []), ...measured(health)].join(' '),
        action: health.recommendations.join(' ') || null,
      };
    });
  };
}

/** The numbers of an account's health in sentences. */
function measured({ calls, dataAgeSeconds }: Measured): string[] {
  const said: string[] = [];
  if (calls) {
    const share = Math.round(calls.successRate * 100);
    said.push(
      `${share} % of ${calls.count} calls in the last hour succeeded, half of them within ${calls.latencyMs.p50} ms.`,
    );
  }
  if (dataAgeSeconds)
    said.push(
      `What is known of people is ${age(dataAgeSeconds.p50)} old in the middle, ${age(dataAgeSeconds.max)} at most.`,
    );
  return said;
}

/** Seconds in the largest unit of which there are at least two: `90 s`, `24 h`. */
function age(seconds: number): string {
  const [size, unit] =
    seconds >= 172_800 ? [86_400, 'd'] : seconds >= 7_200 ? [3_600, 'h'] : seconds >= 120 ? [60, 'min'] : [1, 's'];
  return `${Math.round(seconds / size)} ${unit}`;
}

/** Everything that was looked at, worst first. */
export async function examine(version: string, checks: readonly Check[]): Promise<DoctorView> {
  const found = (await Promise.all(checks.map((check) => check()))).flat();
  const order = { problem: 0, warning: 1, ok: 2 } as const;
  return { version, findings: found.toSorted((a, b) => order[a.level] - order[b.level]) };
}
