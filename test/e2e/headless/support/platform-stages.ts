import { type AccountView, routes } from '../../../../src/contract/index.ts';
import { epochMs } from '../../../../src/domain/time.ts';
import type { PlatformId } from '../../../../src/platforms/manifest.ts';
import type { IdleSource, PowerEvent } from '../../../../src/ports/idle-source.ts';
import type { Bench, Stage } from '../../../conformance/bench.ts';
import { discordBench } from '../../../conformance/discord-bench.ts';
import { googleChatBench } from '../../../conformance/google-chat-bench.ts';
import { linkedinBench } from '../../../conformance/linkedin-bench.ts';
import { slackBench } from '../../../conformance/slack-bench.ts';
import { teamsBench } from '../../../conformance/teams-bench.ts';
import { whatsappBench } from '../../../conformance/whatsapp-bench.ts';
import { xmppBench } from '../../../conformance/xmpp-bench.ts';
import { zoomBench } from '../../../conformance/zoom-bench.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { contactOf } from './queries.ts';
import { BREATHING, CREEPING, startVirtualCore, type VirtualCore } from './virtual-core.ts';

/** Every platform that a simulated day is lived on; the benches of the conformance suite play their side. */
export const STAGES: readonly { readonly id: PlatformId; readonly bench: Bench }[] = [
  { id: 'xmpp', bench: xmppBench },
  { id: 'slack', bench: slackBench },
  { id: 'teams', bench: teamsBench },
  { id: 'zoom', bench: zoomBench },
  { id: 'discord', bench: discordBench },
  { id: 'whatsapp', bench: whatsappBench },
  { id: 'linkedin', bench: linkedinBench },
  { id: 'google-chat', bench: googleChatBench },
];

const DARK_STEP_MS = 2_500;
/** Signing in is a conversation there, of which nobody can tell whether it is under way. */
const BY_STREAM: ReadonlySet<PlatformId> = new Set(['xmpp', 'discord']);

/** One account on a simulated platform, in a core whose machine can sleep. */
export interface Staged {
  readonly virtual: VirtualCore;
  readonly stage: Stage;
  readonly account: AccountView;
  /** The machine's own news of its sleep. */
  power(event: PowerEvent): void;
  /** From now on only our clock is wrong by so much more: the platform's stays as it was. */
  skew(ms: number): void;
  /** The account now. */
  state(): Promise<AccountView>;
  /** Lets time pass until the account is connected and the platform has answered since `from`; fails after `withinMs`. */
  recovers(from: number, withinMs: number): Promise<void>;
  /** Lets time pass in which no answer can come, without waiting for any. */
  dark(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts the platform and signs in. The colleague is watched, so that looks at them keep their pace. */
export async function staged(id: PlatformId, bench: Bench, colleagues = 3): Promise<Staged> {
  const clock = new FakeClock();
  const byStream = BY_STREAM.has(id);
  let skewed = 0;
  const listeners = new Set<(event: PowerEvent) => void>();
  const idle: IdleSource = {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const stage = await bench.start({ colleagues, now: () => epochMs(clock.now() - skewed), webhookUrl: null });
  const virtual = startVirtualCore({ clock, idle });
  const { api } = virtual;
  const created = await api.call(routes.createAccount, {
    body: { platform: id, settings: Object(stage.settings), secrets: { ...stage.secrets } },
  });
  const state = () => api.call(routes.getAccount, { params: { id: created.id } });
  const lastSuccess = async () => {
    const health = await api.call(routes.getAccountHealth, { params: { id: created.id } });
    return health.lastSuccessAt === null ? 0 : Date.parse(health.lastSuccessAt);
  };
  const connected = async () => {
    const { state: now, stateReason } = await state();
    if (now !== 'connected') throw new Error(`${id} is ${now}: ${stateReason}`);
  };
  await virtual.passUntil(connected, 30_000, CREEPING);
  if (stage.roster.has(stage.colleague)) {
    await virtual.passUntil(() => contactOf(api, stage.colleague), 30_000, BREATHING);
    const { id: contactId } = await contactOf(api, stage.colleague);
    await api.call(routes.createWatch, { body: { contactId, to: ['online'], repeat: 'always' } });
  }
  await virtual.pass(2_000, BREATHING);
  return {
    virtual,
    stage,
    account: created,
    power: (event) => {
      for (const listener of listeners) listener(event);
    },
    skew: (ms) => {
      skewed += ms;
      clock.jump(ms);
    },
    state,
    async recovers(from, withinMs) {
      const end = clock.now() + withinMs;
      for (;;) {
        const { state: now, stateReason, retryAt } = await state();
        if (now === 'connected' && (await lastSuccess()) >= from) return;
        if (clock.now() > end) throw new Error(`${id} is ${now} after ${withinMs} ms: ${stateReason}`);
        // A stream's sign-in is a conversation: time must not run away from it. Waiting for the next try is not.
        const waits = now === 'offline' && retryAt !== null ? Date.parse(retryAt) - clock.now() : 0;
        if (waits > 1_000) await virtual.pass(Math.min(waits, end + 1_000 - clock.now()), BREATHING);
        else await virtual.pass(500, byStream && now === 'connecting' ? CREEPING : { stepMs: 500, breathMs: 4 });
      }
    },
    async dark(ms) {
      for (let passed = 0; passed < ms; passed += DARK_STEP_MS) {
        await clock.advance(DARK_STEP_MS);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    async close() {
      await virtual.stop();
      await stage.close();
    },
  };
}
