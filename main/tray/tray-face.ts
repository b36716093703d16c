import type { Badge, Shape } from '../../assets/tray-icons.ts';
import type { AccountView, MeView } from '../../src/contract/index.ts';
import { DAY_MS, type EpochMs } from '../../src/domain/time.ts';
import type { Wording } from '../strings/words.ts';

/** What the tray tells about, taken from the core. */
export type TrayFacts = {
  readonly me: MeView;
  readonly accounts: readonly Pick<AccountView, 'label' | 'state'>[];
  /** Delivered alerts since the user last looked at a window of ours. */
  readonly unseenAlerts: number;
  readonly now: EpochMs;
};

/** The icon and the words that go with it. */
export type TrayFace = { readonly shape: Shape; readonly badge: Badge; readonly toolTip: string };

type Trouble = 'needs-sign-in' | 'offline' | 'degraded';
const TROUBLES: readonly Trouble[] = ['needs-sign-in', 'offline', 'degraded'];

/** The icon: its shape is my own status, its mark connection trouble, else alerts that nobody looked at. */
export function trayFace(facts: TrayFacts, { words, locale }: Wording): TrayFace {
  const { me, accounts, unseenAlerts } = facts;
  const troubles = TROUBLES.flatMap((trouble) =>
    accounts.filter(({ state }) => state === trouble).map(({ label }) => words.trouble[trouble](label)),
  );
  const lines = [
    ownStatusLine(me, { words, locale }, facts.now),
    ...(accounts.length === 0 ? [words.noAccounts] : []),
    ...troubles,
    ...(unseenAlerts > 0 ? [words.unseenAlerts(unseenAlerts)] : []),
  ];
  return {
    shape: me.doNotDisturb.active ? 'do-not-disturb' : me.status,
    badge: troubles.length > 0 ? 'trouble' : unseenAlerts > 0 ? 'attention' : 'plain',
    toolTip: lines.join('\n'),
  };
}

/** My status in a line: `Busy · 🎧 Focus · until 15:00 · Do Not Disturb until 16:00`. */
export function ownStatusLine(me: MeView, { words, locale }: Wording, now: EpochMs): string {
  const { intent, doNotDisturb } = me;
  const until = (end: string) => words.until(timeOf(end, locale, now));
  const message = [intent?.emoji, intent?.message].filter(Boolean).join(' ');
  return [
    words.status[me.status],
    message,
    intent?.until ? until(intent.until) : '',
    doNotDisturb.active
      ? [words.doNotDisturb, doNotDisturb.until && until(doNotDisturb.until)].filter(Boolean).join(' ')
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** A time of day, with its date when it is not within the next day. */
function timeOf(instant: string, locale: string, now: EpochMs): string {
  const date = new Date(instant);
  const soon = date.getTime() - now < DAY_MS;
  const day = soon ? {} : ({ day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(locale, { ...day, hour: 'numeric', minute: '2-digit' }).format(date);
}
