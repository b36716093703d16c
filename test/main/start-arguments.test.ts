import { describe, expect, it } from 'vitest';
import { readArguments } from '../../main/start-arguments.ts';

describe('the command line of the desktop app', () => {
  it('says nothing by default', () => {
    expect(readArguments(['electron', '/some/folder'])).toEqual({ hidden: false, home: undefined, path: null });
  });

  it('starts hidden, on a home, at a link', () => {
    const argv = ['electron', '--no-sandbox', '/some/folder', '--hidden', '--home', '/tmp/home', 'muster://people'];
    expect(readArguments(argv)).toEqual({ hidden: true, home: '/tmp/home', path: '/people' });
    expect(readArguments(['muster', '--home=/tmp/home']).home).toBe('/tmp/home');
  });

  it('reads what a second start hands over, with switches of Chromium among it', () => {
    const argv = ['muster', '--allow-file-access-from-files', '--enable-features=X', 'muster://person/c_1'];
    expect(readArguments(argv).path).toBe('/people/c_1');
  });

  it('ignores what it does not know', () => {
    expect(readArguments(['muster', '--home', '--hiddenly', 'https://example.org'])).toMatchObject({
      hidden: false,
      path: null,
    });
  });
});
