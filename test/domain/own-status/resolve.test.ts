import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DoNotDisturbIntent,
  INTENT_LAYERS,
  type Intent,
  type IntentLayer,
  OWN_STATUSES,
} from '../../../src/domain/own-status/intent.ts';
import { layersInOrder, resolve } from '../../../src/domain/own-status/resolve.ts';
import { epochMs } from '../../../src/domain/time.ts';

const NOW = epochMs(1_000_000);
const context = { now: NOW, layerOrder: INTENT_LAYERS };
const later = (ms: number) => epochMs(NOW + ms);
const byHand = { kind: 'hand', id: null, name: null } as const;

const intent = (layer: IntentLayer, part: Partial<Intent> = {}): Intent => ({
  id: layer,
  layer,
  status: 'busy',
  message: null,
  emoji: null,
  createdAt: later(-500),
  expiresAt: null,
  origin: byHand,
  accountIds: null,
  ...part,
});

const dnd = (layer: 'manual' | 'schedule', part: Partial<DoNotDisturbIntent> = {}): DoNotDisturbIntent => ({
  id: layer,
  layer,
  active: true,
  createdAt: later(-500),
  expiresAt: null,
  origin: byHand,
  ...part,
});

describe('which wish is in force', () => {
  it('is the one by hand, then the order of the user, and every layer says what became of it', () => {
    const manual = intent('manual', { expiresAt: later(100) });
    const schedule = intent('schedule', { expiresAt: later(900) });
    const { winner, layers } = resolve([schedule, manual], [], context);
    expect(winner).toBe(manual);
    expect(layers).toEqual([
      { layer: 'manual', intent: manual, expiresAt: later(100), won: true, reason: 'won' },
      { layer: 'schedule', intent: schedule, expiresAt: later(900), won: false, reason: 'outranked' },
      { layer: 'default', intent: null, expiresAt: null, won: false, reason: 'no-wish' },
    ]);
  });

  it('is nobody’s when nobody wishes anything: the accounts keep their own', () => {
    const { winner, layers, nextExpiry } = resolve([], [], context);
    expect([winner, nextExpiry]).toEqual([null, null]);
    expect(layers.map(({ layer, reason }) => [layer, reason])).toEqual(
      INTENT_LAYERS.map((layer) => [layer, 'no-wish']),
    );
  });

  it('ends exactly at its expiry, not a millisecond earlier or later', () => {
    const manual = intent('manual', { expiresAt: NOW });
    expect(resolve([manual], [], { ...context, now: later(-1) }).winner).toBe(manual);
    const after = resolve([manual], [], context);
    expect([after.winner, after.layers[0]?.reason, after.nextExpiry]).toEqual([null, 'expired', null]);
  });

  it('is the newest of a layer, and by id when they are equally new', () => {
    const older = intent('schedule', { id: 'a', createdAt: later(-9) });
    const newer = intent('schedule', { id: 'c', createdAt: later(-5) });
    const twin = intent('schedule', { id: 'b', createdAt: later(-5) });
    expect(resolve([older, newer, twin], [], context).winner?.id).toBe('b');
    expect(resolve([older, { ...newer, expiresAt: NOW }], [], context).winner?.id).toBe('a');
  });

  it('follows the user’s order below manual, which stays first whatever the order says', () => {
    const layerOrder = ['default', 'schedule'] as const;
    expect(layersInOrder(layerOrder)).toEqual(['manual', 'default', 'schedule']);
    expect(layersInOrder(['schedule', 'manual', 'schedule'])).toEqual(['manual', 'schedule', 'default']);
    const both = [intent('schedule'), intent('default')];
    expect(resolve(both, [], { now: NOW, layerOrder }).winner?.layer).toBe('default');
  });

  it('can be different for an account that a wish is not meant for', () => {
    const manual = intent('manual', { accountIds: ['slack'] });
    const schedule = intent('schedule');
    expect(resolve([manual, schedule], [], { ...context, accountId: 'slack' }).winner).toBe(manual);
    expect(resolve([manual, schedule], [], { ...context, accountId: 'xmpp' }).winner).toBe(schedule);
    expect(resolve([manual, schedule], [], context).winner).toBe(manual);
  });

  it('tells when the first wish in force expires, of the status or of do-not-disturb', () => {
    const intents = [intent('manual', { expiresAt: later(50) }), intent('schedule', { expiresAt: NOW })];
    expect(resolve(intents, [dnd('schedule', { expiresAt: later(20) })], context).nextExpiry).toBe(later(20));
  });
});

describe('do-not-disturb', () => {
  const active = (...intents: DoNotDisturbIntent[]) => resolve([], intents, context).doNotDisturb.active;

  it('is not ended by setting online by hand', () => {
    const { winner, doNotDisturb } = resolve([intent('manual', { status: 'online' })], [dnd('schedule')], context);
    expect([winner?.status, doNotDisturb.active, doNotDisturb.winner?.layer]).toEqual(['online', true, 'schedule']);
  });

  it('is what was said by hand, on or off, before what a schedule says', () => {
    expect(active(dnd('manual'))).toBe(true);
    expect(active(dnd('schedule'), dnd('manual', { active: false, createdAt: later(-100) }))).toBe(false);
    expect(active(dnd('manual', { active: false }))).toBe(false);
    expect(active()).toBe(false);
    expect(active(dnd('manual', { expiresAt: NOW }))).toBe(false);
  });

  it('comes back with the schedule’s next interval after it was switched off by hand', () => {
    const off = dnd('manual', { active: false, createdAt: later(-100) });
    const tonight = dnd('schedule', { createdAt: later(-500) });
    const tomorrow = dnd('schedule', { createdAt: later(-50), expiresAt: later(70) });
    expect(active(off, tonight)).toBe(false);
    const next = resolve([], [off, tomorrow], context).doNotDisturb;
    expect(next).toMatchObject({ active: true, winner: tomorrow, until: later(70) });
    expect(next.wishes).toEqual([
      { intent: off, won: false },
      { intent: tomorrow, won: true },
    ]);
  });

  it('stays off for as long as the user said, whatever a schedule begins meanwhile', () => {
    const off = dnd('manual', { active: false, createdAt: later(-100), expiresAt: later(100) });
    expect(active(off, dnd('schedule', { createdAt: later(-50) }))).toBe(false);
  });

  it('lasts as long as the longest schedule', () => {
    const short = dnd('schedule', { id: 'a', expiresAt: later(10) });
    const long = dnd('schedule', { id: 'b', expiresAt: later(90) });
    expect(resolve([], [short, long], context).doNotDisturb.until).toBe(later(90));
    expect(resolve([], [short, long, dnd('schedule', { id: 'c' })], context).doNotDisturb.until).toBeNull();
  });
});

describe('any wishes', () => {
  const expiries = fc.option(fc.integer({ min: -5, max: 5 }).map(later));
  const created = fc.integer({ min: -9, max: -1 }).map(later);
  const intents = fc.uniqueArray(
    fc
      .record({
        id: fc.nat(9).map(String),
        layer: fc.constantFrom(...INTENT_LAYERS),
        status: fc.constantFrom(...OWN_STATUSES),
        createdAt: created,
        expiresAt: expiries,
      })
      .map(({ layer, ...part }) => intent(layer, part)),
    { maxLength: 6, selector: ({ id }) => id },
  );
  const dnds = fc.uniqueArray(
    fc
      .record({
        id: fc.nat(9).map(String),
        layer: fc.constantFrom('manual' as const, 'schedule' as const),
        active: fc.boolean(),
        createdAt: created,
        expiresAt: expiries,
      })
      .map(({ layer, ...part }) => dnd(layer, part)),
    { maxLength: 5, selector: ({ id }) => id },
  );

  it('resolve alike in any order', () => {
    fc.assert(
      fc.property(intents, dnds, (some, silent) => {
        expect(resolve(some.toReversed(), silent.toReversed(), context)).toEqual(resolve(some, silent, context));
      }),
    );
  });

  it('have one winner at most, never an expired one, and one by hand before any other', () => {
    fc.assert(
      fc.property(intents, dnds, (some, silent) => {
        const { winner, layers } = resolve(some, silent, context);
        const alive = some.filter(({ expiresAt }) => expiresAt === null || expiresAt > NOW);
        expect(layers.filter(({ won }) => won).map((layer) => layer.intent)).toEqual(winner ? [winner] : []);
        expect(winner !== null).toBe(alive.length > 0);
        if (winner) expect(alive).toContain(winner);
        expect(winner?.layer === 'manual').toBe(alive.some(({ layer }) => layer === 'manual'));
      }),
    );
  });

  it('do not change before the next expiry', () => {
    fc.assert(
      fc.property(intents, dnds, (some, silent) => {
        const now = resolve(some, silent, context);
        for (let at = NOW; at < (now.nextExpiry ?? later(9)); at = epochMs(at + 1)) {
          expect(resolve(some, silent, { ...context, now: at })).toEqual(now);
        }
      }),
    );
  });
});
