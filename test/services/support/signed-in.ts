import type { MusterEvent } from '../../../src/contract/index.ts';
import { memoryStore } from '../../../src/infra/keychain/memory-store.ts';
import { registry } from '../../../src/platforms/registry.ts';
import type { IdleSource, PowerEvent } from '../../../src/ports/idle-source.ts';
import { DEFAULT_SETTINGS } from '../../../src/settings/schema.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { newHome, startCore, type TestCore } from './core.ts';
import { FakePlatform } from './fake-platform.ts';

const running: TestCore[] = [];

/** Stops every core that `signedIn` started: for `afterEach`. */
export async function stopCores(): Promise<void> {
  for (const core of running.splice(0)) await core.stop();
}

/** A core with an account on a platform that the test plays (and one on a second, when given), on one home over restarts. */
export async function signedIn(options: { clock?: FakeClock; slack?: FakePlatform; xmpp?: FakePlatform } = {}) {
  const { clock = new FakeClock(), slack: platform = new FakePlatform() } = options;
  const other = options.xmpp ?? new FakePlatform({ platform: 'xmpp' });
  const home = newHome();
  const secretStore = memoryStore();
  const power = new Set<(event: PowerEvent) => void>();
  const idle: IdleSource = {
    subscribe(listener) {
      power.add(listener);
      return () => power.delete(listener);
    },
  };
  let kept = { ...DEFAULT_SETTINGS };
  const preferences = {
    read: () => kept,
    write: (next: typeof kept) => {
      kept = next;
    },
  };
  const events: MusterEvent[] = [];
  const restart = (): TestCore => {
    const core = startCore({
      clock,
      home,
      secretStore,
      idle,
      preferences,
      registry: { ...registry, slack: platform, xmpp: other },
    });
    running.push(core);
    core.muster.events.subscribe((event) => events.push(event));
    return core;
  };
  const core = restart();
  const account = await core.muster.accounts.create({
    platform: 'slack',
    settings: {},
    secrets: { token: 'canary-secret' },
  });
  if (options.xmpp)
    await core.muster.accounts.create({ platform: 'xmpp', settings: {}, secrets: { token: 'canary-two' } });
  await clock.advance(100);
  const person = (name: string, of: TestCore = core) => {
    const found = of.muster.contacts.all().find((contact) => contact.name === name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };
  const named = (event: MusterEvent['event']) => events.filter((one) => one.event === event);
  const emit = (event: PowerEvent) => {
    for (const listener of power) listener(event);
  };
  return {
    clock,
    platform,
    other,
    core,
    muster: core.muster,
    account,
    events,
    named,
    person,
    restart,
    secretStore,
    emit,
  };
}
