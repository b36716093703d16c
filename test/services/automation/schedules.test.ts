import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../support/fake-clock.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

const MINUTE = 60_000;
const night = {
  name: 'Night',
  enabled: true,
  timeZone: 'Europe/Berlin',
  rules: [{ days: ['mon' as const, 'tue' as const, 'wed' as const], from: '22:00', to: '06:00' }],
  exceptions: [],
  doNotDisturb: true,
  status: null,
  message: null,
  emoji: null,
  allow: [],
};

/** On Monday noon in Berlin. */
async function bench(timeZone = 'Europe/Berlin') {
  const clock = new FakeClock({ now: '2026-03-02T11:00:00Z', timeZone });
  const given = await signedIn({ clock });
  const views = () =>
    given.named('settings').flatMap(({ data }) => ('kind' in data && data.kind === 'schedule' ? [data] : []));
  return { ...given, views };
}

describe('the schedules', () => {
  it('say when they next begin or end, and tell when they did', async () => {
    const { muster, clock, views } = await bench();
    const made = muster.schedules.create(night);
    expect(made).toMatchObject({ activeNow: false, nextTransition: '2026-03-02T21:00:00.000Z' });
    expect(muster.ownStatus.view()).toMatchObject({
      doNotDisturb: { active: false, nextTransition: '2026-03-02T21:00:00.000Z' },
    });
    await clock.advanceTo('2026-03-03T05:00:00Z');
    expect(views().map((view) => 'activeNow' in view && [view.activeNow, view.nextTransition])).toEqual([
      [false, '2026-03-02T21:00:00.000Z'],
      [true, '2026-03-03T05:00:00.000Z'],
      [false, '2026-03-03T21:00:00.000Z'],
    ]);
    expect(muster.schedules.get(made.id)).toEqual(muster.schedules.list()[0]);
  });

  it('follow a device that travels within a minute, those with a zone of their own stay', async () => {
    const { muster, clock, views } = await bench();
    const own = muster.schedules.create({ ...night, timeZone: 'device' });
    const fixed = muster.schedules.create(night);
    const before = views().length;
    clock.setTimeZone('America/New_York');
    await clock.advance(MINUTE);
    expect(muster.schedules.get(own.id).nextTransition).toBe('2026-03-03T03:00:00.000Z');
    expect(muster.schedules.get(fixed.id).nextTransition).toBe('2026-03-02T21:00:00.000Z');
    expect(
      views()
        .slice(before)
        .map((view) => view.id),
    ).toEqual([own.id]);
    clock.setTimeZone('Asia/Tokyo');
    await clock.advance(MINUTE);
    expect(muster.schedules.get(own.id).nextTransition).toBe('2026-03-02T13:00:00.000Z');
  });

  it('are right after sleep over several transitions, whether the timer or the wake-up comes first', async () => {
    for (const emits of [true, false]) {
      const { muster, clock, platform, emit } = await bench();
      muster.schedules.create(night);
      clock.jump(Date.parse('2026-03-04T23:00:00Z') - clock.now());
      if (emits) emit('resume');
      await clock.advance(100);
      expect(platform.own.doNotDisturb).toBe(true);
      expect(muster.ownStatus.view().doNotDisturb).toMatchObject({ active: true, until: '2026-03-05T05:00:00.000Z' });
      clock.jump(Date.parse('2026-03-05T12:00:00Z') - clock.now());
      if (emits) emit('resume');
      await clock.advance(100);
      expect(platform.own.doNotDisturb).toBe(false);
    }
  });

  it('obey exceptions, and changes at once', async () => {
    const { muster, clock, platform } = await bench();
    const { id } = muster.schedules.create({ ...night, exceptions: [{ date: '2026-03-02', active: true }] });
    await clock.flush();
    expect(platform.own.doNotDisturb).toBe(true);
    muster.schedules.replace(id, { ...night, exceptions: [{ date: '2026-03-02', active: false }] });
    await clock.flush();
    expect(platform.own.doNotDisturb).toBe(false);
    expect(muster.schedules.get(id).nextTransition).toBe('2026-03-03T21:00:00.000Z');
    muster.schedules.replace(id, { ...night, enabled: false });
    expect(muster.schedules.get(id)).toMatchObject({ activeNow: false, nextTransition: null });
    expect(muster.schedules.upcoming()).toEqual([]);
  });

  it('that never end have a start that does not move, and an “off” by hand against them holds', async () => {
    const { muster, clock, named } = await bench();
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
    muster.schedules.create({ ...night, rules: [{ days: [...days], from: '00:00', to: '24:00' }], status: 'away' });
    const [before] = muster.schedules.active();
    expect(before?.until).toBeNull();
    await muster.ownStatus.clearDoNotDisturb();
    const events = named('me').length;
    for (let day = 0; day < 10; day += 1) {
      clock.jump(24 * 60 * MINUTE);
      await clock.advance(MINUTE);
    }
    expect(muster.schedules.active()[0]).toEqual(before);
    expect(muster.ownStatus.view().doNotDisturb.active).toBe(false);
    expect(named('me')).toHaveLength(events);
  });

  it('outlive a restart, are announced when they go, and leave no timer', async () => {
    const { core, clock, restart, views } = await bench();
    const { id } = core.muster.schedules.create(night);
    await core.stop();
    expect(clock.pending).toBe(0);
    clock.jump(12 * 60 * MINUTE);
    const second = restart();
    expect(second.muster.schedules.list()).toMatchObject([{ id, activeNow: true }]);
    second.muster.schedules.delete(id);
    expect(views().at(-1)).toEqual({ kind: 'schedule', id, removed: true });
    for (const call of [
      () => second.muster.schedules.get(id),
      () => second.muster.schedules.delete(id),
      () => second.muster.schedules.replace(id, night),
    ])
      expect(call).toThrow(expect.objectContaining({ code: 'not-found' }));
    await second.stop();
    expect(clock.pending).toBe(0);
  });
});
