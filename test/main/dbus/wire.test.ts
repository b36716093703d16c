import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeCall } from '../../../main/dbus/wire.ts';

const call = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'NameHasOwner',
  args: ['org.kde.StatusNotifierWatcher', 'zwölf'],
};

describe('D-Bus messages', () => {
  it('are written so that they read back as what was meant', () => {
    const bytes = encodeCall(7, call);
    const decoded = decodeMessage(bytes);
    expect(decoded?.length).toBe(bytes.length);
    expect(decoded?.message).toMatchObject({ kind: 'call', answers: null, member: 'NameHasOwner', body: call.args });
    expect(decodeMessage(encodeCall(8, { ...call, args: [] }))?.message.body).toEqual([]);
  });

  it('are read one at a time, as soon as they are whole', () => {
    const two = Buffer.concat([encodeCall(1, call), encodeCall(2, { ...call, member: 'Hello', args: [] })]);
    const first = decodeMessage(two);
    expect(first?.message.member).toBe('NameHasOwner');
    expect(decodeMessage(two.subarray(first?.length))?.message.member).toBe('Hello');
    for (const cut of [0, 4, 15, 40, (first?.length ?? 0) - 1]) expect(decodeMessage(two.subarray(0, cut))).toBeNull();
  });

  it('are refused when they are none, or far too long', () => {
    expect(() => decodeMessage(Buffer.from('HTTP/1.1 200 OK and more'))).toThrow();
    const endless = encodeCall(1, call);
    endless.writeUInt32LE(0x7fff_ffff, 4);
    expect(() => decodeMessage(endless)).toThrow('too long');
  });

  it('keep the reader going when their arguments are of a type that is not asked for', () => {
    const odd = encodeCall(1, { ...call, args: ['x'] });
    const at = odd.indexOf(Buffer.from([1, 's'.charCodeAt(0), 0]), odd.length - 40);
    odd.write('x', at + 1, 'latin1');
    expect(decodeMessage(odd)?.message.body).toEqual([]);
  });
});
