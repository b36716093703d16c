import { afterEach, describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/services/events/event-log.ts';
import { Preferences } from '../../../src/services/preferences/preferences.ts';
import { DEFAULT_SETTINGS } from '../../../src/settings/schema.ts';
import { signedIn, stopCores } from '../support/signed-in.ts';

afterEach(stopCores);

describe('the preferences', () => {
  it('are written before they are announced, and only when they differ', () => {
    const written: unknown[] = [];
    const events = new EventLog({ reserve: () => 1 });
    const preferences = new Preferences({
      file: { read: () => DEFAULT_SETTINGS, write: (next) => void written.push(next) },
      events,
    });
    const heard: unknown[] = [];
    const leave = preferences.onChange((next) => heard.push([next.theme, written.length]));
    expect(preferences.patch({ theme: 'dark' }).theme).toBe('dark');
    preferences.patch({ theme: 'dark' });
    leave();
    preferences.patch({ theme: 'light' });
    expect(written).toHaveLength(2);
    expect(heard).toEqual([['dark', 1]]);
    expect(events.sequence).toBe(3);
  });

  it('stay as they were when they cannot be written', () => {
    const file = {
      read: () => DEFAULT_SETTINGS,
      write: () => {
        throw new Error('disk full');
      },
    };
    const events = new EventLog({ reserve: () => 1 });
    const preferences = new Preferences({ file, events });
    expect(() => preferences.patch({ theme: 'dark' })).toThrow('disk full');
    expect(preferences.get().theme).toBe('system');
    expect(events.sequence).toBe(1);
  });
});

describe('the presets', () => {
  it('begin with three, and those that are removed do not come back', async () => {
    const { muster, core, restart, named } = await signedIn();
    const [focus] = muster.presets.list();
    expect(focus).toMatchObject({ name: 'Focus', doNotDisturb: true });
    const id = focus?.id ?? '';
    const made = muster.presets.create({
      name: 'Walk',
      status: 'away',
      message: null,
      emoji: null,
      doNotDisturb: false,
      forSeconds: 900,
    });
    expect(muster.presets.replace(made.id, { ...made, name: 'Long walk' })).toMatchObject({
      id: made.id,
      name: 'Long walk',
    });
    muster.presets.delete(id);
    expect(named('settings').at(-1)?.data).toEqual({ kind: 'preset', id, removed: true });
    expect(() => muster.presets.delete(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => muster.presets.replace(id, made)).toThrow(expect.objectContaining({ code: 'not-found' }));
    await core.stop();
    expect(
      restart()
        .muster.presets.list()
        .map((preset) => preset.name),
    ).toEqual(['Lunch', 'Remote', 'Long walk']);
  });
});
