import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../contract/caller.ts';
import { removeFolder } from '../support/remove-folder.ts';
import { fakeIo, ran } from './fake-io.ts';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');

describe('another key for the vault', () => {
  let home = '';
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'muster-vault-'));
  });
  afterAll(() => removeFolder(home));

  /** Serves with these keys, looks, and stops. With a public address there is a secret from the start. */
  async function served<T>(env: Record<string, string>, look: (url: string, token: string) => Promise<T>): Promise<T> {
    const io = fakeIo({ env: { MUSTER_KEYCHAIN: 'vault', ...env } });
    const args = ['serve', '--home', home, '--port', '0', '--public-url', 'https://muster.example'];
    const ended = ran(args, io);
    await eventually('the server is ready', () => io.printed.out.includes('is ready') || io.printed.err !== '');
    const { url, token } = JSON.parse(readFileSync(join(home, 'server.json'), 'utf8'));
    const seen = await look(url, token);
    io.interrupt();
    expect(await ended).toMatchObject({ exitCode: 0 });
    return seen;
  }
  const audit = (url: string, token: string): Promise<string[]> =>
    fetch(`${url}/v1/audit`, { headers: { authorization: `Bearer ${token}` } })
      .then((response) => response.json())
      .then((page: { items: { event: string }[] }) => page.items.map(({ event }) => event));

  it('takes one start with both; the trail and doctor tell it, and the old one opens nothing any more', async () => {
    expect(await served({ MUSTER_VAULT_KEY: key(1) }, audit)).toEqual([]);
    const before = readFileSync(join(home, 'vault.json'), 'utf8');
    const both = { MUSTER_VAULT_KEY: key(1), MUSTER_VAULT_KEY_NEW: key(2) };
    const doctor = async () => (await ran(['doctor', '--home', home])).out;
    expect(await served(both, async (url, token) => [await audit(url, token), await doctor()])).toEqual([
      ['vault-rekeyed'],
      expect.stringContaining('remove the variable that ends in _NEW'),
    ]);
    expect(readFileSync(join(home, 'vault.json'), 'utf8')).not.toBe(before);
    expect(await served(both, audit)).toEqual(['vault-rekeyed']);
    expect(await served({ MUSTER_VAULT_KEY: key(2) }, audit)).toEqual(['vault-rekeyed']);
    const old = fakeIo({ env: { MUSTER_KEYCHAIN: 'vault', MUSTER_VAULT_KEY: key(1) } });
    expect((await ran(['serve', '--home', home, '--port', '0'], old)).exitCode).toBe(1);
    expect(old.printed.err).toContain('does not fit');
  });

  it('that is malformed, or comes with an old one that does not fit, changes nothing', async () => {
    const before = readFileSync(join(home, 'vault.json'), 'utf8');
    for (const [env, exitCode] of [
      [{ MUSTER_VAULT_KEY: key(2), MUSTER_VAULT_KEY_NEW: 'short' }, 2],
      [{ MUSTER_VAULT_KEY: key(7), MUSTER_VAULT_KEY_NEW: key(8) }, 1],
    ] as const) {
      const io = fakeIo({ env });
      expect((await ran(['serve', '--home', home, '--port', '0'], io)).exitCode).toBe(exitCode);
      expect(io.printed.err).not.toContain(key(8));
    }
    expect(readFileSync(join(home, 'vault.json'), 'utf8')).toBe(before);
    expect(existsSync(join(home, 'server.json'))).toBe(false);
  });
});
