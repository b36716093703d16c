import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
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

  const rekeyed = (given: Parameters<typeof fakeIo>[0], ...options: string[]) =>
    ran(['secrets', 'rekey', '--home', home, ...options], fakeIo(given));

  it('is given by a command from standard input, a terminal or the environment, and never said', async () => {
    const steps: [Parameters<typeof fakeIo>[0], string[]][] = [
      [{ env: { MUSTER_VAULT_KEY: key(2) }, input: `${key(3)}\n` }, ['--new-key-stdin']],
      [
        { env: { MUSTER_VAULT_KEY: key(3) }, askSecret: async () => 'ein Satz, den sich jemand merkt' },
        ['--passphrase'],
      ],
      [
        {
          env: { MUSTER_VAULT_PASSPHRASE: 'ein Satz, den sich jemand merkt', MUSTER_VAULT_KEY_NEW: key(2) },
          terminal: null,
        },
        ['--json'],
      ],
    ];
    for (const [given, options] of steps) {
      const { exitCode, out, err } = await rekeyed(given, ...options);
      expect([exitCode, err]).toEqual([0, '']);
      expect(out).toMatch(options.includes('--json') ? /"rekeyed": true/ : /has the new key/);
      expect(out).not.toMatch(/AAAA|Satz/);
    }
    expect(await served({ MUSTER_VAULT_KEY: key(2) }, audit)).toEqual(Array(4).fill('vault-rekeyed'));
  });

  it('is not given where Muster runs, where something is missing or wrong, or where there is no vault', async () => {
    const before = readFileSync(join(home, 'vault.json'), 'utf8');
    const env = { MUSTER_VAULT_KEY: key(2) };
    const input = key(3);
    const answers = ['one', 'another'];
    const askSecret = async () => answers.shift() ?? '';
    expect(await rekeyed({ env: {}, input }, '--new-key-stdin')).toMatchObject({ exitCode: 2 });
    expect(await rekeyed({ env })).toMatchObject({ exitCode: 2, err: expect.stringContaining('--new-key-stdin') });
    expect(await rekeyed({ env, input: '' }, '--new-key-stdin')).toMatchObject({ exitCode: 2 });
    expect(await rekeyed({ env, input: 'c2hvcnQ=' }, '--new-key-stdin')).toMatchObject({
      exitCode: 2,
      err: expect.not.stringContaining('c2hvcnQ'),
    });
    expect(await rekeyed({ env, askSecret }, '--passphrase')).toMatchObject({ exitCode: 1 });
    expect(await rekeyed({ env: { MUSTER_VAULT_KEY: key(7) }, input }, '--new-key-stdin')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('does not fit'),
    });
    const whileServed = () => rekeyed({ env, input }, '--new-key-stdin');
    expect(await served(env, whileServed)).toMatchObject({
      exitCode: 3,
      err: expect.stringContaining('Stop it first'),
    });
    expect(readFileSync(join(home, 'vault.json'), 'utf8')).toBe(before);
    const empty = mkdtempSync(join(tmpdir(), 'muster-empty-'));
    const nothing = await ran(['secrets', 'rekey', '--home', empty], fakeIo({ env }));
    expect(nothing).toMatchObject({ exitCode: 1, err: expect.stringContaining('no vault') });
    expect(readdirSync(empty)).toEqual([]);
    removeFolder(empty);
  });

  it('stands beside the command that says where secrets are, and moves them', async () => {
    const shown = await served({ MUSTER_VAULT_KEY: key(2) }, async () => [
      await ran(['secrets', '--home', home]),
      await ran(['secrets', 'move', 'os', '--home', home]),
      await ran(['secrets', 'move', 'attic', '--home', home]),
    ]);
    expect(shown).toMatchObject([
      { exitCode: 0, out: expect.stringContaining('the encrypted vault') },
      // MUSTER_KEYCHAIN says where they are.
      { exitCode: 1, err: expect.stringContaining('MUSTER_KEYCHAIN') },
      { exitCode: 2 },
    ]);
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
