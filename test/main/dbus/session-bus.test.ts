import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { busPath, openSessionBus, type SessionBus } from '../../../main/dbus/session-bus.ts';
import { watchTrayHost } from '../../../main/tray/tray-host.ts';
import { systemClock } from '../../../src/infra/clock/system-clock.ts';
import { findDbus, startSessionBus, type SessionBus as TestBus } from '../../support/desktop/session-bus.ts';
import { startTrayHost } from '../../support/desktop/tray-host.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { describeWith } from '../../support/requirement.ts';

describeWith(findDbus(), 'a session bus', () => {
  let folder: string;
  let daemon: TestBus;
  let bus: SessionBus;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mb-'));
    daemon = await startSessionBus(folder);
    bus = await openSessionBus(busPath({ DBUS_SESSION_BUS_ADDRESS: daemon.address }) ?? '', systemClock);
  });
  afterEach(async () => {
    bus.close();
    await daemon.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says who is there and who is not', async () => {
    expect(await bus.hasOwner('org.freedesktop.DBus')).toBe(true);
    expect(await bus.hasOwner('org.kde.StatusNotifierWatcher')).toBe(false);
    expect(await bus.isServed('org.freedesktop.Notifications')).toBe(false);
  });

  it('refuses a call that nobody takes', async () => {
    const nobody = { destination: 'org.example.Nobody', path: '/', interface: 'org.example', member: 'Do', args: [] };
    await expect(bus.call(nobody)).rejects.toThrow('refused');
  });

  it('fails what is waiting, and what comes later, when the bus ends', async () => {
    await daemon.stop();
    await expect(bus.hasOwner('org.freedesktop.DBus')).rejects.toThrow('closed');
  });

  it('tells of a tray that comes and goes', async () => {
    const changes: boolean[] = [];
    const host = await watchTrayHost(bus);
    host.watch((present) => changes.push(present));
    expect(host.present()).toBe(false);
    const tray = await startTrayHost(daemon.address);
    await expect.poll(() => changes).toEqual([true]);
    expect(host.present()).toBe(true);
    await tray.stop();
    await expect.poll(() => changes).toEqual([true, false]);
    expect(host.present()).toBe(false);
  });

  it('finds a tray that was there before', async () => {
    const tray = await startTrayHost(daemon.address);
    expect((await watchTrayHost(bus)).present()).toBe(true);
    await tray.stop();
  });
});

describe('a bus that does not answer', () => {
  it('is given up after two seconds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mb-'));
    const server = createServer(() => undefined).listen(join(folder, 'bus'));
    const clock = new FakeClock();
    const opened = openSessionBus(join(folder, 'bus'), clock);
    const outcome = expect(opened).rejects.toThrow('does not answer');
    await clock.advance(2_000);
    await outcome;
    expect(clock.pending).toBe(0);
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('is not there', async () => {
    await expect(openSessionBus('/nowhere/bus', systemClock)).rejects.toThrow('ENOENT');
  });
});

describe('the address of the bus', () => {
  it('is a path or an abstract name', () => {
    expect(busPath({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1/bus,guid=0' })).toBe('/run/user/1/bus');
    expect(busPath({ DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-x%2dy' })).toBe('\0/tmp/dbus-x-y');
    expect(busPath({ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=h;unix:path=/b' })).toBe('/b');
  });

  it('is the user’s own where nothing names one, and nowhere without that', () => {
    expect(busPath({ XDG_RUNTIME_DIR: '/run/user/1' })).toBe('/run/user/1/bus');
    expect(busPath({})).toBeNull();
  });
});
