import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../src/domain/time.ts';
import { EmojiNames } from '../../../src/platforms/discord/emoji-names.ts';
import { encodeFrame, FrameReader } from '../../../src/platforms/discord/local-app/frames.ts';
import { socketPaths } from '../../../src/platforms/discord/local-app/socket-paths.ts';
import { mergePresence, observationOf } from '../../../src/platforms/discord/mapping.ts';
import { presenceSchema } from '../../../src/platforms/discord/schema.ts';

const AT = epochMs(Date.UTC(2026, 2, 2, 8));
const telling = { at: AT, replayed: false, timeZone: 'Europe/Berlin', emojiName: (_: string, name: string) => name };

/** What Muster shows of a presence as Discord sends it. */
function shown(presence: Record<string, unknown>) {
  const parsed = presenceSchema.parse({ user: { id: '1' }, ...presence });
  return observationOf('1', mergePresence(undefined, parsed), telling);
}

describe('statuses', () => {
  it.each([
    ['online', 'online', false],
    ['idle', 'idle', false],
    ['dnd', 'busy', true],
    ['offline', 'offline', false],
    ['invisible', 'offline', false],
    ['streaming', 'unknown', false],
    ['constructor', 'unknown', false],
    ['ONLINE', 'unknown', false],
  ])('%s is %s', (raw, status, doNotDisturb) => {
    expect(shown({ status: raw })).toMatchObject({ status, doNotDisturb, rawStatus: raw, lastSeen: null });
  });

  it('without a word are unknown', () => {
    expect(shown({})).toMatchObject({ status: 'unknown', rawStatus: null });
    expect(shown({ status: null, activities: 'none', client_status: 3 })).toMatchObject({ status: 'unknown' });
  });

  it('name the devices that somebody is on', () => {
    const client_status = { mobile: 'idle', desktop: 'online', web: 'offline', toaster: 'online' };
    expect(shown({ status: 'online', client_status }).rawStatus).toBe('online (desktop, mobile)');
    expect(shown({ status: 'hovering', client_status }).rawStatus).toBe('hovering');
  });
});

describe('activities', () => {
  it('are told with what, details, state and times in the device’s zone', () => {
    const timestamps = { start: Date.UTC(2026, 2, 2, 8, 30), end: Date.UTC(2026, 2, 2, 9, 0) };
    const activities = [
      { type: 0, name: 'Factorio', details: 'Rail world', state: 'With friends', timestamps, created_at: 1 },
      { type: 2, name: 'Spotify', timestamps: { end: timestamps.end } },
      { type: 99, name: 'Something new', timestamps: { start: 8.7e15 } },
    ];
    expect(shown({ status: 'online', activities }).activities).toEqual([
      { kind: 'playing', detail: 'Factorio · Rail world · With friends · 09:30–10:00' },
      { kind: 'listening', detail: 'Spotify · –10:00' },
      { kind: 'other', detail: 'Something new · –' },
    ]);
  });

  it('of an odd shape are left out, and the others kept', () => {
    const activities = [7, { name: 'no type' }, { type: 3, name: 'Talks', details: 5, emoji: 'x', timestamps: 'now' }];
    expect(shown({ status: 'online', activities }).activities).toEqual([{ kind: 'watching', detail: 'Talks' }]);
  });

  it('of type 4 are the custom status', () => {
    const custom = { type: 4, name: 'Custom Status', state: ' Pairing ', emoji: { name: '🎧', id: null } };
    expect(shown({ status: 'online', activities: [custom] })).toMatchObject({
      message: 'Pairing',
      emoji: '🎧',
      activities: [],
    });
    expect(shown({ activities: [{ ...custom, state: null, emoji: { name: 'party', id: '5' } }] })).toMatchObject({
      message: null,
      emoji: ':party:',
    });
  });
});

describe('emoji names', () => {
  it('stay the same for an emoji and differ between emoji', () => {
    const names = new EmojiNames();
    expect([names.nameOf('1', 'party'), names.nameOf('2', 'party'), names.nameOf('1', 'party')]).toEqual([
      'party',
      'party~1',
      'party',
    ]);
    expect(names.nameOf('3', ':/..')).toBe('emoji');
    expect(names.idOf('party~1')).toBe('2');
  });
});

describe('the local app’s frames', () => {
  it('are those of Discord’s documentation', () => {
    const frame = encodeFrame(0, { v: 1, client_id: '123456789012345678' });
    expect([...frame.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(frame.readUInt32LE(4)).toBe(frame.length - 8);
    expect(frame.toString('utf8', 8)).toBe('{"v":1,"client_id":"123456789012345678"}');
  });

  it('are read in any pieces', () => {
    const bytes = Buffer.concat([encodeFrame(1, { text: 'é' }), encodeFrame(3, null), encodeFrame(1, [])]);
    for (const size of [1, 3, 7, 1000]) {
      const reader = new FrameReader();
      const frames = [];
      for (let start = 0; start < bytes.length; start += size) {
        frames.push(...(reader.push(bytes.subarray(start, start + size)) ?? []));
      }
      expect(frames).toEqual([
        { op: 1, body: { text: 'é' } },
        { op: 3, body: null },
        { op: 1, body: [] },
      ]);
    }
  });

  it('of somebody else’s server are none', () => {
    expect(new FrameReader().push(Buffer.from('HTTP/1.1 400 Bad Request\r\n'))).toBe(null);
    const huge = Buffer.alloc(8);
    huge.writeUInt32LE(1, 0);
    huge.writeUInt32LE(1_000_000_000, 4);
    expect(new FrameReader().push(huge)).toBe(null);
  });
});

describe('where the local app listens', () => {
  it('is as Discord documents, per system', () => {
    expect(socketPaths(undefined, { XDG_RUNTIME_DIR: '/run/user/1000', TMPDIR: '/t' }, 'linux')).toEqual(
      expect.arrayContaining([
        '/run/user/1000/discord-ipc-0',
        '/run/user/1000/app/com.discordapp.Discord/discord-ipc-9',
      ]),
    );
    expect(socketPaths(undefined, { TMPDIR: '/var/folders/x/' }, 'darwin')[0]).toBe('/var/folders/x/discord-ipc-0');
    expect(socketPaths(undefined, {}, 'linux')[0]).toBe('/tmp/discord-ipc-0');
    expect(socketPaths(undefined, { XDG_RUNTIME_DIR: '', TMPDIR: '/t' }, 'linux')[0]).toBe('/t/discord-ipc-0');
    expect(socketPaths(undefined, {}, 'win32')[0]).toBe('\\\\?\\pipe\\discord-ipc-0');
    expect(socketPaths('/tmp/here', {}, 'linux')).toHaveLength(10);
  });
});
